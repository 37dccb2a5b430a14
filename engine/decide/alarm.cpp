#include "engine/decide/alarm.hpp"

#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/routine/occurrences.hpp"

namespace protoflow::engine {

namespace {

// The first reminder that is not sent yet. Those that would fall before the due instant was even
// known are not owed.
model::Instant next_reminder(const Plan& plan, const model::Step& step, const StepState& state) {
  std::vector<model::Instant> instants;
  instants.reserve(step.remind_before.size());
  for (const auto& before : step.remind_before) {
    const auto at = ahead_of(state.due, before, plan.work_time);
    if (at > state.armed) {
      instants.push_back(at);
    }
  }
  if (state.reminders >= instants.size()) {
    return model::kNever;
  }
  std::ranges::sort(instants);
  return instants[state.reminders];
}

// In the order of the text: a rule never fires before the one above it, nor before the due instant
// was known.
Alarm late_rule(const Plan& plan, const model::Step& step, const StepState& state) {
  if (state.late_rules >= step.late.size()) {
    return {};
  }
  auto at = std::max(state.due, state.armed);
  for (std::size_t i = 0; i <= state.late_rules; ++i) {
    if (step.late[i].by) {
      at = std::max(at, due_after(state.due, *step.late[i].by, plan.work_time));
    }
  }
  const bool settles = step.late[state.late_rules].action == model::LateAction::settle;
  return {.kind = settles ? AlarmKind::silence : AlarmKind::late_rule, .at = at};
}

Alarm deadline_alarm(const Plan& plan, const model::Step& step, const StepState& state) {
  if (state.due == model::kNever) {
    return {};
  }
  if (state.time == TimeState::late || state.time == TimeState::escalated) {
    return late_rule(plan, step, state);
  }
  if (state.reminders < step.remind_before.size()) {
    const auto reminder = next_reminder(plan, step, state);
    if (reminder != model::kNever) {
      return {.kind = AlarmKind::remind, .at = reminder};
    }
  }
  return {.kind = AlarmKind::fall_due, .at = std::max(state.due, state.armed)};
}

// None is never, and never is not before it.
bool is_earlier(const Alarm& best, AlarmKind kind, model::Instant at) {
  return at < best.at || (at == best.at && kind < best.kind && at != model::kNever);
}

void keep_earlier(Alarm& best, const Alarm& other) {
  if (is_earlier(best, other.kind, other.at)) {
    best = other;
  }
}

// Most instants of a step never come: an alarm is made of those only that are the earliest so far.
void keep_earlier(Alarm& best, AlarmKind kind, model::Instant at, model::StepId step) {
  if (is_earlier(best, kind, at)) {
    best = {.kind = kind, .at = at, .step = step};
  }
}

// A hand-over without an answer and a delegation that is over go back to whoever gave it.
void look_at_hands(Alarm& best, const StepState& state, model::StepId id) {
  if (state.work != WorkState::in_review) {
    keep_earlier(best, AlarmKind::hand_over_expires, state.hand_over_due, id);
    keep_earlier(best, AlarmKind::delegation_ends, state.delegated_until, id);
  }
}

void look_at_tasks(Alarm& best, const CaseState& state) {
  for (std::size_t i = 0; i < state.tasks.size(); ++i) {
    keep_earlier(best, {.kind = AlarmKind::task_late, .at = late_at(state.tasks[i]), .task = i});
  }
}

void look_at_consents(Alarm& best, const CaseState& state) {
  for (std::size_t i = 0; i < state.consent_terms.size(); ++i) {
    const auto& term = state.consent_terms[i];
    if (term.until == model::kNever) {
      continue;
    }
    const model::ConsentId consent{static_cast<std::uint16_t>(i)};
    const auto reminder = term.until - kConsentReminderBefore;
    if (!term.reminded && reminder > term.since) {
      keep_earlier(best, {.kind = AlarmKind::consent_reminder, .at = reminder, .consent = consent});
    } else {
      keep_earlier(best,
                   {.kind = AlarmKind::consent_expires, .at = term.until, .consent = consent});
    }
  }
}

void look_at_absences(Alarm& best, const CaseState& state) {
  for (const auto& absence : state.absences) {
    if (absence.removed) {
      continue;
    }
    const auto kind = absence.begun ? AlarmKind::absence_ends : AlarmKind::absence_begins;
    keep_earlier(best,
                 {.kind = kind,
                  .at = absence.begun ? absence.until : absence.from,
                  .person = absence.person});
  }
}

void look_at_deadline(Alarm& best, const Plan& plan, const StepState& state, model::StepId id) {
  const auto alarm = deadline_alarm(plan, plan.protocol[id], state);
  keep_earlier(best, alarm.kind, alarm.at, id);
}

void look_at_step(Alarm& best, const Plan& plan, const CaseState& whole, model::StepId id) {
  const auto& state = whole[id];
  look_at_hands(best, state, id);
  switch (state.work) {
    case WorkState::offered:
      keep_earlier(best, AlarmKind::offer_expires, state.offer_due, id);
      look_at_deadline(best, plan, state, id);
      return;
    case WorkState::taken:
      look_at_deadline(best, plan, state, id);
      return;
    case WorkState::held:
      keep_earlier(best,
                   AlarmKind::hold_ends,
                   hold_end(plan, plan.protocol[id], state, state.held_since),
                   id);
      return;
    case WorkState::in_review:
      if (!state.review_late) {
        keep_earlier(best, AlarmKind::review_due, state.review_due, id);
      }
      return;
    case WorkState::waiting:
      if (state.next_round != model::kNever && may_open(plan.protocol[id], whole) == Truth::yes) {
        keep_earlier(best, AlarmKind::next_round, state.next_round, id);
      }
      return;
    case WorkState::done:
    case WorkState::not_needed:
    case WorkState::withdrawn:
      return;
  }
}

// Nothing of it is to come: most steps of a case, which are done or wait for others.
bool is_quiet(const StepState& step) {
  return !is_open(step.work) && step.next_round == model::kNever &&
         step.hand_over_due == model::kNever && step.delegated_until == model::kNever;
}

}  // namespace

model::Instant hold_end(const Plan& plan,
                        const model::Step& step,
                        const StepState& state,
                        model::Instant since) {
  return due_after(since, step.hold->at_most, plan.work_time) - state.held;
}

Alarm earliest_alarm(const Plan& plan, const CaseState& state) {
  Alarm best;
  if (is_running(state.status) || state.status == CaseStatus::closed) {
    look_at_tasks(best, state);
  }
  if (state.status == CaseStatus::closed && owes_tasks(state)) {
    look_at_absences(best, state);
  }
  if (!is_running(state.status) && state.status != CaseStatus::paused) {
    return best;
  }
  look_at_consents(best, state);
  look_at_absences(best, state);
  if (state.status == CaseStatus::paused) {
    return best;
  }
  std::uint16_t place = 0;
  for (const auto& step : state.steps) {
    if (!is_quiet(step)) {
      look_at_step(best, plan, state, {place});
    }
    ++place;
  }
  for (std::size_t i = 0; i < state.referrals.size(); ++i) {
    const auto& binding = state.referrals[i];
    if (binding.state == ReferralState::requested || binding.state == ReferralState::received) {
      keep_earlier(best,
                   {.kind = AlarmKind::referral_expires,
                    .at = binding.due,
                    .role = {static_cast<std::uint16_t>(i)}});
    }
  }
  keep_earlier(best,
               {.kind = AlarmKind::routine, .at = earliest_routine_alarm(plan, state.routines).at});
  return best;
}

model::Instant next_due(const Plan& plan, const CaseState& state) {
  return earliest_alarm(plan, state).at;
}

}  // namespace protoflow::engine
