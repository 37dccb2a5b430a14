// Who answers for an open step: a role of an accountable partner, or a person of it by name. Never
// nobody while the step is open: the giver stays responsible until the receiver accepts. Persisted
// names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class ResponsibilityState : std::uint8_t { idle, with_role, with_person, handing_over };

enum class ResponsibilityEvent : std::uint8_t {
  assign,     // the step opens, or its role gets another partner (deputy, referral, escalation):
              // that ends a hand-over
  take,       // a person takes it, or is named
  release,    // the person gives it back to the role, declines it, or lets the offer expire
  hand_over,  // it is offered to another partner
  accept,     // the receiver accepts
  refuse,     // the receiver refuses or keeps silent, or the giver takes it back
  close,      // the step is settled or withdrawn
  restore,    // the case is reopened: to whoever had it
};

inline constexpr std::array<std::string_view, 4> kResponsibilityStateNames = {
    "idle", "with_role", "with_person", "handing_over"};
inline constexpr std::array<std::string_view, 8> kResponsibilityEventNames = {
    "assign", "take", "release", "hand_over", "accept", "refuse", "close", "restore"};

namespace responsibility_fact {
inline constexpr std::uint8_t plays_role =
    1;  // the person belongs to the accountable partner and plays the role
inline constexpr std::uint8_t by_name = 2;  // a person has it, not the role alone
inline constexpr std::uint8_t all = 3;
}  // namespace responsibility_fact

[[nodiscard]] Cell<ResponsibilityState> responsibility(ResponsibilityState state,
                                                       ResponsibilityEvent event,
                                                       std::uint8_t facts) noexcept;

}  // namespace protoflow::engine
