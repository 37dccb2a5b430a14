#include "engine/decide/alarm.hpp"

#include <algorithm>
#include <tuple>

namespace protoflow::engine {

namespace {

// Reminders that would fall before the step was even offered are not owed.
std::vector<model::Instant> reminders_of(const Plan& plan,
                                         const model::Step& step,
                                         const StepState& state) {
  std::vector<model::Instant> instants;
  for (const auto& before : step.remind_before) {
    const auto at = ahead_of(state.due, before, plan.work_time);
    if (at > state.opened) {
      instants.push_back(at);
    }
  }
  std::ranges::sort(instants);
  return instants;
}

Alarm late_rule(const Plan& plan, const model::Step& step, const StepState& state) {
  if (state.late_rules >= step.late.size()) {
    return {};
  }
  const auto& rule = step.late[state.late_rules];
  const auto at = rule.by ? due_after(state.due, *rule.by, plan.work_time) : state.due;
  return {.kind = AlarmKind::late_rule, .at = at};
}

Alarm deadline_alarm(const Plan& plan, const model::Step& step, const StepState& state) {
  if (state.due == model::kNever) {
    return {};
  }
  if (state.time == TimeState::late || state.time == TimeState::escalated) {
    return late_rule(plan, step, state);
  }
  const auto reminders = reminders_of(plan, step, state);
  if (state.reminders < reminders.size()) {
    return {.kind = AlarmKind::remind, .at = reminders[state.reminders]};
  }
  return {.kind = AlarmKind::fall_due, .at = state.due};
}

void keep_earlier(Alarm& best, Alarm other, model::StepId step, model::RoleId role = {}) {
  if (other.kind == AlarmKind::none || other.at == model::kNever) {
    return;
  }
  other.step = step;
  other.role = role;
  if (best.kind == AlarmKind::none ||
      std::tie(other.at, other.kind) < std::tie(best.at, best.kind)) {
    best = other;
  }
}

void look_at_step(Alarm& best, const Plan& plan, const StepState& state, model::StepId id) {
  const auto& step = plan.protocol[id];
  switch (state.work) {
    case WorkState::offered:
      keep_earlier(best, {.kind = AlarmKind::offer_expires, .at = state.offer_due}, id);
      keep_earlier(best, deadline_alarm(plan, step, state), id);
      return;
    case WorkState::taken:
      keep_earlier(best, deadline_alarm(plan, step, state), id);
      return;
    case WorkState::held:
      keep_earlier(best,
                   {.kind = AlarmKind::hold_ends,
                    .at = due_after(state.held_since, step.hold->at_most, plan.work_time)},
                   id);
      return;
    case WorkState::in_review:
      if (!state.review_late) {
        keep_earlier(best, {.kind = AlarmKind::review_due, .at = state.review_due}, id);
      }
      return;
    case WorkState::waiting:
    case WorkState::done:
    case WorkState::not_needed:
    case WorkState::withdrawn:
      return;
  }
}

}  // namespace

Alarm earliest_alarm(const Plan& plan, const CaseState& state) {
  Alarm best;
  if (!is_running(state.status)) {
    return best;
  }
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    look_at_step(best, plan, state.steps[i], {static_cast<std::uint16_t>(i)});
  }
  for (std::size_t i = 0; i < state.referrals.size(); ++i) {
    const auto& binding = state.referrals[i];
    if (binding.state == ReferralState::requested || binding.state == ReferralState::received) {
      keep_earlier(best, {.kind = AlarmKind::referral_expires, .at = binding.due}, {},
                   {static_cast<std::uint16_t>(i)});
    }
  }
  return best;
}

model::Instant next_due(const Plan& plan, const CaseState& state) {
  return earliest_alarm(plan, state).at;
}

}  // namespace protoflow::engine
