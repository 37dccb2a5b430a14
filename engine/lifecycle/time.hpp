// The step's time, only for what has a deadline. Lateness never changes the work, and it is a
// permanent fact: what was done late is `met_late`, never `met`. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class TimeState : std::uint8_t {
  no_deadline,
  calm,
  due_soon,
  late,
  escalated,
  met,
  met_late,
  dropped
};

enum class TimeEvent : std::uint8_t {
  arm,           // a due instant is known
  remind,        // `remind D before`
  fall_due,      // the due instant has passed
  escalate,      // a late rule confides it to another role
  finish,        // the work is done
  drop,          // the work is not needed any more, withdrawn, or begins again
  restore_late,  // the case is reopened, and it was late when it closed
};

inline constexpr std::array<std::string_view, 8> kTimeStateNames = {
    "no_deadline", "calm", "due_soon", "late", "escalated", "met", "met_late", "dropped"};
inline constexpr std::array<std::string_view, 7> kTimeEventNames = {
    "arm", "remind", "fall_due", "escalate", "finish", "drop", "restore_late"};

namespace time_fact {
inline constexpr std::uint8_t in_time = 1;  // `finish`: what counts happened before the due instant
inline constexpr std::uint8_t all = 1;
}  // namespace time_fact

/// `arm` from calm, due_soon, late or escalated moves the deadline: the new due instant may be
/// ahead again (calm). `finish` from late or escalated with in_time is `met`: it was done on time
/// and recorded late.
[[nodiscard]] Cell<TimeState> time(TimeState state, TimeEvent event, std::uint8_t facts) noexcept;

}  // namespace protoflow::engine
