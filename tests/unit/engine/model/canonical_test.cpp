#include "engine/model/canonical.hpp"

#include <map>

#include <gtest/gtest.h>

#include "engine/log/meaning_hash.hpp"

namespace protoflow::model {
namespace {

using std::chrono::minutes;

Step welcome_step() {
  Step step;
  step.name = "welcome";
  step.title = "Welcome";
  step.responsible = RoleId{2};
  step.asks_consent = ConsentId{0};
  step.outcomes = {{"done", "", {}, 0, {}}, {"absent", "", {}, 0, {}}};
  return step;
}

Step search_step() {
  Step step;
  step.name = "search";
  step.title = "Look for a host company";
  step.stage = StageId{0};
  step.after = {{{.op = Op::step_outcome, .subject = 0, .number = 0}}};
  step.when = {
      {{.op = Op::all_of, .children = 2},
       {.op = Op::information, .compare = Compare::greater_equal, .subject = 0, .number = 1},
       {.op = Op::negate},
       {.op = Op::information_known, .subject = 1}}};
  step.unless = {{{.op = Op::step_settled, .subject = 0}}};
  step.responsible = RoleId{1};
  step.with = {RoleId{2}};
  step.informs = {RoleId{0}};
  step.addresses = {NeedId{0}};
  step.requires_consents = {ConsentId{0}};
  step.accept_within = Duration{3, DurationUnit::working_days};
  step.deadlines = {{{10, DurationUnit::days}, StepId{0}, {}}};
  step.remind_before = {{5, DurationUnit::days}};
  step.late = {{std::nullopt, LateAction::tell, RoleId{2}, {}},
               {Duration{10, DurationUnit::days}, LateAction::settle, {}, OutcomeId{1}}};
  step.hold = Hold{{20, DurationUnit::days}, "waiting for the prefecture"};
  step.records = {InformationId{1}};
  step.outcomes = {{"found", "A company says yes", {}, 0, {}},
                   {"none", "Nobody found", StepId{0}, 2, EndingId{0}}};
  step.review = Review{{RoleId{2}}, 1, Duration{2, DurationUnit::working_days}, 2, 40};
  step.guidance = "Start from companies that came to a dinner.";
  step.line = 30;
  step.responsible_line = 31;
  return step;
}

Routine exchange_routine() {
  Routine routine;
  routine.name = "exchange";
  routine.title = "Exchange";
  routine.every = {2, DurationUnit::weeks};
  routine.responsible = RoleId{2};
  routine.asks = {{"How is it going?", AnswerType::scale, 1, 5}};
  routine.late = {{std::nullopt, LateAction::tell, RoleId{2}, {}}};
  return routine;
}

Role adviser() {
  Role role;
  role.name = "adviser";
  role.title = "Adviser";
  role.partners = {PartnerId{0}};
  role.answer_within = Duration{5, DurationUnit::days};
  role.requires_competences = {CompetenceId{0}};
  role.cases_max = std::uint16_t{20};
  role.line = 9;
  return role;
}

Protocol sample() {
  Protocol protocol;
  protocol.name = "employment";
  protocol.title = "Towards employment";
  protocol.replaces_because = "the law changed";
  protocol.objective = "a contract";
  protocol.audience = "young people";
  protocol.value = "doors that open";
  protocol.coordinated_by = RoleId{2};
  protocol.calendar.closed = {{std::chrono::sys_days(std::chrono::days(20000)), "Christmas"}};
  protocol.needs = {{"work", "To work", "why"}, {"home", "A home", ""}};
  protocol.competences = {{"advice", "Advice", "how"}, {"teaching", "Teaching", ""}};
  protocol.partners = {{"lead", "Lead", {CompetenceId{0}}, "time", {"fr"}, "mail"},
                       {"school", "School", {}, "", {}, ""}};
  protocol.roles.resize(3);
  protocol.roles[0].name = "beneficiary";
  protocol.roles[0].binding = Binding::beneficiary;
  protocol.roles[1] = adviser();
  protocol.roles[2].name = "coordinator";
  protocol.roles[2].partners = {PartnerId{1}};
  protocol.informations = {
      {"level",
       "Level of French",
       InformationType::scale,
       {"A1", "A2", "B1"},
       {RoleId{1}},
       false,
       Duration{24, DurationUnit::months}},
      {"sector", "Sector", InformationType::text, {}, {}, false, std::nullopt}};
  protocol.consents = {{"sharing",
                        "May we share?",
                        {InformationId{0}},
                        {RoleId{1}},
                        "to help",
                        Duration{12, DurationUnit::months}}};
  protocol.stages = {{"start", "Start"}, {"end", "End"}};
  protocol.steps = {welcome_step(), search_step()};
  protocol.routines = {exchange_routine()};
  protocol.endings = {{"success",
                       "Success",
                       {{{.op = Op::step_settled, .subject = 1}}},
                       true,
                       false,
                       {},
                       CountsAs::success,
                       {{"news", "News", RoleId{1}, {3, DurationUnit::months}}}}};
  protocol.examples = {{"one", "One", {{}}, {}, 90}};
  return protocol;
}

struct Mutation {
  const char* what;
  void (*change)(Protocol&);
};

// clang-format off
constexpr Mutation kMeaningful[] = {
    {"name",                   [](Protocol& p) { p.name = "x"; }},
    {"title",                  [](Protocol& p) { p.title = "x"; }},
    {"version",                [](Protocol& p) { p.version = 2; }},
    {"replaces",               [](Protocol& p) { p.replaces = 1; }},
    {"replaces_because",       [](Protocol& p) { p.replaces_because = "x"; }},
    {"objective",              [](Protocol& p) { p.objective = "x"; }},
    {"audience",               [](Protocol& p) { p.audience = "x"; }},
    {"value",                  [](Protocol& p) { p.value = "x"; }},
    {"coordinated_by",         [](Protocol& p) { p.coordinated_by = RoleId{1}; }},
    {"time_zone",              [](Protocol& p) { p.time_zone = "UTC"; }},
    {"working",                [](Protocol& p) { p.calendar.working = 0b111111; }},
    {"opens",                  [](Protocol& p) { p.calendar.opens = minutes(1); }},
    {"closes",                 [](Protocol& p) { p.calendar.closes = minutes(1); }},
    {"closed day",             [](Protocol& p) { p.calendar.closed[0].day += std::chrono::days(1); }},
    {"closed reason",          [](Protocol& p) { p.calendar.closed[0].reason = "x"; }},
    {"no closed day",          [](Protocol& p) { p.calendar.closed.clear(); }},
    {"need name",              [](Protocol& p) { p.needs[0].name = "x"; }},
    {"need title",             [](Protocol& p) { p.needs[0].title = "x"; }},
    {"need guidance",          [](Protocol& p) { p.needs[0].guidance = "x"; }},
    {"competence name",        [](Protocol& p) { p.competences[0].name = "x"; }},
    {"competence title",       [](Protocol& p) { p.competences[0].title = "x"; }},
    {"competence guidance",    [](Protocol& p) { p.competences[0].guidance = "x"; }},
    {"partner name",           [](Protocol& p) { p.partners[0].name = "x"; }},
    {"partner title",          [](Protocol& p) { p.partners[0].title = "x"; }},
    {"brings",                 [](Protocol& p) { p.partners[0].brings = {CompetenceId{1}}; }},
    {"gains",                  [](Protocol& p) { p.partners[0].gains = "x"; }},
    {"speaks",                 [](Protocol& p) { p.partners[0].speaks = {"ar"}; }},
    {"contact",                [](Protocol& p) { p.partners[0].contact = "x"; }},
    {"role name",              [](Protocol& p) { p.roles[1].name = "x"; }},
    {"role title",             [](Protocol& p) { p.roles[1].title = "x"; }},
    {"binding",                [](Protocol& p) { p.roles[1].binding = Binding::volunteer_of; }},
    {"role partners",          [](Protocol& p) { p.roles[1].partners.push_back(PartnerId{1}); }},
    {"chooser",                [](Protocol& p) { p.roles[1].chooser = RoleId{2}; }},
    {"answer_within",          [](Protocol& p) { p.roles[1].answer_within->amount = 6; }},
    {"no answer_within",       [](Protocol& p) { p.roles[1].answer_within.reset(); }},
    {"requires",               [](Protocol& p) { p.roles[1].requires_competences.clear(); }},
    {"supervisor",             [](Protocol& p) { p.roles[1].supervisor = RoleId{2}; }},
    {"cases_max",              [](Protocol& p) { p.roles[1].cases_max = std::uint16_t{21}; }},
    {"no cases_max",           [](Protocol& p) { p.roles[1].cases_max.reset(); }},
    {"information name",       [](Protocol& p) { p.informations[0].name = "x"; }},
    {"information title",      [](Protocol& p) { p.informations[0].title = "x"; }},
    {"information type",       [](Protocol& p) { p.informations[0].type = InformationType::one_of; }},
    {"levels",                 [](Protocol& p) { std::swap(p.informations[0].levels[0], p.informations[0].levels[2]); }},
    {"seen_by",                [](Protocol& p) { p.informations[0].seen_by.clear(); }},
    {"sensitive",              [](Protocol& p) { p.informations[0].sensitive = true; }},
    {"kept_after_closing",     [](Protocol& p) { p.informations[0].kept_after_closing.reset(); }},
    {"consent name",           [](Protocol& p) { p.consents[0].name = "x"; }},
    {"consent title",          [](Protocol& p) { p.consents[0].title = "x"; }},
    {"covers",                 [](Protocol& p) { p.consents[0].covers = {InformationId{1}}; }},
    {"consent with",           [](Protocol& p) { p.consents[0].with = {RoleId{2}}; }},
    {"purpose",                [](Protocol& p) { p.consents[0].purpose = "x"; }},
    {"lasts",                  [](Protocol& p) { p.consents[0].lasts.reset(); }},
    {"stage name",             [](Protocol& p) { p.stages[0].name = "x"; }},
    {"stage title",            [](Protocol& p) { p.stages[0].title = "x"; }},
    {"step name",              [](Protocol& p) { p.steps[1].name = "x"; }},
    {"step title",             [](Protocol& p) { p.steps[1].title = "x"; }},
    {"step stage",             [](Protocol& p) { p.steps[1].stage = StageId{1}; }},
    {"after operator",         [](Protocol& p) { p.steps[1].after.nodes[0].op = Op::step_settled; }},
    {"after not needed",       [](Protocol& p) { p.steps[1].after.nodes[0].op = Op::step_not_needed; }},
    {"after subject",          [](Protocol& p) { p.steps[1].after.nodes[0].subject = 1; }},
    {"after outcome",          [](Protocol& p) { p.steps[1].after.nodes[0].number = 1; }},
    {"no after",               [](Protocol& p) { p.steps[1].after.nodes.clear(); }},
    {"when operator",          [](Protocol& p) { p.steps[1].when.nodes[0].op = Op::any_of; }},
    {"when at least",          [](Protocol& p) { p.steps[1].when.nodes[0].op = Op::at_least; }},
    {"when compare",           [](Protocol& p) { p.steps[1].when.nodes[1].compare = Compare::less; }},
    {"when number",            [](Protocol& p) { p.steps[1].when.nodes[1].number = 2; }},
    {"when consent",           [](Protocol& p) { p.steps[1].when.nodes[3] = {.op = Op::consent_given, .subject = 0}; }},
    {"unless",                 [](Protocol& p) { p.steps[1].unless.nodes.clear(); }},
    {"responsible",            [](Protocol& p) { p.steps[1].responsible = RoleId{2}; }},
    {"step with",              [](Protocol& p) { p.steps[1].with.clear(); }},
    {"informs",                [](Protocol& p) { p.steps[1].informs.clear(); }},
    {"addresses",              [](Protocol& p) { p.steps[1].addresses = {NeedId{1}}; }},
    {"requires_consents",      [](Protocol& p) { p.steps[1].requires_consents.clear(); }},
    {"asks_consent",           [](Protocol& p) { p.steps[1].asks_consent = ConsentId{0}; }},
    {"accept_within",          [](Protocol& p) { p.steps[1].accept_within->unit = DurationUnit::days; }},
    {"deadline within",        [](Protocol& p) { p.steps[1].deadlines[0].within.amount = 11; }},
    {"deadline from",          [](Protocol& p) { p.steps[1].deadlines[0].from = {}; }},
    {"deadline when",          [](Protocol& p) { p.steps[1].deadlines[0].when = p.steps[1].unless; }},
    {"remind_before",          [](Protocol& p) { p.steps[1].remind_before[0].amount = 4; }},
    {"late by",                [](Protocol& p) { p.steps[1].late[0].by = Duration{1, DurationUnit::days}; }},
    {"late action",            [](Protocol& p) { p.steps[1].late[0].action = LateAction::escalate; }},
    {"late role",              [](Protocol& p) { p.steps[1].late[0].role = RoleId{1}; }},
    {"late outcome",           [](Protocol& p) { p.steps[1].late[1].outcome = OutcomeId{0}; }},
    {"hold at_most",           [](Protocol& p) { p.steps[1].hold->at_most.amount = 21; }},
    {"hold reason",            [](Protocol& p) { p.steps[1].hold->reason = "x"; }},
    {"no hold",                [](Protocol& p) { p.steps[1].hold.reset(); }},
    {"records",                [](Protocol& p) { p.steps[1].records = {InformationId{0}}; }},
    {"outcome name",           [](Protocol& p) { p.steps[1].outcomes[1].name = "x"; }},
    {"outcome title",          [](Protocol& p) { p.steps[1].outcomes[1].title = "x"; }},
    {"reopens",                [](Protocol& p) { p.steps[1].outcomes[1].reopens = {}; }},
    {"reopens_max",            [](Protocol& p) { p.steps[1].outcomes[1].reopens_max = 3; }},
    {"ends_case",              [](Protocol& p) { p.steps[1].outcomes[1].ends_case = {}; }},
    {"review by",              [](Protocol& p) { p.steps[1].review->by = {RoleId{1}}; }},
    {"one more reviewer",      [](Protocol& p) { p.steps[1].review->by = {RoleId{2}, RoleId{0}}; }},
    {"how many approve",       [](Protocol& p) { p.steps[1].review->by = {RoleId{2}, RoleId{0}}; p.steps[1].review->approvals = 2; }},
    {"review within",          [](Protocol& p) { p.steps[1].review->within.reset(); }},
    {"returns_max",            [](Protocol& p) { p.steps[1].review->returns_max = 3; }},
    {"no review",              [](Protocol& p) { p.steps[1].review.reset(); }},
    {"guidance",               [](Protocol& p) { p.steps[1].guidance = "x"; }},
    {"routine name",           [](Protocol& p) { p.routines[0].name = "x"; }},
    {"routine title",          [](Protocol& p) { p.routines[0].title = "x"; }},
    {"routine purpose",        [](Protocol& p) { p.routines[0].purpose = RoutinePurpose::feedback; }},
    {"every",                  [](Protocol& p) { p.routines[0].every.amount = 3; }},
    {"for_first",              [](Protocol& p) { p.routines[0].for_first = Duration{3, DurationUnit::months}; }},
    {"then_every",             [](Protocol& p) { p.routines[0].then_every = Duration{3, DurationUnit::months}; }},
    {"for_each_case",          [](Protocol& p) { p.routines[0].for_each_case = true; }},
    {"routine responsible",    [](Protocol& p) { p.routines[0].responsible = RoleId{1}; }},
    {"with_all_partners",      [](Protocol& p) { p.routines[0].with_all_partners = true; }},
    {"routine with",           [](Protocol& p) { p.routines[0].with = {RoleId{1}}; }},
    {"question text",          [](Protocol& p) { p.routines[0].asks[0].text = "x"; }},
    {"question type",          [](Protocol& p) { p.routines[0].asks[0].type = AnswerType::text; }},
    {"question from",          [](Protocol& p) { p.routines[0].asks[0].from = 0; }},
    {"question to",            [](Protocol& p) { p.routines[0].asks[0].to = 4; }},
    {"routine within",         [](Protocol& p) { p.routines[0].within = Duration{3, DurationUnit::days}; }},
    {"routine late",           [](Protocol& p) { p.routines[0].late.clear(); }},
    {"ending name",            [](Protocol& p) { p.endings[0].name = "x"; }},
    {"ending title",           [](Protocol& p) { p.endings[0].title = "x"; }},
    {"ending when",            [](Protocol& p) { p.endings[0].when.nodes[0].subject = 0; }},
    {"has_condition",          [](Protocol& p) { p.endings[0].has_condition = false; }},
    {"immediately",            [](Protocol& p) { p.endings[0].immediately = true; }},
    {"at_any_time_by",         [](Protocol& p) { p.endings[0].at_any_time_by = RoleId{1}; }},
    {"counts_as",              [](Protocol& p) { p.endings[0].counts_as = CountsAs::setback; }},
    {"follow-up name",         [](Protocol& p) { p.endings[0].follow_ups[0].name = "x"; }},
    {"follow-up title",        [](Protocol& p) { p.endings[0].follow_ups[0].title = "x"; }},
    {"follow-up responsible",  [](Protocol& p) { p.endings[0].follow_ups[0].responsible = RoleId{2}; }},
    {"translation",            [](Protocol& p) { p.translations = {{"ar", "x"}}; }},
    {"need's translation",     [](Protocol& p) { p.needs[0].translations = {{"ar", "x"}}; }},
    {"partner's translation",  [](Protocol& p) { p.partners[0].translations = {{"ar", "x"}}; }},
    {"role's translation",     [](Protocol& p) { p.roles[1].translations = {{"ar", "x"}}; }},
    {"information's",          [](Protocol& p) { p.informations[0].translations = {{"ar", "x"}}; }},
    {"consent's translation",  [](Protocol& p) { p.consents[0].translations = {{"ar", "x"}}; }},
    {"stage's translation",    [](Protocol& p) { p.stages[0].translations = {{"ar", "x"}}; }},
    {"step's translation",     [](Protocol& p) { p.steps[1].translations = {{"ar", "x"}}; }},
    {"routine's translation",  [](Protocol& p) { p.routines[0].translations = {{"ar", "x"}}; }},
    {"ending's translation",   [](Protocol& p) { p.endings[0].translations = {{"ar", "x"}}; }},
    {"a session",              [](Protocol& p) { p.sessions.resize(1); }},
    {"an agreement",           [](Protocol& p) { p.agreement.emplace(); }},
    {"a promise",              [](Protocol& p) { p.promises.resize(1); }},
    {"a repeat",               [](Protocol& p) { p.steps[1].repeat.emplace(); }},
    {"through",                [](Protocol& p) { p.sessions.resize(1); p.steps[1].through = SessionId{0}; }},
    {"follow-up within",       [](Protocol& p) { p.endings[0].follow_ups[0].within.amount = 4; }},
};

constexpr Mutation kMeaningless[] = {
    {"language of the keywords", [](Protocol& p) { p.language = Language::english; }},
    {"line of a role",           [](Protocol& p) { p.roles[1].line = 99; }},
    {"line of a step",           [](Protocol& p) { p.steps[1].line = 99; }},
    {"line of responsible",      [](Protocol& p) { p.steps[1].responsible_line = 99; }},
    {"line of a review",         [](Protocol& p) { p.steps[1].review->line = 99; }},
    {"an example",               [](Protocol& p) { p.examples[0].title = "x"; }},
    {"no example",               [](Protocol& p) { p.examples.clear(); }},
};

// clang-format on

TEST(Canonical, ChangesWithEveryMemberThatMatters) {
  std::map<std::string, std::string> seen = {{canonical(sample()), "nothing"}};
  for (const auto& [what, change] : kMeaningful) {
    Protocol protocol = sample();
    change(protocol);
    const auto [same, is_new] = seen.emplace(canonical(protocol), what);
    EXPECT_TRUE(is_new) << "changing " << what << " looks like changing " << same->second;
  }
}

TEST(Canonical, StaysTheSameWhenOnlyTheTextsLayoutChanges) {
  for (const auto& [what, change] : kMeaningless) {
    Protocol protocol = sample();
    change(protocol);
    EXPECT_EQ(canonical(protocol), canonical(sample())) << what;
  }
}

TEST(Canonical, TellsTheBeneficiaryFromARoleThatAnotherLanguageCallsSo) {
  Protocol french = sample();
  french.roles[0].name = "bénéficiaire";
  EXPECT_EQ(canonical(french), canonical(sample()));

  french.roles[2].name = "beneficiary";
  french.steps[0].responsible = RoleId{0};
  Protocol other = french;
  other.steps[0].responsible = RoleId{2};
  EXPECT_NE(canonical(french), canonical(other));
}

TEST(Canonical, StartsWithItsVersion) {
  EXPECT_TRUE(canonical(sample()).starts_with("protoflow canonical 2\n"));
  EXPECT_TRUE(canonical(sample(), Canonical::one).starts_with("protoflow canonical 1\n"));
}

TEST(Canonical, LetsNoTextPassForAClause) {
  Protocol honest = sample();
  honest.objective = "a";
  honest.audience = "b";
  Protocol sly = honest;
  sly.objective = "a\"\naudience \"b";

  EXPECT_NE(canonical(honest), canonical(sly));
  sly.objective = "a\nb";
  honest.objective = "a\\nb";
  EXPECT_NE(canonical(honest), canonical(sly));
}

TEST(MeaningHash, IsTheSameOnEveryMachine) {
  EXPECT_EQ(engine::meaning_hash({}),
            "e40ad7793b1866307f7da82bd04a7de5728f7aa12793167bb672c9a37c051ed0");
  EXPECT_EQ(engine::meaning_hash({}, Canonical::one),
            "9c505d4117a8997795604a57e21c685b892eb915e61b9843eac18ae09f09303e");
}

}  // namespace
}  // namespace protoflow::model
