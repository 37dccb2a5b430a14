#include "engine/lifecycle/work_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, WorkTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::WorkRows>(work);
}

}  // namespace
}  // namespace protoflow::engine
