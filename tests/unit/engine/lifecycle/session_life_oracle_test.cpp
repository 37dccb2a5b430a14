#include "engine/lifecycle/session_life_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, SessionTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::SessionRows>(session_life);
}

}  // namespace
}  // namespace protoflow::engine
