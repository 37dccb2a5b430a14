#include "engine/routine/occurrences.hpp"

#include <algorithm>
#include <tuple>

#include "engine/routine/recurrence.hpp"

namespace protoflow::engine {

namespace {

model::Instant next_date(const Plan& plan, model::RoutineId id, const RoutineState& state) {
  return next_slot(plan.protocol[id], state.counted_from, state.slot, plan.work_time);
}

// Those that would fall before the date was even known are not owed.
model::Instant next_reminder(const Plan& plan,
                             const model::Routine& routine,
                             const RoutineState& state) {
  std::vector<model::Instant> instants;
  for (const auto& before : routine.remind_before) {
    const auto at = ahead_of(state.planned, before, plan.work_time);
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

// In the order of the text: a rule never fires before the one above it. What a routine cannot do
// (`settle as`) is passed over by the language.
model::Instant next_late_rule(const Plan& plan,
                              const model::Routine& routine,
                              const RoutineState& state) {
  if (state.late_since == model::kNever || state.late_rules >= routine.late.size()) {
    return model::kNever;
  }
  auto at = state.late_since;
  for (std::size_t i = 0; i <= state.late_rules; ++i) {
    if (routine.late[i].by) {
      at = std::max(at, due_after(state.late_since, *routine.late[i].by, plan.work_time));
    }
  }
  return at;
}

void look_at(RoutineAlarm& best, const Plan& plan, model::RoutineId id, const RoutineState& state) {
  const auto keep_earlier = [&](RoutineAlarmKind kind, model::Instant at) {
    if (at != model::kNever && std::tie(at, kind) < std::tie(best.at, best.kind)) {
      best = {.kind = kind, .at = at, .routine = id};
    }
  };
  if (!is_ahead(state.state)) {
    return;
  }
  const auto& routine = plan.protocol[id];
  keep_earlier(RoutineAlarmKind::late_rule, next_late_rule(plan, routine, state));
  if (state.state == OccurrenceState::due) {
    keep_earlier(RoutineAlarmKind::miss, held_until(plan, id, state));
    return;
  }
  const auto reminder = next_reminder(plan, routine, state);
  keep_earlier(RoutineAlarmKind::remind, reminder < state.planned ? reminder : model::kNever);
  keep_earlier(RoutineAlarmKind::fall_due, state.planned);
}

Event event_of(const RoutineView& view, EventKind kind, model::Instant at) {
  return {.kind = kind, .happened = at, .routine = view.id};
}

Event moved(const RoutineView& view, EventKind kind, OccurrenceEvent what, model::Instant at) {
  auto event = event_of(view, kind, at);
  event.occurrence_state = occurrence(view.state.state, what, 0).next;
  event.number = view.state.number;
  return event;
}

// Whoever convenes is there that day.
void keep_open_day(const RoutineView& view, Event& event, model::PartnerId convenes) {
  if (event.planned && *event.planned != model::kNever && convenes.known()) {
    event.planned = open_day(view.plan, *event.planned, convenes);
  }
}

void answer_for(const RoutineView& view, Event& event, model::RoleId role) {
  const auto answers = view.holder(role);
  event.role = answers.role;
  event.partner = answers.partner;
}

Event late_rule(const RoutineView& view, const RoutineAlarm& alarm) {
  const auto& rule = view.routine().late[view.state.late_rules];
  auto event = event_of(view, EventKind::routine_late_told, alarm.at);
  event.late_rules = static_cast<std::uint8_t>(view.state.late_rules + 1);
  if (rule.action == model::LateAction::escalate) {
    event.kind = EventKind::routine_escalated;
    event.why = "late";
    answer_for(view, event, rule.role);
  } else {
    event.told = rule.role;
  }
  return event;
}

std::vector<Event> miss(const RoutineView& view, const RoutineAlarm& alarm) {
  auto missed = moved(view, EventKind::routine_missed, OccurrenceEvent::miss, alarm.at);
  missed.told = view.plan.protocol.coordinated_by;
  auto next = plan_next(view, missed);
  return {std::move(missed), std::move(next)};
}

}  // namespace

model::Instant open_day(const Plan& plan, model::Instant planned, model::PartnerId convenes) {
  const auto& closed = plan.protocol[convenes].closed;
  const auto open = closed.empty() ? planned : open_for(planned, {closed}, plan.work_time);
  return open == planned ? planned : opening_of(open, plan.work_time);
}

model::Instant held_until(const Plan& plan, model::RoutineId id, const RoutineState& state) {
  if (!is_ahead(state.state)) {
    return model::kNever;
  }
  return held_until(plan.protocol[id], state.planned, next_date(plan, id, state), plan.work_time);
}

RoutineAlarm earliest_routine_alarm(const Plan& plan, std::span<const RoutineState> routines) {
  RoutineAlarm best;
  for (std::size_t i = 0; i < routines.size(); ++i) {
    look_at(best, plan, {static_cast<std::uint16_t>(i)}, routines[i]);
  }
  return best;
}

std::vector<Event> fire(const RoutineView& view, const RoutineAlarm& alarm) {
  switch (alarm.kind) {
    case RoutineAlarmKind::none:
      return {};
    case RoutineAlarmKind::remind: {
      auto event = event_of(view, EventKind::routine_reminded, alarm.at);
      event.reminders = static_cast<std::uint8_t>(view.state.reminders + 1);
      return {std::move(event)};
    }
    case RoutineAlarmKind::late_rule:
      return {late_rule(view, alarm)};
    case RoutineAlarmKind::fall_due:
      return {moved(view, EventKind::routine_due, OccurrenceEvent::fall_due, alarm.at)};
    case RoutineAlarmKind::miss:
      return miss(view, alarm);
  }
  return {};
}

// While it is late, whoever it was escalated to keeps it.
Event plan_next(const RoutineView& view, const Event& last) {
  Event event{.kind = EventKind::routine_planned,
              .happened = last.happened,
              .routine = view.id,
              .occurrence_state = OccurrenceState::planned,
              .number = view.state.number + 1,
              .planned = next_date(view.plan, view.id, view.state)};
  const bool goes_back = last.kind == EventKind::routine_held;
  answer_for(view, event, goes_back ? view.routine().responsible : view.state.role);
  keep_open_day(view, event, event.partner);
  return event;
}

Event plan_first(const RoutineView& view, model::Instant at, model::Instant counted_from) {
  auto event = moved(view, EventKind::routine_planned, OccurrenceEvent::plan, at);
  event.number = 1;
  event.counted_from = counted_from;
  event.planned = next_slot(view.routine(), counted_from, at, view.plan.work_time);
  answer_for(view, event, view.routine().responsible);
  keep_open_day(view, event, event.partner);
  return event;
}

Event plan_again(const RoutineView& view, model::Instant at) {
  auto event = moved(view, EventKind::routine_planned, OccurrenceEvent::plan, at);
  event.planned = next_slot(view.routine(), view.state.counted_from, at, view.plan.work_time);
  event.why = "pause";
  keep_open_day(view, event, view.state.partner);
  return event;
}

Event plan_restored(const RoutineView& view, model::Instant at) {
  auto event = plan_again(view, at);
  event.why = "in_force_again";
  answer_for(view, event, view.routine().responsible);
  return event;
}

Event withdraw_occurrence(const RoutineView& view, model::Instant at) {
  return moved(view, EventKind::routine_withdrawn, OccurrenceEvent::withdraw, at);
}

std::optional<Event> reassign(const RoutineView& view, model::Instant at, std::string why) {
  const auto answers = view.holder(view.state.role);
  if (answers.role == view.state.role && answers.partner == view.state.partner) {
    return std::nullopt;
  }
  auto event = event_of(view, EventKind::routine_assigned, at);
  event.role = answers.role;
  event.partner = answers.partner;
  event.why = std::move(why);
  return event;
}

}  // namespace protoflow::engine
