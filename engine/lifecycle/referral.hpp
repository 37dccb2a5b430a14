// A role's binding for one case: a partner is asked to play it, and answers. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class ReferralState : std::uint8_t {
  none,
  requested,
  received,
  accepted,
  declined,
  expired,
  revoked,
  ended
};

enum class ReferralEvent : std::uint8_t {
  request,  // the chooser asks a partner (the first, or the next one after a refusal)
  receive,  // the partner has seen it
  accept,
  decline,
  expire,  // no answer within the delay
  revoke,  // the chooser takes it back
  end,     // the case or the role's last step is over
};

inline constexpr std::array<std::string_view, 8> kReferralStateNames = {
    "none", "requested", "received", "accepted", "declined", "expired", "revoked", "ended"};
inline constexpr std::array<std::string_view, 7> kReferralEventNames = {
    "request", "receive", "accept", "decline", "expire", "revoke", "end"};

namespace referral_fact {
inline constexpr std::uint8_t is_candidate =
    1;  // the partner stands in `among`, or the protocol names none
inline constexpr std::uint8_t all = 1;
}  // namespace referral_fact

/// request needs is_candidate and is possible from none, declined, expired and revoked. decline is
/// possible from accepted too (the partner withdraws). accept and decline are possible from expired
/// no more: the chooser asks again.
[[nodiscard]] Cell<ReferralState> referral(ReferralState state,
                                           ReferralEvent event,
                                           std::uint8_t facts) noexcept;

}  // namespace protoflow::engine
