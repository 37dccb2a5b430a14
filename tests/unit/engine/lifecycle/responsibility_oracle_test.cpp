#include "engine/lifecycle/responsibility_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, ResponsibilityTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::ResponsibilityRows>(responsibility);
}

}  // namespace
}  // namespace protoflow::engine
