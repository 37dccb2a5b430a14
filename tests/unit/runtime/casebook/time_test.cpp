// What the clock makes of live cases, and what a store that fails makes of both.
#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;
using testing::instant;

constexpr auto kLate = "2027-03-12T08:00:00.000Z";

int count_kind(const testing::MemoryStore& store, std::string_view kind) {
  int count = 0;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    count += engine::read_record(stored.line)->kind == kind ? 1 : 0;
    return true;
  });
  return read ? count : -1;
}

TEST(CasebookTime, FiresWhatHasFallenDueOnceAndInOrder) {
  CasebookWorld world;
  world.prepare();
  const auto first = world.open("open-1");
  world.clock.advance(std::chrono::hours(1));
  const auto second = world.open("open-2");
  ASSERT_TRUE(world.act_on(first, "take", "accueil"));
  ASSERT_TRUE(world.act_on(second, "take", "accueil"));
  world.clock.set(instant(kLate));
  for (int i = 0; i < 3; ++i) {
    world.casebook->tick();
    world.settle();
  }

  EXPECT_EQ(count_kind(world.store, "step_late"), 2);
  EXPECT_EQ(count_kind(world.store, "step_reminded"), 2);
  for (const auto& id : {first, second}) {
    EXPECT_EQ(engine::next_due(*world.file(id).plan, world.file(id).state), model::kNever);
  }
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(CasebookTime, FiresNothingBeforeItIsDue) {
  CasebookWorld world;
  world.prepare();
  world.open();
  const auto due = world.casebook->next_due();
  const auto size = world.store.size();
  ASSERT_NE(due, model::kNever);
  world.clock.set(due - std::chrono::milliseconds(1));
  world.casebook->tick();
  world.settle();
  EXPECT_EQ(world.store.size(), size);

  world.clock.set(due);
  world.casebook->tick();
  world.settle();
  EXPECT_GT(world.store.size(), size);
  EXPECT_GT(world.casebook->next_due(), due);
}

TEST(CasebookTime, KnowsAfterARestartWhatIsDue) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  ASSERT_TRUE(world.act_on(case_id, "take", "accueil"));
  const auto due = world.casebook->next_due();
  world.restart();
  EXPECT_EQ(world.casebook->next_due(), due);

  world.clock.set(instant(kLate));
  world.casebook->tick();
  world.settle();
  world.restart();
  world.casebook->tick();
  world.settle();
  EXPECT_EQ(count_kind(world.store, "step_late"), 1);
}

TEST(CasebookTime, FiresOnTheNextTurnOfACaseThatWasBusy) {
  CasebookWorld world(testing::MemoryStore::Answers::when_told);
  world.prepare();
  Outcome outcome;
  world.casebook->submit(
      {.command = "open", .command_id = "open-1", .person = "karim", .protocol = "accueil-partagé"},
      [&](const Outcome& told) { outcome = told; });
  world.clock.set(instant(kLate));
  world.casebook->tick();
  bool quiet = false;
  world.casebook->when_quiet([&] { quiet = true; });
  world.settle();
  EXPECT_FALSE(quiet);
  world.settle_with_store();
  EXPECT_TRUE(outcome);
  EXPECT_TRUE(quiet);
  EXPECT_EQ(count_kind(world.store, "step_late"), 1);
}

struct Failing {
  StoreErrorCode code;
  Why why;
};

class CasebookWithAFailingStore : public ::testing::TestWithParam<Failing> {};

TEST_P(CasebookWithAFailingStore, TellsTheSenderAndKeepsTheLiveStateEqualToTheLog) {
  const auto& row = GetParam();
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  world.store.fail_next({row.code, "the disk"});
  const Request take{.command = "take",
                     .command_id = "take-1",
                     .case_id = case_id,
                     .person = "ines",
                     .step = "accueil"};
  const auto failed = world.act(take);
  EXPECT_EQ(world.lived(), world.replayed());
  const auto again = world.act(take);

  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().why, row.why);
  EXPECT_EQ(world.troubles.size(), 1u);
  EXPECT_EQ(world.doubts.size(), row.code == StoreErrorCode::outcome_unknown ? 1u : 0u);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(count_kind(world.store, "step_taken"), 1);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST_P(CasebookWithAFailingStore, OpensTheCaseWhenTheOpeningIsSentAgain) {
  const auto& row = GetParam();
  CasebookWorld world;
  world.prepare();
  world.store.fail_next({row.code, "the disk"});
  const Request open{
      .command = "open", .command_id = "open-1", .person = "karim", .protocol = "accueil-partagé"};
  const auto failed = world.act(open);
  EXPECT_FALSE(world.lived().contains(case_stream(case_id_of_command("open-1"))));
  const auto again = world.act(open);

  EXPECT_FALSE(failed);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(count_kind(world.store, "case_opened"), 1);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST_P(CasebookWithAFailingStore, FiresADeadlineLaterInsteadOfAtOnce) {
  const auto& row = GetParam();
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  ASSERT_TRUE(world.act_on(case_id, "take", "accueil"));
  world.clock.set(instant(kLate));
  for (int i = 0; i < 5; ++i) {
    world.store.fail_next({row.code, "the disk"});
  }
  world.casebook->tick();
  ASSERT_TRUE(world.settle());

  // A disk that is full stays full for a while: one try a tick is enough, and one line of trouble.
  EXPECT_LE(world.troubles.size(), 1u);
  EXPECT_LE(world.casebook->next_due(), world.clock.now());
  for (int i = 0; i < 6; ++i) {
    world.casebook->tick();
    world.settle();
  }
  EXPECT_EQ(count_kind(world.store, "step_late"), 1);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(CasebookTime, FindsAfterARestartWhatAnUnknownOutcomeHadWritten) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  world.store.fail_next({StoreErrorCode::outcome_unknown, "the disk"}, true);
  const Request take{.command = "take",
                     .command_id = "take-1",
                     .case_id = case_id,
                     .person = "ines",
                     .step = "accueil"};
  const auto failed = world.act(take);
  world.restart();
  const auto again = world.act(take);

  EXPECT_FALSE(failed);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(count_kind(world.store, "step_taken"), 1);
  EXPECT_EQ(world.lived(), world.replayed());
}

INSTANTIATE_TEST_SUITE_P(Errors,
                         CasebookWithAFailingStore,
                         ::testing::Values(Failing{StoreErrorCode::unavailable, Why::unavailable},
                                           Failing{StoreErrorCode::conflict, Why::version_conflict},
                                           Failing{StoreErrorCode::outcome_unknown,
                                                   Why::unavailable}));

}  // namespace
}  // namespace protoflow::runtime
