#include "engine/simulate/simulate.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using model::ExampleLine;
using model::ExampleVerb;

const Plan& plan() {
  static const Plan plan = tests::plan_of(tests::small_path());
  return plan;
}

model::RoleId role(const char* name) {
  return model::find<model::RoleId>(plan().protocol.roles, name);
}

const ExampleLine kOpen{.verb = ExampleVerb::open, .day = 0};
const model::StepId kWelcome{0};

Simulation run(std::vector<ExampleLine> lines) {
  lines.insert(lines.begin(), kOpen);
  return simulate(plan(), {.name = "example", .lines = std::move(lines)});
}

TEST(Simulate, HoldsWhatTheExampleExpects) {
  const auto simulation = run({
      {.verb = ExampleVerb::expect_offered, .role = role("adviser"), .step = kWelcome},
      {.verb = ExampleVerb::take, .day = 0, .role = role("adviser"), .step = kWelcome},
      {.verb = ExampleVerb::nothing, .day = 4},
      {.verb = ExampleVerb::expect_late, .day = 4, .step = kWelcome},
      {.verb = ExampleVerb::expect_told, .day = 4, .role = role("coordinator"), .step = kWelcome},
      {.verb = ExampleVerb::nothing, .day = 5},
      {.verb = ExampleVerb::expect_escalated, .day = 5, .role = role("steering"), .step = kWelcome},
      {.verb = ExampleVerb::complete,
       .day = 6,
       .role = role("adviser"),
       .step = kWelcome,
       .outcome = {1}},
      {.verb = ExampleVerb::expect_closed, .day = 6, .ending = {4}},
  });

  EXPECT_FALSE(simulation.failure) << "line " << simulation.failure->line;
  EXPECT_EQ(simulation.state.status, CaseStatus::closed);
}

TEST(Simulate, LetsThePersonLeaveWhenTheEndingSaysSo) {
  const auto left = model::find<model::EndingId>(plan().protocol.endings, "left");

  const auto simulation = run({
      {.verb = ExampleVerb::close, .day = 3, .role = model::kBeneficiary, .ending = left},
      {.verb = ExampleVerb::expect_closed, .day = 3, .ending = left},
  });

  EXPECT_FALSE(simulation.failure) << "line " << simulation.failure->line;
}

TEST(Simulate, StopsAtTheFirstLineThatIsNotSo) {
  const auto simulation =
      run({{.verb = ExampleVerb::expect_done, .step = kWelcome}, {.verb = ExampleVerb::nothing}});

  ASSERT_TRUE(simulation.failure);
  EXPECT_EQ(simulation.failure->line, 1U);
  EXPECT_EQ(simulation.failure->shortfall, Shortfall::not_expected);
}

TEST(Simulate, SaysWhyALineIsRefused) {
  const auto simulation =
      run({{.verb = ExampleVerb::take, .role = role("teacher"), .step = kWelcome}});

  ASSERT_TRUE(simulation.failure);
  ASSERT_TRUE(simulation.failure->refusal);
  EXPECT_EQ(simulation.failure->refusal->code, RefusalCode::not_yours);
}

TEST(Simulate, ActsAtNoonOfTheDayInTheProtocolsZone) {
  EXPECT_EQ(example_start(plan().work_time), tests::hour(0));
  EXPECT_EQ(example_instant(plan().work_time, 2), tests::hour(51));
}

}  // namespace
}  // namespace protoflow::engine
