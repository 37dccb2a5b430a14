#include "engine/lifecycle/referral_rows.hpp"
#include "tests/unit/engine/lifecycle/oracle.hpp"

namespace protoflow::engine {
namespace {

TEST(Lifecycle, ReferralTableAnswersAsMsmDoesInEveryCell) {
  lifecycle::compare_with_msm<lifecycle::ReferralRows>(referral);
}

}  // namespace
}  // namespace protoflow::engine
