#include "engine/lifecycle/participation_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, ParticipationTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::ParticipationRows>(participation);
}

}  // namespace
}  // namespace protoflow::engine
