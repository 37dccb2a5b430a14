#include "engine/lifecycle/review_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, ReviewTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::ReviewRows>(review);
}

}  // namespace
}  // namespace protoflow::engine
