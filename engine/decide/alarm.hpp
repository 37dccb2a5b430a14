// What time does to a case: the earliest instant at which something falls due, and what it is.
// Private to engine/decide.
#pragma once

#include "engine/decide/decide.hpp"

namespace protoflow::engine {

enum class AlarmKind : std::uint8_t {
  none,
  offer_expires,
  remind,
  fall_due,
  late_rule,
  review_due,
  hold_ends,
  referral_expires,
  hand_over_expires,
  delegation_ends,
  task_late,
  silence,  // `settle as`: after those, so that whoever is to be told of the same instant is first
  next_round,  // of a repeat
  routine,     // of the case: engine/routine says what
  consent_reminder,
  consent_expires,
  absence_begins,
  absence_ends,
};

struct Alarm {
  AlarmKind kind = AlarmKind::none;
  model::Instant at = model::kNever;
  model::StepId step;
  model::RoleId role;    // referral_expires only
  std::size_t task = 0;  // task_late only: its place among the tasks
  model::ConsentId consent;
  PersonRef person;  // whose absence begins or ends
};

/// When a hold that begins at `since` is over: what earlier holds have used up is not given twice.
/// Requires that the step may be held.
[[nodiscard]] model::Instant hold_end(const Plan& plan,
                                      const model::Step& step,
                                      const StepState& state,
                                      model::Instant since);

/// A consent that expires is asked for again this long before.
inline constexpr std::chrono::days kConsentReminderBefore{14};

/// The earliest alarm of a case; at the same instant, in the order of AlarmKind, then of
/// declaration. `none` for a case that waits for people only; of a closed one only its tasks are
/// left. While a case is paused its clocks stand still, but consents expire and absences begin and
/// end.
[[nodiscard]] Alarm earliest_alarm(const Plan& plan, const CaseState& state);

}  // namespace protoflow::engine
