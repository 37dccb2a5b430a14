// The events of a task of any stream, without a case.
#include "engine/decide/task.hpp"

#include <gtest/gtest.h>

#include "engine/state/apply.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;

const model::Protocol& protocol() {
  static const Plan plan = tests::plan_of(tests::small_path());
  return plan.protocol;
}

Holder held_by(const char* who) {
  const auto actor = tests::actor_of(who, protocol());
  return {.role = actor.role, .partner = actor.partner};
}

Task opened() {
  std::vector<Task> tasks;
  const TaskOpening opening{.name = "letter",
                            .source = {.origin = TaskOrigin::reservation, .step = {0}},
                            .answers = held_by("adviser"),
                            .due = hour(10)};
  apply_task(tasks, open_task(opening, hour(1)), 7);
  return tasks[0];
}

Command by(const char* who, CommandKind kind) {
  return {.kind = kind,
          .actor = tests::actor_of(who, protocol()),
          .happened = hour(5),
          .reason = "because"};
}

Task after(const Task& task, const Event& event) {
  std::vector<Task> tasks{task};
  apply_task(tasks, event, 8);
  return tasks[0];
}

TEST(TaskEvents, OpenItWithWhoAnswers) {
  EXPECT_EQ(describe(opened(), protocol()),
            "task letter origin=reservation step=welcome work=offered time=calm "
            "responsibility=with_role entrusted=adviser role=adviser partner=mission "
            "since_version=7 since=2027-01-04T10:00:00.000Z opened=2027-01-04T10:00:00.000Z "
            "due=2027-01-04T19:00:00.000Z\n");
}

TEST(TaskEvents, KeepTheReasonOfARefusal) {
  const TaskHolders holders{.now = held_by("adviser"), .next = held_by("adviser@foyer")};

  const auto event =
      act_on_task(opened(), by("adviser", CommandKind::decline), holders, protocol());

  ASSERT_TRUE(event);
  EXPECT_EQ(event->reason, "because");
  EXPECT_EQ(after(opened(), *event).partner, holders.next.partner);
  EXPECT_EQ(after(opened(), *event).deputy, 1);
}

TEST(TaskEvents, AreRefusedToAChooserWhoWaitsForAPartner) {
  auto now = held_by("adviser");
  now.waits_for_referral = true;

  const auto event = act_on_task(
      opened(), by("adviser", CommandKind::take), {.now = now, .next = now}, protocol());

  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, RefusalCode::role_not_bound);
}

TEST(TaskEvents, AreOnlyThoseOfATask) {
  const TaskHolders holders{.now = held_by("adviser"), .next = held_by("adviser")};
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto kind = static_cast<CommandKind>(i);
    const bool may = kind == CommandKind::take || kind == CommandKind::complete;
    EXPECT_EQ(act_on_task(opened(), by("adviser", kind), holders, protocol()).has_value(), may)
        << kCommandKindNames[i];
  }
}

TEST(TaskEvents, MakeItLateOnce) {
  EXPECT_EQ(late_at(opened()), hour(10));

  const auto late = after(opened(), late_task(opened(), protocol().coordinated_by));

  EXPECT_EQ(late.time, TimeState::late);
  EXPECT_EQ(late_at(late), model::kNever);
}

TEST(TaskEvents, MoveItsDueInstantByAsLongAsItStoodStill) {
  const auto moved = after(opened(), move_task(opened(), std::chrono::hours(3), hour(4)));

  EXPECT_EQ(moved.due, hour(13));
  EXPECT_EQ(moved.since_version, 7U);
}

TEST(TaskEvents, WithdrawItForGood) {
  const auto gone = after(opened(), withdraw_task(opened(), hour(4), "cancelled"));

  EXPECT_EQ(gone.work, WorkState::withdrawn);
  EXPECT_EQ(gone.time, TimeState::dropped);
  EXPECT_EQ(gone.responsibility, ResponsibilityState::idle);
  EXPECT_EQ(gone.settled, hour(4));
}

TEST(TaskEvents, GiveItToAnotherPartnerEvenWhenItIsTaken) {
  auto taken = opened();
  taken.work = WorkState::taken;
  taken.responsibility = ResponsibilityState::with_person;
  taken.person = "adviser";

  const auto moved = after(taken, assign_task(taken, held_by("adviser@foyer"), hour(4)));

  EXPECT_EQ(moved.work, WorkState::offered);
  EXPECT_EQ(moved.responsibility, ResponsibilityState::with_role);
  EXPECT_EQ(moved.person, "");
}

}  // namespace
}  // namespace protoflow::engine
