#include "engine/lifecycle/case_life_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, CaseTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::CaseRows>(case_life);
}

}  // namespace
}  // namespace protoflow::engine
