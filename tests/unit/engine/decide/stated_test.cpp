// What people state: instants before, after and at the end of time; texts as long as they may be.
#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::Play;

Play opened() {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse("h0 coordinator open");
  return play;
}

struct StatedRow {
  const char* claim;
  model::Instant happened, now;
  const char* wanted;
};

TEST(StatedInstants, AreRefusedOrPlaced) {
  const auto end = model::kLatestInstant;
  const StatedRow rows[] = {
      {"before the opening", hour(-1), hour(5), "refused happened_before_opening"},
      {"before everything", model::Instant::min(), hour(5), "refused happened_before_opening"},
      {"at the opening", hour(0), hour(5), "step_taken(welcome)"},
      {"in a moment",
       hour(5) + std::chrono::milliseconds(1),
       hour(5),
       "refused happened_in_future"},
      {"in the year 9999", end, hour(5), "refused happened_in_future"},
      {"never", model::kNever, hour(5), "step_taken(welcome)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    auto play = opened();
    auto command = play.command("h5 adviser take welcome");
    command.happened = row.happened;

    const auto decision = decide(play.plan(), play.state(), command, row.now);

    EXPECT_EQ(decision ? tests::text_of(decision->back(), play.plan().protocol)
                       : tests::text_of(decision.error(), play.plan().protocol),
              row.wanted);
  }
}

TEST(StatedInstants, AtTheEndOfTimeAreDueThen) {
  Play play(tests::plan_of(tests::small_path()));
  auto open = play.command("coordinator open");

  const auto decision = decide(play.plan(), play.state(), open, model::kLatestInstant);

  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->back().due, model::kLatestInstant);
}

TEST(Reasons, AreRefusedBeyondTheirLimit) {
  auto play = opened();
  auto command = play.command("h5 adviser decline welcome");
  command.reason = std::string(model::kSaidTextMax, 'x');
  EXPECT_TRUE(decide(play.plan(), play.state(), command, hour(5)));

  command.reason += 'x';

  EXPECT_EQ(decide(play.plan(), play.state(), command, hour(5)).error().code,
            RefusalCode::text_too_long);
}

}  // namespace
}  // namespace protoflow::engine
