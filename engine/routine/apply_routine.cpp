#include "engine/routine/apply_routine.hpp"

namespace protoflow::engine {

namespace {

void close_occurrence(RoutineState& state, const Event& event) {
  state.last = {.state = *event.occurrence_state,
                .number = state.number,
                .armed = state.armed,
                .planned = state.planned,
                .closed = event.happened,
                .attended = event.attended,
                .answers = event.answers};
}

void count_answers(RoutineState& state, const Event& event) {
  for (const auto& [question, value] : event.answers) {
    if (state.totals.size() <= question) {
      state.totals.resize(question + std::size_t{1});
    }
    auto& total = state.totals[question];
    ++total.count;
    total.sum += value.number;
  }
}

void apply_date(RoutineState& state, const Event& event) {
  state.planned = event.planned.value_or(state.planned);
  state.armed = event.happened;
  state.reminders = 0;
}

void apply_planned(RoutineState& state, const Event& event) {
  state.number = event.number.value_or(state.number);
  state.counted_from = event.counted_from.value_or(state.counted_from);
  apply_date(state, event);
  state.slot = state.planned;
}

// Held in time and recorded late: the last one was counted as missed.
void apply_held(RoutineState& state, const Event& event) {
  if (event.number == state.number) {
    close_occurrence(state, event);
    state.state = OccurrenceState::held;
  } else {
    state.last.state = OccurrenceState::held;
    state.last.closed = event.happened;
    state.last.attended = event.attended;
    state.last.answers = event.answers;
    --state.missed;
  }
  ++state.held;
  count_answers(state, event);
  state.late_since = model::kNever;
  state.late_rules = 0;
}

void apply_missed(RoutineState& state, const Event& event) {
  close_occurrence(state, event);
  ++state.missed;
  if (state.late_since == model::kNever) {
    state.late_since = event.happened;
  }
}

}  // namespace

Remark remark_of(const Event& event, std::uint32_t version) {
  return {.version = version,
          .happened = event.happened,
          .partner = event.actor.partner,
          .step = event.step,
          .routine = event.routine,
          .text = event.reason};
}

void apply(RoutineState& state, const Event& event, std::uint32_t version) {
  if (event.occurrence_state && event.kind != EventKind::routine_held) {
    state.state = *event.occurrence_state;
  }
  state.reminders = event.reminders.value_or(state.reminders);
  state.late_rules = event.late_rules.value_or(state.late_rules);
  if (event.role.known()) {
    state.role = event.role;
    state.partner = event.partner;
    state.since = event.happened;
    state.since_version = version;
  }
  if (event.kind == EventKind::routine_planned) {
    apply_planned(state, event);
  } else if (event.kind == EventKind::routine_postponed) {
    apply_date(state, event);
    ++state.postponed;
  } else if (event.kind == EventKind::routine_held) {
    apply_held(state, event);
  } else if (event.kind == EventKind::routine_missed) {
    apply_missed(state, event);
  }
}

}  // namespace protoflow::engine
