#include "tests/unit/dsl/syntax/whole_language.hpp"

#include <stdexcept>

#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::string_view kWhole = R"(<protocol> whole "Every word"
  <version> 3
  <replaces> 2 <because> "shorter"
  <objective> "o"
  <audience> "a"
  <value> "v"
  <coordinated_by> lead
  <time_zone> Europe/Paris
  <use> "other.proto-flow"
  <translation> ar "كل كلمة"

<calendar>
  <working_days> <monday>, <tuesday>, <wednesday>, <thursday>, <friday>, <saturday>, <sunday>
  <hours> 09:00 <to> 18:00
  <closed_on> 2027-05-06 "A", 2027-05-17
  <closed_as_in> "holidays.ics"

<need> work "Work"
  <guidance> "g"
<competence> skill "Skill"
<partner> office "Office"
  <brings> skill
  <gains> "g"
  <speaks> fr, ar, de, no
  <contact> "c"
  <closed_on> 2027-08-02 "Summer"
  <closed_as_in> "holidays.ics"
<partner> firm "Firm"
  <brings> skill
<role> lead "Lead"
  <held_by> office, <otherwise> firm
  <requires_competence> skill
  <at_most> 25 <cases>
<role> host "Host"
  <chosen_by> lead <among> office, firm
  <answer_within> 5 <unit_working_days>
<role> helper "Helper"
  <volunteer_of> office
  <supervised_by> lead

<information> minor "Minor" <yes_or_no>
  <seen_by> lead, host
  <kept> 24 <unit_months> <after_closing>
<information> level "Level" <scale> A0, A1, B1
  <seen_by> lead
  <sensitive>
<information> sector "Sector" <one_of> food, wood
<information> children "Children" <number>
<information> birth "Birth" <date>
<information> wish "Wish" <text>
<consent> sharing "May we?"
  <covers> minor, level <with> host
  <for_purpose> "finding a host"
  <lasts> 12 <unit_months>

<stage> first "First"
<step> welcome "Welcome"
  <responsible> lead
  <with> <beneficiary>, helper
  <informs> host
  <addresses> work
  <asks_consent> sharing
  <accept_within> 3 <unit_hours>
  <within> 10 <unit_days>
  <remind> 30 <unit_minutes> <before>
  <if_late> <tell> host
  <if_late_by> 2 <unit_weeks> <escalate_to> host
  <if_late_by> 1 <unit_years> <settle_as> poor
  <may_be_held> <at_most> 20 <unit_days> "waiting"
  <records> minor, level, sector, children, birth, wish
  <outcome> good "Good" <was> fine
  <outcome> poor "Poor" <ends_case_as> stopped
  <review_by> host <within> 2 <unit_days>, <may_return> <at_most> 2 <times>
  <guidance> "g"
<step> search "Search"
  <after> welcome
  <unless> visit <is_done>
  <repeat_until> level >= B1 <at_most> 3 <times> <every> 2 <unit_months>
  <records> level
  <through> dinner
  <translation> ar "بحث"
  <when> <negated> minor <both> level >= A1 <both> sector <is> wood <both> sector <is_not> food
  <responsible> lead
  <requires_consent> sharing
  <within> 10 <unit_days> <counted_from> welcome <when> children > 2
  <within> 20 <unit_days>
  <if_late> <tell> host
  <outcome> found
  <outcome> nobody <reopens> welcome <at_most> 1 <times>
  <was> hunt, quest
<stage> second "Second"
<step> visit "Visit"
  <after> (<all_of> welcome, search <either> <any_of> welcome, search) <both> 2 <of_these> welcome, search, first
  <when> birth <is_known> <both> sharing <is_given> <both> minor <is> <no>
  <responsible> host
  <within> 3 <unit_days>
  <if_late> <tell> lead
<step> talk "Talk"
  <after> search <is_not_needed> <either> visit <is_done> <either> search <is> found
  <responsible> <beneficiary>
  <within> 3 <unit_days>
  <if_late> <tell> lead
  <review_by> 2 <of_these> lead, host, helper, <may_return> <at_most> 1 <times>

<session> dinner "Dinner"
  <hosted_by> lead
  <with> helper, host
  <for_up_to> 12 <beneficiaries>
  <every> 3 <unit_months>
  <on_request>
  <prepare> shopping "Shopping" <responsible> helper <with> lead 7 <unit_days> <before>
  <follow_up> thanks "Thanks" <responsible> lead <within> 5 <unit_days>

<routine> monthly "Monthly"
  <for_exchange>
  <every> 2 <unit_weeks> <for_duration> 3 <unit_months>, <then> <every> <unit_months>
  <responsible> lead
  <with_all_partners>
  <asks> "How?" <text>
<agreement>
  <signed_by> <all_partners> <within> 30 <unit_days>
  <renewed_every> 12 <unit_months>
  <cases_before_signature>
<routine> looks "Looks"
  <for_feedback>
  <every> 6 <unit_weeks>
  <for_each_case>
  <responsible> lead
  <with> host
  <asks> "Well?" <scale> 1 <to> 5
  <within> 10 <unit_days>
  <if_late> <tell> host
<routine> review "Review"
  <for_evaluation>
  <every> 6 <unit_months>
  <responsible> lead
  <with> host
  <asks> "Helpful?" <yes_or_no>

<ending> hired "Hired"
  <when> visit <is_done>
  <immediately>
  <counts_as> <success>
  <follow_up> news "News" <responsible> lead <within> 3 <unit_months>
<ending> stopped "Stopped"
  <counts_as> <setback>
<ending> left "Left"
  <at_any_time_by> <beneficiary>
  <counts_as> <neutral>

<promise> care "Care"
  <never> visit <before> search <is> found
  <whenever> search <is> found <then_later> visit
  visit <both> talk <never_both>
  <exactly_one_of> search <is> found, search <is> nobody
  talk <within> 10 <unit_days> <counted_from> visit
  <case_ends> <within> 180 <unit_days>
  welcome <both> visit <by_different_partners>
  firm <sees> level <only_after> sharing

<example> story "Story"
  <day> 0 <opened>
  <expect> welcome <is_offered> <to> lead <both> search <is_waiting>
  <day> 1 lead <takes> welcome
  <expect> welcome <is_taken>
  <day> 2 lead <holds> welcome "closed"
  <expect> welcome <is_held>
  <day> 3 lead <resumes> welcome
  <day> 4 lead <completes> welcome <as_outcome> good <with> minor <no>, level A1, sharing <yes>, wish "x", birth 2001-02-03
  <expect> welcome <is_in_review>
  <day> 5 host <returns> welcome "again"
  <day> 6 host <approves> welcome
  <expect> welcome <is_done> <both> welcome <is> good
  <day> 7 lead <proposes> host <to> firm
  <day> 8 firm <declines> host "full"
  <day> 9 office <accepts> host
  <day> 10 lead <declines> search
  <day> 30 <nothing>
  <expect> search <is_late> <both> host <was_told> <told_about> search <both> search <is_escalated_to> host
  <expect> visit <is_not_needed> <both> search <is_withdrawn> <both> <closed_as> hired
  <day> 31 <beneficiary> <ends_case_as> left
)";

Keyword keyword_named(std::string_view name) {
  for (std::size_t i = 0; i < kKeywordCount; ++i) {
    if (enumerator(static_cast<Keyword>(i)) == name) {
      return static_cast<Keyword>(i);
    }
  }
  throw std::logic_error("no such keyword: " + std::string(name));
}

bool is_word(std::string_view text, std::size_t open, std::size_t close) {
  return close != std::string_view::npos &&
         text.substr(open + 1, close - open - 1).find_first_of(" =\n") == std::string_view::npos;
}

constexpr std::chrono::sys_days kHoliday{std::chrono::year(2027) / 12 / 25};

}  // namespace

Shelf whole_shelf() {
  using Days = std::vector<model::ClosedDay>;
  return {.own = "whole.proto-flow",
          .text = [](std::string_view) { return std::expected<std::string, ReadFault>(""); },
          .closed_days =
              [](std::string_view) {
                return std::expected<Days, ReadFault>(Days{{kHoliday, "Christmas"}});
              }};
}

std::string_view enumerator(Keyword keyword) {
  static constexpr std::string_view kNames[] = {
#define PF_KEYWORD(name, part) #name,
#include "dsl/syntax/keywords.def"
#undef PF_KEYWORD
  };
  return kNames[static_cast<std::size_t>(keyword)];
}

std::string whole_language(model::Language language,
                           const std::map<Keyword, std::string>& instead) {
  return whole_language(lexicon(language), instead);
}

std::string whole_language(const Lexicon& words, const std::map<Keyword, std::string>& instead) {
  std::string result;
  for (std::size_t at = 0; at < kWhole.size();) {
    const std::size_t close = kWhole.find('>', at);
    if (kWhole[at] != '<' || !is_word(kWhole, at, close)) {
      result.push_back(kWhole[at++]);
      continue;
    }
    const Keyword keyword = keyword_named(kWhole.substr(at + 1, close - at - 1));
    const auto other = instead.find(keyword);
    const std::string word(other == instead.end() ? words.canonical(keyword) : other->second);
    result += word;
    // After an elision the name follows at once: `d'accueil`.
    const bool elided = word.ends_with("'") && kWhole.substr(close + 1).starts_with(" ");
    at = close + (elided ? 2 : 1);
  }
  return result;
}

}  // namespace protoflow::dsl
