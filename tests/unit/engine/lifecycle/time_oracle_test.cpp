#include "engine/lifecycle/time_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, TimeTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::TimeRows>(time);
}

}  // namespace
}  // namespace protoflow::engine
