#include "engine/migrate/mapping.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "tests/support/protocol_builder.hpp"

namespace protoflow::engine {
namespace {

using model::FormerKind;
using model::Protocol;

Protocol before() {
  auto protocol = tests::plan_of(tests::small_path()).protocol;
  protocol.informations[0].levels = {};
  return protocol;
}

std::string text_of(const std::vector<NameChange>& changes) {
  std::string text;
  for (const auto& [kind, step, was, now] : changes) {
    text += (text.empty() ? "" : ", ") +
            std::string(kFormerKindNames[static_cast<std::size_t>(kind)]) + " " +
            (step.empty() ? "" : step + "/") + was + (now.empty() ? " gone" : " -> " + now);
  }
  return text;
}

struct Row {
  const char* claim;
  std::function<void(Protocol& was, Protocol& now)> change;
  std::string wanted;
};

const Protocol kBefore = before();
const std::string kStep = kBefore.steps[0].name;
const std::string kOutcome = kBefore.steps[0].outcomes[0].name;
const std::string kRole = kBefore.roles[1].name;
const std::string kInformation = kBefore.informations[0].name;

const std::vector<Row> kRows = {
    {"nothing has changed", [](Protocol&, Protocol&) {}, ""},
    {"the order says nothing",
     [](Protocol&, Protocol& now) { std::swap(now.endings[0], now.endings.back()); },
     ""},
    {"a new name that says what it was",
     [](Protocol&, Protocol& now) {
       now.steps[0].name = "new";
       now.former_names = {{FormerKind::step, 0, {}, kStep}};
     },
     "step " + kStep + " -> new"},
    {"a new name that does not",
     [](Protocol&, Protocol& now) { now.steps[0].name = "new"; },
     "step " + kStep + " gone"},
    {"by name first, whatever another says it was",
     [](Protocol&, Protocol& now) { now.former_names = {{FormerKind::step, 1, {}, kStep}}; },
     ""},
    {"two that become one: the one of the same name",
     [](Protocol&, Protocol& now) {
       now.steps.erase(now.steps.begin());
       now.former_names = {{FormerKind::step, 0, {}, kStep}};
     },
     "step " + kStep + " gone"},
    {"of several former names, one",
     [](Protocol&, Protocol& now) {
       now.steps[0].name = "new";
       now.former_names = {{FormerKind::step, 0, {}, "older"}, {FormerKind::step, 0, {}, kStep}};
     },
     "step " + kStep + " -> new"},
    {"of another kind, it says nothing",
     [](Protocol&, Protocol& now) {
       now.steps[0].name = "new";
       now.former_names = {{FormerKind::role, 1, {}, kStep}};
     },
     "step " + kStep + " gone"},
    {"on the way back",
     [](Protocol& was, Protocol& now) {
       was.steps[0].name = "new";
       was.former_names = {{FormerKind::step, 0, {}, now.steps[0].name}};
     },
     "step new -> " + kStep},
    {"a role",
     [](Protocol&, Protocol& now) {
       now.roles[1].name = "new";
       now.former_names = {{FormerKind::role, 1, {}, kRole}};
     },
     "role " + kRole + " -> new"},
    {"the beneficiary, in another language",
     [](Protocol&, Protocol& now) { now.roles[0].name = "bénéficiaire"; },
     "role beneficiary -> bénéficiaire"},
    {"an outcome, of its own step",
     [](Protocol&, Protocol& now) {
       now.steps[0].outcomes[0].name = "new";
       now.former_names = {{FormerKind::outcome, 0, {0}, kOutcome}};
     },
     "outcome " + kStep + "/" + kOutcome + " -> new"},
    {"an outcome of a step that has another name too",
     [](Protocol&, Protocol& now) {
       now.steps[0].name = "new";
       now.steps[0].outcomes[0].name = "fresh";
       now.former_names = {{FormerKind::step, 0, {}, kStep},
                           {FormerKind::outcome, 0, {0}, kOutcome}};
     },
     "step " + kStep + " -> new, outcome " + kStep + "/" + kOutcome + " -> fresh"},
    {"an outcome that is gone",
     [](Protocol&, Protocol& now) { now.steps[0].outcomes[0].name = "new"; },
     "outcome " + kStep + "/" + kOutcome + " gone"},
    {"an information of another type is another",
     [](Protocol&, Protocol& now) { now.informations[0].type = model::InformationType::date; },
     "information " + kInformation + " gone"},
};

TEST(Mapping, GoesByNameThenByWhatTheTextSaysItWas) {
  for (const auto& row : kRows) {
    auto was = before(), now = before();
    row.change(was, now);
    const auto changes = name_changes(was, now);
    EXPECT_EQ(text_of(changes), row.wanted) << row.claim;
    EXPECT_TRUE(mapping_of(was, now, changes)) << row.claim;
  }
}

TEST(Mapping, SaysWhereEachPlaceIsNow) {
  const auto was = before();
  auto now = before();
  std::swap(now.endings[0], now.endings[1]);
  now.informations.erase(now.informations.begin());

  const auto mapping = mapping_of(was, now, name_changes(was, now));

  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->endings[0].value, 1);
  EXPECT_EQ(mapping->endings[1].value, 0);
  EXPECT_FALSE(mapping->informations[0].known());
  EXPECT_EQ(mapping->steps.size(), was.steps.size());
  EXPECT_EQ(mapping->steps_now, now.steps.size());
}

TEST(Mapping, FindsLevelsQuestionsAndFollowUpsByWhatTheySay) {
  auto was = before();
  was.informations[0].type = model::InformationType::scale;
  was.informations[0].levels = {"low", "middle", "high"};
  was.endings[0].follow_ups = {{"call", "", {1}, {}}, {"visit", "", {1}, {}}};
  was.routines = {{.name = "talk", .for_each_case = true, .asks = {{"A?"}, {"B?"}}}};
  auto now = was;
  now.informations[0].levels = {"high", "low"};
  std::swap(now.endings[0].follow_ups[0], now.endings[0].follow_ups[1]);
  now.routines[0].asks = {{"B?"}};

  const auto mapping = mapping_of(was, now, name_changes(was, now));

  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->levels[0], (std::vector<std::uint16_t>{1, kNoPlace, 0}));
  EXPECT_EQ(mapping->follow_ups[0], (std::vector<std::uint16_t>{1, 0}));
  EXPECT_EQ(mapping->questions[0], (std::vector<std::uint16_t>{kNoPlace, 0}));
  EXPECT_EQ(mapping->routines_now, 1U);
}

TEST(Mapping, IsRefusedWhenItLeadsNowhere) {
  const auto was = before();
  auto now = before();
  now.steps[0].name = "new";

  EXPECT_FALSE(mapping_of(was, now, {}));
  EXPECT_FALSE(mapping_of(was, now, {{FormerKind::step, {}, was.steps[0].name, "elsewhere"}}));
  EXPECT_TRUE(mapping_of(was, now, {{FormerKind::step, {}, was.steps[0].name, "new"}}));
}

}  // namespace
}  // namespace protoflow::engine
