#include "runtime/words/migration_words.hpp"

#include <gtest/gtest.h>

#include "runtime/words/words.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using engine::EventKind;
using engine::Finding;
using engine::FindingKind;
using model::Language;

engine::Plan plan_in(Language language) {
  auto plan = *make_plan(testing::accueil_text()).value();
  plan.protocol.language = language;
  return plan;
}

class MigrationWords : public ::testing::TestWithParam<Language> {
 protected:
  engine::Plan plan_ = plan_in(GetParam());
};

TEST_P(MigrationWords, HaveASentenceForEveryFinding) {
  for (std::size_t i = 0; i < engine::kFindingKindNames.size(); ++i) {
    SCOPED_TRACE(engine::kFindingKindNames[i]);
    const bool of_a_task = static_cast<FindingKind>(i) == FindingKind::task_gone;
    const Finding finding{.kind = static_cast<FindingKind>(i),
                          .step = {0},
                          .outcome = {0},
                          .role = {1},
                          .partner = {1},
                          .information = {0},
                          .consent = {0},
                          .routine = {0},
                          .task = of_a_task ? "suite" : "",
                          .see_more = {{1}, {2}}};
    const auto text = sentence(finding, plan_.protocol, plan_.protocol);
    for (const auto* leftover : {"{", "}", "  ", " .", "«\u00A0\u00A0»", "\"\""}) {
      EXPECT_EQ(text.find(leftover), std::string::npos) << text;
    }
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
}

TEST_P(MigrationWords, SayEachThingOnceAndNoDate) {
  const std::vector<engine::Event> events = {
      {.kind = EventKind::case_migrated},
      {.kind = EventKind::deadline_moved,
       .step = {0},
       .due = testing::instant("2027-03-12T17:00:00.000Z")},
      {.kind = EventKind::deadline_moved,
       .step = {0},
       .due = testing::instant("2027-03-13T17:00:00.000Z")},
      {.kind = EventKind::deadline_moved, .step = {1}, .due = model::kNever},
      {.kind = EventKind::deadline_moved, .step = {1}, .due_rule = std::uint8_t{2}},
      {.kind = EventKind::step_not_needed, .step = {1}}};

  const auto said =
      consequences({{.kind = FindingKind::step_added, .step = {1}}}, events, plan_, plan_);

  ASSERT_EQ(said.size(), 4U);
  for (const auto& text : said) {
    EXPECT_EQ(text.find("2027"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with('.')) << text;
    EXPECT_FALSE(text.front() >= 'a' && text.front() <= 'z') << text;
  }
}

TEST_P(MigrationWords, SayWhatStandsInTheWayInTheRefusal) {
  const engine::Refusal refusal{.code = engine::RefusalCode::cannot_migrate,
                                .findings = {{.kind = FindingKind::open_step_gone, .step = {0}},
                                             {.kind = FindingKind::review_gone, .step = {0}}}};

  const auto text = sentence(refusal, plan_);

  for (const auto& finding : refusal.findings) {
    const auto part = sentence(finding, plan_.protocol, plan_.protocol);
    EXPECT_NE(text.find(" " + part), std::string::npos) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages,
                         MigrationWords,
                         ::testing::Values(Language::french, Language::english));

}  // namespace
}  // namespace protoflow::runtime
