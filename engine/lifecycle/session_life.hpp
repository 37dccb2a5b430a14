// One occurrence of a collective session, from planning to closing. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class SessionStatus : std::uint8_t { none, planned, open, held, closed, cancelled };

enum class SessionEvent : std::uint8_t {
  plan,
  move,      // to another instant
  start,     // its instant has come
  enrol,     // a case gets a place, or waits for one
  withdraw,  // a case gives its place back
  record,    // who came
  close,
  cancel,
};

inline constexpr std::array<std::string_view, 6> kSessionStatusNames = {
    "none", "planned", "open", "held", "closed", "cancelled"};
inline constexpr std::array<std::string_view, 8> kSessionEventNames = {
    "plan", "move", "start", "enrol", "withdraw", "record", "close", "cancel"};

namespace session_fact {
inline constexpr std::uint8_t by_host = 1;       // the one who acts receives the session
inline constexpr std::uint8_t all_recorded = 2;  // of everyone who had a place; so when nobody had
inline constexpr std::uint8_t all = 3;
}  // namespace session_fact

/// From held on, only the host still adds someone: a person who came unannounced. close needs
/// all_recorded.
[[nodiscard]] Cell<SessionStatus> session_life(SessionStatus state,
                                               SessionEvent event,
                                               std::uint8_t facts) noexcept;

/// Someone still has something to do for it.
[[nodiscard]] constexpr bool is_live(SessionStatus s) {
  return s == SessionStatus::planned || s == SessionStatus::open || s == SessionStatus::held;
}

}  // namespace protoflow::engine
