// The ledger of a case's clocks: each time the clock of a step stood still, from when to when, and
// why. A pure function of a history; a due instant is as much later as its step's stops are long,
// taken together.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/event/event.hpp"

namespace protoflow::engine {

enum class StopCause : std::uint8_t {
  held,       // waiting for a third party
  in_review,  // waiting for the reviewers; it counts only where they return the work
  paused,     // the whole case
  consent,    // one that the step requires was not given any more
};

inline constexpr std::array<std::string_view, 4> kStopCauseNames = {
    "held", "in_review", "paused", "consent"};

struct Stop {
  model::StepId step;
  StopCause why = StopCause::held;
  model::Instant from = model::kNever;
  model::Instant to = model::kNever;  // kNever: it stands still now

  friend bool operator==(const Stop&, const Stop&) = default;
};

/// In the order in which they began; a step that starts a new round keeps those of the rounds
/// before. Stops of different causes may overlap: a pause within a hold. Requires a history of one
/// case that began under `protocol`; after it came over to another version, its steps are those of
/// that version, and what that version does not have is left out.
[[nodiscard]] std::vector<Stop> stops(const model::Protocol& protocol,
                                      std::span<const Event> history);

}  // namespace protoflow::engine
