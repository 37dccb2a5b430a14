// A packed case is the case: whatever history led to it. A failure prints its seed.
#include <gtest/gtest.h>

#include "engine/packed/packed_cases.hpp"
#include "engine/state/apply.hpp"
#include "tests/property/random_path.hpp"
#include "tests/support/play.hpp"
#include "tests/support/same_members.hpp"

namespace protoflow::engine {
namespace {

constexpr std::uint64_t kHistories = 500;
constexpr int kActs = 40;

// All cases wait in the same place's room, one after the other, and are read into one state.
struct Waiting {
  PackedCases cases;
  CaseState read;

  void expect_same(std::uint32_t place, const CaseState& state, const Plan& plan) {
    cases.put(place, state);
    cases.get(place, read);
    EXPECT_EQ(describe(read, plan.protocol), describe(state, plan.protocol));
    EXPECT_TRUE(tests::same_members(read, state));
  }
};

void live(std::uint64_t seed, Waiting& waiting) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  tests::Dice dice(seed);
  const auto plan = tests::plan_of(tests::random_path(dice));
  const auto place = static_cast<std::uint32_t>(seed % 7);
  auto state = empty_case(plan.protocol);
  waiting.expect_same(place, state, plan);
  Command command{.kind = CommandKind::open, .beneficiary = "b-" + std::to_string(seed)};
  command.actor = tests::actor_of("coordinator", plan.protocol);
  auto now = tests::hour(0);
  for (int act = 0; act < kActs && !testing::Test::HasFailure(); ++act) {
    if (const auto decision = decide(plan, state, command, now)) {
      for (const auto& event : *decision) {
        apply(state, event);
        waiting.expect_same(place, state, plan);
      }
    }
    now += std::chrono::milliseconds(dice.roll(2) == 0 ? dice.roll(200'000'000)
                                                       : 60'000 * dice.roll(3'000));
    command = tests::random_command(dice, plan, state, now);
  }
}

TEST(EveryHistory, IsTheSameWhenItsCaseHasWaitedPacked) {
  Waiting waiting;
  for (std::uint64_t seed = 1; seed <= kHistories; ++seed) {
    live(seed, waiting);
  }
}

}  // namespace
}  // namespace protoflow::engine
