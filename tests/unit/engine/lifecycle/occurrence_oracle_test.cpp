#include "engine/lifecycle/occurrence_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, OccurrenceTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::OccurrenceRows>(occurrence);
}

}  // namespace
}  // namespace protoflow::engine
