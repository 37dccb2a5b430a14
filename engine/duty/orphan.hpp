// Orphan time: how long an open duty was with a role, and with no person by name. A pure function
// of a history: it decides nothing, and no event depends on it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/event/event.hpp"

namespace protoflow::engine {

enum class OrphanCause : std::uint8_t {
  not_taken,  // offered, and nobody has taken it yet
  declined,   // or recused
  offer_expired,
  absent,
  removed,
  partner_left,
  waits_for_referral,
  escalated,
};

inline constexpr auto kOrphanCauseNames = std::to_array<std::string_view>({"not_taken",
                                                                           "declined",
                                                                           "offer_expired",
                                                                           "absent",
                                                                           "removed",
                                                                           "partner_left",
                                                                           "waits_for_referral",
                                                                           "escalated"});

struct OrphanTime {
  std::array<std::chrono::milliseconds, kOrphanCauseNames.size()> by_cause{};
  std::vector<std::chrono::milliseconds> by_step;     // by StepId; a step with its reviews
  std::vector<std::chrono::milliseconds> by_partner;  // by PartnerId; accountable meanwhile

  [[nodiscard]] std::chrono::milliseconds of(OrphanCause cause) const {
    return by_cause[static_cast<std::size_t>(cause)];
  }

  [[nodiscard]] std::chrono::milliseconds total() const;
};

/// From the first event to `until`: of every open step and every pending review. While the case is
/// paused nothing is owed, and a step in review waits for its reviewers alone. Requires a history
/// of one case that began under `protocol`, and came over to `later` in that order; the figures are
/// those of the last. What was recorded late counts from when it happened.
[[nodiscard]] OrphanTime orphan_time(const model::Protocol& protocol,
                                     std::span<const Event> history,
                                     model::Instant until,
                                     std::span<const model::Protocol* const> later = {});

}  // namespace protoflow::engine
