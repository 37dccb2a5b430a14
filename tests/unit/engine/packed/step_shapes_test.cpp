#include "engine/packed/step_shapes.hpp"

#include <gtest/gtest.h>

#include "engine/packed/packing.hpp"

namespace protoflow::engine {
namespace {

StepState taken(int day) {
  StepState step;
  step.work = WorkState::taken;
  step.partner = {3};
  step.opened = std::chrono::sys_days{std::chrono::year{2027} / 1 / day};
  step.due_from = step.opened;
  packing::leave_out_the_same(step);
  return step;
}

TEST(StepShapes, AreTheSameForStepsThatDifferInInstantsOnly) {
  auto other = taken(4);
  other.partner = {4};

  EXPECT_EQ(shape_of(taken(4)), shape_of(taken(5)));
  EXPECT_NE(shape_of(taken(4)), shape_of(other));
  EXPECT_NE(shape_of(taken(4)), shape_of(StepState{}));
}

TEST(StepShapes, KeepAllButWhatIsSaidBesideThem) {
  const auto step = step_of(shape_of(taken(4)));

  EXPECT_EQ(step.work, WorkState::taken);
  EXPECT_EQ(step.partner, model::PartnerId{3});
  EXPECT_EQ(step.opened, model::kNever);
  EXPECT_EQ(step.due_from, packing::kSame);
}

TEST(StepShapes, GiveAShapeOneNumber) {
  StepShapes shapes;
  const auto born = shapes.number_of(shape_of(StepState{}));
  const auto number = shapes.number_of(shape_of(taken(4)));

  EXPECT_NE(born, number);
  EXPECT_EQ(shapes.number_of(shape_of(taken(9))), number);
  EXPECT_EQ(shapes[number].step.partner, model::PartnerId{3});
  EXPECT_NE(shapes[number].said, Members{0});
  EXPECT_EQ(shapes[born].said, Members{0});
}

TEST(StepShapes, StopNumberingWhenThereAreTooMany) {
  StepShapes shapes;
  StepState step;
  std::uint32_t last = 1;
  for (std::uint32_t i = 0; last != 0 && i < 200'000; ++i) {
    step.partner.value = static_cast<std::uint16_t>(i);
    step.role.value = static_cast<std::uint16_t>(i >> 16U);
    last = shapes.number_of(shape_of(step));
  }

  EXPECT_EQ(last, 0U);
  EXPECT_EQ(shapes.number_of(shape_of(step)), 0U);
}

}  // namespace
}  // namespace protoflow::engine
