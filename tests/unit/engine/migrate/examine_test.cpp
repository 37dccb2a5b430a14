// What blocks, decide/migrate_test.cpp tells; here, what whoever decides it must know.
#include "engine/migrate/examine.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using model::Protocol;
using tests::Play;

std::string text_of(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += (text.empty() ? "" : " ") +
            std::string(kFindingKindNames[static_cast<std::size_t>(finding.kind)]);
  }
  return text;
}

struct Row {
  const char* claim;
  std::function<void(Protocol& was)> before;
  std::function<void(Protocol& now)> change;
  std::string wanted;
};

void nothing(Protocol&) {}

const std::vector<Row> kRows = {
    {"nothing has changed", nothing, nothing, ""},
    {"a step that waits is gone",
     nothing,
     [](Protocol& now) { now.steps[6].name = "other"; },
     "waiting_step_gone step_added"},
    {"a step that is settled is gone",
     nothing,
     [](Protocol& now) { now.steps[0].name = "other"; },
     "settled_step_gone step_added"},
    {"what is known is not asked any more",
     nothing,
     [](Protocol& now) { now.informations[1].name = "other"; },
     "information_gone"},
    {"what nobody has said is not asked any more",
     nothing,
     [](Protocol& now) {
       now.informations.push_back(now.informations[1]);
       now.informations.back().name = "other";
     },
     ""},
    {"the level that is known is gone",
     nothing,
     [](Protocol& now) { now.informations[1].levels[1] = "other"; },
     "value_gone"},
    {"another level is gone",
     nothing,
     [](Protocol& now) { now.informations[1].levels[2] = "other"; },
     ""},
    {"others may see it",
     nothing,
     [](Protocol& now) { now.informations[1].seen_by.push_back({4}); },
     "seen_by_more"},
    {"fewer may see it", nothing, [](Protocol& now) { now.informations[1].seen_by.clear(); }, ""},
    {"a consent that was answered is gone",
     nothing,
     [](Protocol& now) { now.consents[0].name = "other"; },
     "consent_gone"},
    {"a consent to another purpose",
     nothing,
     [](Protocol& now) { now.consents[0].purpose = "other"; },
     "consent_changed"},
    {"a consent of more",
     nothing,
     [](Protocol& now) { now.consents[0].covers = {{0}}; },
     "consent_changed"},
    {"a consent to less",
     [](Protocol& was) {
       was.consents[0].covers = {{0}, {1}};
       was.consents[0].with = {{2}, {3}};
     },
     [](Protocol& now) {
       now.consents[0].covers = {{1}};
       now.consents[0].with = {{2}};
     },
     ""},
    {"a role that a partner had accepted is gone",
     nothing,
     [](Protocol& now) { now.roles[6].name = "other"; },
     "role_gone seen_by_more"},
};

TEST(Examination, SaysWhatIsLostAndWhatIsNew) {
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.claim);
    Play play(tests::plan_of(tests::small_path()));
    play.rehearse(
        "h0 coordinator open;"
        "h1 adviser complete welcome as engaged with minor=no,french=A1;"
        "h2 adviser complete sharing-talk with sharing=yes;"
        "h3 adviser refer tutor to bakery; h4 tutor@bakery accept_referral tutor");
    auto was = play.plan().protocol;
    row.before(was);
    auto now = was;
    row.change(now);
    const auto mapping = mapping_of(was, now, name_changes(was, now)).value();

    EXPECT_EQ(text_of(examine(play.state(), was, now, mapping)), row.wanted);
  }
}

TEST(Examination, SaysFirstWhatStandsInTheWay) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse("h0 coordinator open");
  const auto was = play.plan().protocol;
  auto now = was;
  now.steps[0].name = "first";
  now.steps[6].name = "last";
  const auto mapping = mapping_of(was, now, name_changes(was, now)).value();

  EXPECT_EQ(text_of(examine(play.state(), was, now, mapping)),
            "open_step_gone waiting_step_gone step_added step_added");
}

}  // namespace
}  // namespace protoflow::engine
