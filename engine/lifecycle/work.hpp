// The step's work: who may do what next. Lateness is another machine (time.hpp), who answers for it
// a third (responsibility.hpp). Persisted: the names below go into the log and are never renamed.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class WorkState : std::uint8_t {
  waiting,
  offered,
  taken,
  held,
  in_review,
  done,
  not_needed,
  withdrawn
};

enum class WorkEvent : std::uint8_t {
  offer,     // its conditions hold
  rule_out,  // its conditions are false for good
  take,      // someone takes it
  give_up,   // declined, released or expired: offered again to whoever answers next
  hold,      // waiting for a third party, the clock stops
  resume,
  complete,   // the doer says it is finished
  approve,    // by the reviewer, with reservations or without
  give_back,  // returned by the reviewer for rework
  settle,    // by silence (`settle as`), whatever the work's state; or between two rounds, for good
  withdraw,  // a race was lost, or the case ends
  reopen,    // an outcome, `repeat until` or a correction asks for a new round
  restore_waiting,  // the case is reopened: as it stood when it was withdrawn
  restore_offered,
  restore_taken,
  restore_held,
  restore_in_review,
  stop,  // a consent that it requires is no longer given: it waits, and its clock stands still
};

inline constexpr std::array<std::string_view, 8> kWorkStateNames = {
    "waiting", "offered", "taken", "held", "in_review", "done", "not_needed", "withdrawn"};
inline constexpr std::array<std::string_view, 18> kWorkEventNames = {"offer",
                                                                     "rule_out",
                                                                     "take",
                                                                     "give_up",
                                                                     "hold",
                                                                     "resume",
                                                                     "complete",
                                                                     "approve",
                                                                     "give_back",
                                                                     "settle",
                                                                     "withdraw",
                                                                     "reopen",
                                                                     "restore_waiting",
                                                                     "restore_offered",
                                                                     "restore_taken",
                                                                     "restore_held",
                                                                     "restore_in_review",

                                                                     "stop"};

namespace work_fact {
inline constexpr std::uint8_t has_review = 1;
inline constexpr std::uint8_t may_hold = 2;      // the protocol allows it and days are left
inline constexpr std::uint8_t returns_left = 4;  // the reviewer may still return it
inline constexpr std::uint8_t rounds_left = 8;   // it may be reopened once more
inline constexpr std::uint8_t all = 15;
}  // namespace work_fact

namespace work_effect {
inline constexpr std::uint8_t start_clock = 1;    // on offer: the due instant is computed
inline constexpr std::uint8_t stop_clock = 2;     // on hold
inline constexpr std::uint8_t restart_clock = 4;  // on resume
inline constexpr std::uint8_t ask_review = 8;
inline constexpr std::uint8_t settles = 16;  // whoever waits for this step is looked at again
}  // namespace work_effect

/// The table's answer; total, never throws. `facts` has bits of work_fact.
[[nodiscard]] Cell<WorkState> work(WorkState state, WorkEvent event, std::uint8_t facts) noexcept;

[[nodiscard]] constexpr bool is_open(WorkState s) {
  return s == WorkState::offered || s == WorkState::taken || s == WorkState::held ||
         s == WorkState::in_review;
}

[[nodiscard]] constexpr bool is_settled(WorkState s) {
  return s == WorkState::done || s == WorkState::not_needed || s == WorkState::withdrawn;
}

}  // namespace protoflow::engine
