// A case, from opening to erasure. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class CaseStatus : std::uint8_t {
  none,
  opened,
  active,
  paused,
  closed,
  reopened,
  archived,
  erased
};

enum class CaseEvent : std::uint8_t {
  open,
  begin,  // the first step is taken
  pause,  // its clocks stop
  resume,
  close,  // an ending holds, or someone ends it
  reopen,
  archive,
  erase,  // the beneficiary's key is destroyed
};

inline constexpr std::array<std::string_view, 8> kCaseStatusNames = {
    "none", "opened", "active", "paused", "closed", "reopened", "archived", "erased"};
inline constexpr std::array<std::string_view, 8> kCaseEventNames = {
    "open", "begin", "pause", "resume", "close", "reopen", "archive", "erase"};

namespace case_fact {
inline constexpr std::uint8_t nobody_works =
    1;  // no step is taken or in review, or the ending says what becomes of it
inline constexpr std::uint8_t all = 1;
}  // namespace case_fact

/// close needs nobody_works. reopened + begin is active. erase is possible from closed and
/// archived.
[[nodiscard]] Cell<CaseStatus> case_life(CaseStatus state,
                                         CaseEvent event,
                                         std::uint8_t facts) noexcept;

[[nodiscard]] constexpr bool is_running(CaseStatus s) {
  return s == CaseStatus::opened || s == CaseStatus::active || s == CaseStatus::reopened;
}

}  // namespace protoflow::engine
