// One occurrence of a routine: the meeting that comes next. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class OccurrenceState : std::uint8_t {
  none,
  planned,
  due,  // its day has come
  held,
  missed,
  postponed,
  withdrawn
};

enum class OccurrenceEvent : std::uint8_t {
  plan,      // a date is set for it; again, when its date has passed in a pause
  fall_due,  // its day has come
  hold,
  miss,      // the time to hold it has passed
  postpone,  // to a later date, before the next one
  withdraw,  // the case or the partnership is over
};

inline constexpr std::array<std::string_view, 7> kOccurrenceStateNames = {
    "none", "planned", "due", "held", "missed", "postponed", "withdrawn"};
inline constexpr std::array<std::string_view, 6> kOccurrenceEventNames = {
    "plan", "fall_due", "hold", "miss", "postpone", "withdraw"};

namespace occurrence_fact {
inline constexpr std::uint8_t before_the_next =
    1;  // `postpone`: the date comes before the next one
inline constexpr std::uint8_t in_time =
    2;  // `hold` of a missed one: it was held before its time ran out
inline constexpr std::uint8_t all = 3;
}  // namespace occurrence_fact

/// The next one is `plan`ned whatever became of the last. A meeting may be held before its day. One
/// that was held in time and recorded late is `held`.
[[nodiscard]] Cell<OccurrenceState> occurrence(OccurrenceState state,
                                               OccurrenceEvent event,
                                               std::uint8_t facts) noexcept;

/// It is to be held: planned, due or postponed.
[[nodiscard]] constexpr bool is_ahead(OccurrenceState s) {
  return s == OccurrenceState::planned || s == OccurrenceState::due ||
         s == OccurrenceState::postponed;
}

}  // namespace protoflow::engine
