#include "dsl/compare/compare.hpp"

#include <algorithm>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "dsl/compare/report.hpp"
#include "dsl/compare/sentences.hpp"
#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/start/start.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/compare/edits.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

using model::Language;
using model::Protocol;

Protocol compiled(const std::string& text) {
  auto compiled = compile(text, whole_shelf());
  EXPECT_TRUE(compiled.protocol) << render_text(compiled, text, "text", false);
  return compiled.protocol.value_or(Protocol{});
}

Protocol whole(Language language = Language::english) {
  return compiled(whole_language(language));
}

std::vector<Change> changes_of(const Protocol& was, const Protocol& now) {
  return compare(was, now, Language::english);
}

bool tells(const std::vector<Change>& changes, Member member) {
  return std::ranges::any_of(changes,
                             [&](const Change& change) { return change.member == member; });
}

std::string said(const std::vector<Change>& changes, Language language) {
  std::string text;
  for (const Change& change : changes) {
    text += sentence(change, language) + '\n';
  }
  return text;
}

TEST(Compare, FindsNothingBetweenAProtocolAndItself) {
  EXPECT_EQ(said(changes_of(whole(), whole()), Language::english), "");
}

TEST(Compare, FindsNothingBetweenAProtocolAndItsTranslation) {
  EXPECT_EQ(said(changes_of(whole(Language::french), whole()), Language::english), "");
}

TEST(Compare, FindsNothingBetweenATextAndTheSameInOtherWords) {
  const std::string french = first_protocol({.language = Language::french});
  const auto english = translate(french, lexicon(Language::english));
  ASSERT_TRUE(english);
  EXPECT_EQ(said(changes_of(compiled(french), compiled(*english)), Language::english), "");
}

TEST(Compare, TellsEveryMemberThatMatters) {
  for (const auto& [what, change, member] : edits()) {
    Protocol now = crowded(whole());
    change(now);
    const auto changes = changes_of(crowded(whole()), now);
    EXPECT_TRUE(tells(changes, member)) << what << " said:\n" << said(changes, Language::english);
    EXPECT_FALSE(changes_of(now, crowded(whole())).empty()) << what << ", the other way round";
    EXPECT_NE(model::canonical(now), model::canonical(crowded(whole()))) << what;
  }
}

TEST(Compare, NamesSomeoneConcernedByEveryChange) {
  for (const auto& edit : edits()) {
    Protocol now = whole();
    edit.change(now);
    for (const auto& change : changes_of(whole(), now)) {
      EXPECT_TRUE(change.everyone || !change.roles.empty() || !change.partners.empty())
          << edit.what;
      EXPECT_EQ(std::set(change.roles.begin(), change.roles.end()).size(), change.roles.size())
          << edit.what;
    }
  }
}

TEST(Compare, HasASentenceInBothLanguagesForEveryChange) {
  for (const auto& edit : edits()) {
    Protocol now = whole();
    edit.change(now);
    for (const auto& [was, is] : {std::pair(whole(), now), std::pair(now, whole())}) {
      for (const auto& change : changes_of(was, is)) {
        for (const auto language : {Language::french, Language::english}) {
          const std::string words = sentence(change, language);
          EXPECT_FALSE(words.empty()) << edit.what << ": " << name_of(change.member);
          EXPECT_EQ(words.find('{'), std::string::npos) << edit.what << ": " << words;
        }
      }
    }
  }
}

TEST(Compare, TellsNothingOfWhatHasNoMeaning) {
  for (const auto& [what, change, member] : empty_edits()) {
    Protocol now = crowded(whole());
    change(now);
    EXPECT_EQ(said(changes_of(crowded(whole()), now), Language::english), "") << what;
    EXPECT_EQ(model::canonical(now), model::canonical(crowded(whole()))) << what;
  }
}

bool has_doubles(const auto& table) {
  std::set<std::string> names;
  return std::ranges::any_of(
      table, [&](const auto& declaration) { return !names.insert(declaration.name).second; });
}

// No such protocol comes out of a text: there, a doubled name is an error.
bool has_doubled_names(const Protocol& p) {
  return has_doubles(p.needs) || has_doubles(p.partners) || has_doubles(p.roles) ||
         has_doubles(p.informations) || has_doubles(p.steps) || has_doubles(p.sessions) ||
         has_doubles(p.routines);
}

TEST(Compare, TellsOneMoreEditOfAnyTwoProtocolsThatAreNotTheSame) {
  const auto seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";  // an exception shows no trace
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::vector<Edit> all(edits().begin(), edits().end());
  all.insert(all.end(), empty_edits().begin(), empty_edits().end());
  const auto pick = [&] {
    return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)];
  };
  // Edits whose place an earlier one has taken away; a former name said twice is an error in a
  // text.
  const std::set<std::string> removals = {"no review",
                                          "no hold",
                                          "no repeat",
                                          "agreement",
                                          "routine late",
                                          "ending's follow-up",
                                          "no after",
                                          "deadlines' order",
                                          "late rules' order",
                                          "levels",
                                          "order of promises",
                                          "translation",
                                          "former name",
                                          "former outcome"};
  for (int round = 0; round < 300; ++round) {
    Protocol was = crowded(whole());
    std::string path;
    for (int i = 0; i < 3; ++i) {
      const auto edit = pick();
      if (!removals.contains(edit.what)) {
        path += std::string(edit.what) + ", ";
        edit.change(was);
      }
    }
    Protocol now = was;
    const auto last = pick();
    last.change(now);
    if (has_doubled_names(now)) {
      continue;
    }
    const bool same = model::canonical(was) == model::canonical(now);
    EXPECT_EQ(changes_of(was, now).empty(), same) << path << "then " << last.what;
    EXPECT_EQ(changes_of(now, was).empty(), same) << path << "then " << last.what;
  }
}

// Declarations of the text, in any order but that of endings, and steps under their own stage.
std::string shuffled(const std::string& text, std::mt19937& random) {
  std::vector<std::string> blocks;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool heads = !line.empty() && line.front() != ' ' && line.front() != '#';
    const bool under = line.starts_with("step ") || line.starts_with("ending ");
    const bool first_ending = line.starts_with("ending hired");
    if (blocks.empty() || (heads && (!under || first_ending))) {
      blocks.emplace_back();
    }
    blocks.back() += line + '\n';
  }
  std::shuffle(blocks.begin() + 1, blocks.end(), random);
  std::string all;
  for (const std::string& block : blocks) {
    all += block;
  }
  return all;
}

TEST(Compare, TellsNothingOfTheOrderOfDeclarationsNorDoesTheMeaning) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string text = whole_language(Language::english);
  for (int round = 0; round < 20; ++round) {
    const Protocol now = compiled(shuffled(text, random));
    EXPECT_EQ(said(changes_of(whole(), now), Language::english), "");
    EXPECT_EQ(model::canonical(now), model::canonical(whole()));
  }
}

TEST(Compare, TellsTheOrderOfEndings) {
  Protocol now = whole();
  std::swap(now.endings[1], now.endings[2]);
  for (auto& outcome : now.steps[0].outcomes) {
    if (outcome.ends_case.known()) {
      outcome.ends_case = model::EndingId{2};
    }
  }
  const auto changes = changes_of(whole(), now);
  EXPECT_EQ(said(changes, Language::english),
            "the order of the endings becomes hired, left, stopped (it was hired, stopped, "
            "left)\n");
}

TEST(Compare, SaysAnOutcomeRenamedAndNothingOfThePlacesThatSpeakOfIt) {
  Protocol now = whole();
  auto& outcomes = now.steps[0].outcomes;
  outcomes[0].name = "another-name";
  const auto renamed = said(changes_of(whole(), now), Language::english);
  outcomes[0].title = "Another title";
  const auto alone_in_its_place = said(changes_of(whole(), now), Language::english);
  std::swap(outcomes[0], outcomes[1]);
  const auto in_another_place = said(changes_of(whole(), now), Language::english);

  const std::string line = "“Welcome”: the outcome “" + whole().steps[0].outcomes[0].name +
                           "” is now called “another-name”\n";
  EXPECT_EQ(renamed, line);
  EXPECT_TRUE(alone_in_its_place.starts_with(line)) << alone_in_its_place;
  EXPECT_EQ(in_another_place.find("is now called"), std::string::npos) << in_another_place;
}

TEST(Compare, SaysRenamedAndNothingOfThePlacesThatSpeakOfIt) {
  Protocol now = whole();
  now.steps[0].name = "first-meeting";
  now.roles[1].name = "guide";
  EXPECT_EQ(said(changes_of(whole(), now), Language::english),
            "the role “Lead” is named guide instead of lead\n"
            "the step “Welcome” is named first-meeting instead of welcome\n");
}

TEST(Compare, SaysRenamedOfWhatANewVersionSaysItWas) {
  const Protocol was = whole();
  Protocol now = was;
  now.steps[0].name = "arrival";
  now.steps[0].title = "Something else";
  now.steps[0].late.clear();
  now.steps[0].hold.reset();
  now.former_names = {{model::FormerKind::step, 0, {}, was.steps[0].name}};
  const auto changes = changes_of(was, now);
  const auto renamed = std::ranges::find(changes, Member::whole_step, &Change::member);
  ASSERT_NE(renamed, changes.end());
  EXPECT_EQ(renamed->kind, ChangeKind::changed);
  EXPECT_EQ(renamed->was, was.steps[0].name);
}

TEST(Compare, SaysRenamedOfAStepThatKeepsItsClausesUnderAnotherTitle) {
  Protocol now = whole();
  now.steps[0].name = "first-meeting";
  now.steps[0].title = "First meeting";
  EXPECT_EQ(said(changes_of(whole(), now), Language::english),
            "the step “First meeting” is named first-meeting instead of welcome\n"
            "“First meeting” is the new title of “Welcome”\n");
}

TEST(Compare, TellsBothRolesThatAResponsibilityMoves) {
  Protocol now = whole();
  now.steps[1].responsible = model::RoleId{3};
  const auto changes = changes_of(whole(), now);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].roles, (std::vector<std::string>{"helper", "lead"}));
}

TEST(Compare, TellsTheBeneficiaryWhoWillSee) {
  Protocol now = whole();
  now.informations[1].seen_by.push_back(model::RoleId{2});
  const auto changes = changes_of(whole(), now);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].roles, (std::vector<std::string>{"beneficiary", "host"}));
  EXPECT_EQ(sentence(changes[0], Language::english), "Host will now see “Level”");
  EXPECT_EQ(sentence(changes[0], Language::french), "Host verra désormais «\u00a0Level\u00a0»");
}

TEST(Compare, SaysTheUnitOnceWhenItIsTheSame) {
  Protocol now = whole();
  now.steps[0].deadlines[0].within.amount = 15;
  EXPECT_EQ(said(changes_of(whole(), now), Language::english),
            "“Welcome” is due in 15 days instead of 10\n");
}

TEST(Compare, TellsTwoProtocolsThatHaveNothingInCommon) {
  Protocol other;
  other.roles.resize(1);
  other.roles[0].binding = model::Binding::beneficiary;
  EXPECT_FALSE(changes_of(whole(), other).empty());
  EXPECT_FALSE(changes_of(other, whole()).empty());
  EXPECT_FALSE(changes_of({}, whole()).empty());
}

// ---- what the meaning hash is made of

TEST(Meaning, StaysTheSameWhateverTheLayoutTheCommentsAndTheSpelling) {
  const std::string text = whole_language(Language::french);
  const std::string meaning = model::canonical(compiled(text));
  std::string flat = "# Un commentaire.\n";
  for (const char c : text) {
    flat += c;
    flat += c == '\n' ? "\t # Un autre.\n\n" : "";
  }
  EXPECT_EQ(model::canonical(compiled(flat)), meaning);
  for (const auto& [keyword, spelling] : std::map<Keyword, std::string>{
           {Keyword::step, "etape"}, {Keyword::role, "role"}, {Keyword::seen_by, "vu  par"}}) {
    EXPECT_EQ(model::canonical(compiled(whole_language(Language::french, {{keyword, spelling}}))),
              meaning)
        << spelling;
  }
}

TEST(Meaning, StaysTheSameInAnotherLanguage) {
  EXPECT_EQ(model::canonical(whole(Language::french)), model::canonical(whole()));
  const std::string french = first_protocol({.language = Language::french});
  const auto english = translate(french, lexicon(Language::english));
  ASSERT_TRUE(english);
  EXPECT_EQ(model::canonical(compiled(french)), model::canonical(compiled(*english)));
}

// ---- the report

std::string report_of(const Protocol& was, const Protocol& now, std::string_view audience = {}) {
  const Comparison comparison{.was = was, .now = now, .reader = Language::english};
  return report(
      comparison, changes_of(was, now), audience_named(comparison, audience), ReportFormat::text);
}

TEST(CompareReport, SaysEveryoneThenRolesThenForWhomNothingChanges) {
  Protocol now = whole();
  now.objective = "x";
  now.steps[2].review = model::Review{{model::RoleId{1}}, 1, {}, 0};
  now.partners.push_back({"club", "Club"});
  now.roles[2].partners = {model::PartnerId{1}};
  Protocol was = whole();
  was.partners.push_back({"club", "Club"});
  was.roles[2].partners = {model::PartnerId{1}};
  EXPECT_EQ(report_of(was, now),
            "What changes in “Every word”\n"
            "\n"
            "For everyone\n"
            "  - The objective was rewritten.\n"
            "\n"
            "For the role “Lead” (Office, Firm)\n"
            "  - One new review: “Visit”, by Lead.\n"
            "\n"
            "For the role “Host” (Firm)\n"
            "  - One new review: “Visit”, by Lead.\n"
            "\n"
            "Nothing else changes for: Club.\n");
}

TEST(CompareReport, TellsOnePartnerWhatConcernsItsRoles) {
  Protocol now = whole();
  now.roles[3].cases_max = std::uint16_t{2};
  now.roles[1].partners = {model::PartnerId{1}};
  Protocol was = whole();
  was.roles[1].partners = {model::PartnerId{1}};
  EXPECT_NE(report_of(was, now, "office").find("Helper"), std::string::npos);
  EXPECT_EQ(report_of(was, now, "lead").find("Helper"), std::string::npos);
}

TEST(CompareReport, KeepsEachItemOnOneLineAndReadsNoTextAsMarkdown) {
  Protocol now = whole();
  now.steps[0].title = "a\n# *b* [c](d)";
  const Comparison comparison{.was = whole(), .now = now, .reader = Language::english};
  const auto text = report(comparison, changes_of(whole(), now), {}, ReportFormat::markdown);
  EXPECT_NE(text.find("- “a \\# \\*b\\* \\[c](d)” is the new title"), std::string::npos) << text;
}

TEST(CompareReport, SaysNothingChanges) {
  EXPECT_EQ(report_of(whole(), whole()), "What changes in “Every word”\n\nNothing changes.\n");
}

}  // namespace
}  // namespace protoflow::dsl
