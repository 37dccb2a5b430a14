// The largest protocol that the language takes runs like a small one.
#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

tests::ProtocolSpec longest_path() {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}}}};
  for (std::size_t i = 0; i < model::kDeclarationsMax; ++i) {
    tests::StepSpec step{.name = "s" + std::to_string(i), .responsible = "coordinator"};
    if (i > 0) {
      step.after = tests::settled(path.steps.back().name);
    }
    path.steps.push_back(std::move(step));
  }
  path.endings = {{.name = "over", .when = tests::settled(path.steps.back().name)}};
  return path;
}

TEST(TheLargestProtocol, OpensAndMovesOn) {
  tests::Play play(tests::plan_of(longest_path()));

  play.rehearse("coordinator open");
  for (int i = 0; i < 3; ++i) {
    play.rehearse("coordinator take s" + std::to_string(i) + "; coordinator complete s" +
                  std::to_string(i));
  }

  EXPECT_EQ(play.duties(), "step s3 by coordinator@mission");
  EXPECT_EQ(play.step("s" + std::to_string(model::kDeclarationsMax - 1)).work, WorkState::waiting);
}

}  // namespace
}  // namespace protoflow::engine
