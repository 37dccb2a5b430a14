#include "engine/migrate/renumber.hpp"

#include <gtest/gtest.h>

#include "tests/support/protocol_builder.hpp"
#include "tests/support/same_members.hpp"

namespace protoflow::engine {
namespace {

using model::Protocol;

Protocol before() {
  auto protocol = tests::plan_of(tests::small_path()).protocol;
  protocol.routines = {{.name = "talk", .for_each_case = true, .asks = {{"A?"}, {"B?"}}}};
  protocol.endings[0].follow_ups = {{"call", "", {1}, {}}, {"visit", "", {1}, {}}};
  return protocol;
}

Mapping mapping_to(const Protocol& now) {
  const auto was = before();
  return mapping_of(was, now, name_changes(was, now)).value();
}

// Something at every place that an id may stand.
CaseState full() {
  auto state = empty_case(before());
  auto& step = state.steps[1];
  step.work = WorkState::done;
  step.outcome = {0};
  step.entrusted = step.role = {2};
  step.partner = step.doer_partner = {1};
  step.person = {0};
  state.persons = {"p-1"};
  state.referrals[6] = {.state = ReferralState::accepted, .partner = {2}, .refused_by = {{0}, {1}}};
  state.informations[1] = {.known = Known::yes, .value = {.number = 1}, .since_version = 3};
  state.superseded = {{.information = {1}, .value = {.number = 0}, .since_version = 2}};
  state.consents[0] = ConsentAnswer::given;
  state.consent_versions[0] = 4;
  state.places = {{.step = {1}, .occurrence = "s-1", .attendance = Attendance::present}};
  state.tasks = {{.name = "visit",
                  .source = {.ending = {0}, .place = 1},
                  .work = WorkState::done,
                  .role = {2},
                  .partner = {1}}};
  state.routines[0].role = {1};
  state.routines[0].partner = {0};
  state.routines[0].last.attended = {{0}, {1}};
  state.routines[0].last.answers = {{.question = 1, .value = {.number = 4}}};
  state.routines[0].totals = {{1, 2}, {3, 4}};
  state.remarks = {{.version = 5, .partner = {1}, .step = {1}, .text = "said"}};
  state.left = {{1}, {2}};
  return state;
}

TEST(Renumber, ToTheSameProtocolChangesNothing) {
  auto state = full();
  renumber(state, mapping_to(before()), false);
  EXPECT_TRUE(tests::same_members(state, full()));
}

template <class Declaration>
void turn(std::vector<Declaration>& table) {
  std::ranges::reverse(table);
}

// Back and forth is where it was: every id has been changed both times.
TEST(Renumber, ThereAndBackChangesNothing) {
  const auto was = before();
  auto now = before();
  turn(now.partners);
  turn(now.informations);
  turn(now.steps);
  turn(now.endings);
  turn(now.endings.back().follow_ups);
  turn(now.steps[now.steps.size() - 2].outcomes);
  turn(now.informations[was.informations.size() - 2].levels);
  turn(now.routines[0].asks);
  std::ranges::reverse(now.roles.begin() + 1, now.roles.end());
  auto state = full();

  renumber(state, mapping_to(now), false);
  EXPECT_FALSE(tests::same_members(state, full()));
  EXPECT_EQ(state.steps[was.steps.size() - 2].work, WorkState::done);
  EXPECT_EQ(state.left[0].value, was.partners.size() - 2);
  EXPECT_EQ(state.tasks[0].source.place, 0);
  EXPECT_EQ(state.routines[0].last.answers[0].question, 0);

  renumber(state, mapping_of(now, was, name_changes(now, was)).value(), false);
  EXPECT_TRUE(tests::same_members(state, full()));
}

TEST(Renumber, LeavesOutWhatIsGone) {
  auto now = before();
  const auto gone = [](auto& declared) { declared.name += "-gone"; };
  gone(now.partners[1]);
  gone(now.partners[2]);
  gone(now.informations[1]);
  gone(now.consents[0]);
  gone(now.endings[0]);
  gone(now.routines[0]);
  auto state = full();

  renumber(state, mapping_to(now), false);

  EXPECT_EQ(state.steps[1].work, WorkState::done);
  EXPECT_FALSE(state.steps[1].partner.known());
  EXPECT_FALSE(state.steps[1].role.known()) << "no half of it is said";
  EXPECT_EQ(state.referrals[6].state, ReferralState::none);
  EXPECT_EQ(state.informations[1].known, Known::no);
  EXPECT_TRUE(state.superseded.empty());
  EXPECT_EQ(state.consents[0], ConsentAnswer::not_asked);
  EXPECT_TRUE(state.tasks.empty());
  EXPECT_TRUE(state.left.empty());
  EXPECT_FALSE(state.routines[0].role.known()) << "the one of that place is new";
  EXPECT_EQ(state.remarks.size(), 1U);
}

TEST(Renumber, ForgetsAValueThatHasNoLevelAnyMore) {
  auto now = before();
  ASSERT_FALSE(now.informations[1].levels.empty());
  now.informations[1].levels[1] = "other";
  auto state = full();

  renumber(state, mapping_to(now), false);

  EXPECT_EQ(state.informations[1].known, Known::no);
  EXPECT_EQ(state.superseded.size(), 1U);
}

TEST(Renumber, MarksTheDueInstantsThatAreKept) {
  auto state = full();
  state.steps[0].work = WorkState::taken;
  state.steps[0].due_rule = 1;

  renumber(state, mapping_to(before()), true);

  EXPECT_EQ(state.steps[0].due_rule, kDueIsKept);
  EXPECT_EQ(state.steps[1].due_rule, 0) << "settled";
}

}  // namespace
}  // namespace protoflow::engine
