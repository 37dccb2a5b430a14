#include "engine/lifecycle/referral.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/referral_rows.hpp"

namespace protoflow::engine {

Cell<ReferralState> referral(ReferralState state,
                             ReferralEvent event,
                             std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::ReferralRows>(state, event, facts);
}

}  // namespace protoflow::engine
