#include "engine/session/apply.hpp"

#include <algorithm>

#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

// Whoever comes back after having left stands at the end of the line.
Enrolment& line_up(SessionState& state, const EnrolmentChange& change) {
  auto found = std::ranges::find(state.enrolments, change.case_id, &Enrolment::case_id);
  const bool comes_back = found != state.enrolments.end() && found->seat == Seat::left &&
                          change.seat && *change.seat != Seat::left;
  if (comes_back) {
    state.enrolments.erase(found);
    found = state.enrolments.end();
  }
  if (found == state.enrolments.end()) {
    return state.enrolments.emplace_back(Enrolment{.case_id = change.case_id});
  }
  return *found;
}

void apply_enrolment(SessionState& state, const EnrolmentChange& change, model::Instant at) {
  auto& enrolment = line_up(state, change);
  if (change.step.known()) {
    enrolment.step = change.step;
  }
  if (change.seat) {
    enrolment.seat = *change.seat;
    enrolment.since = at;
  }
  if (change.attendance) {
    enrolment.attendance = change.attendance;
  }
}

void apply_instant(SessionState& state, const Event& event) {
  state.at = *event.at;
  state.armed = event.happened;
  state.reminded = false;
  state.late_rules = 0;
}

}  // namespace

void apply(SessionState& state, const Event& event) {
  ++state.version;
  if (!event.task.empty()) {
    apply_task(state.tasks, event, state.version);
    return;
  }
  if (event.kind == EventKind::session_planned) {
    state.session = event.session;
    state.planned = event.happened;
  }
  if (event.session_status) {
    if (*event.session_status == SessionStatus::held && state.status != SessionStatus::held) {
      state.held = event.happened;
    }
    state.status = *event.session_status;
  }
  if (event.at) {
    apply_instant(state, event);
  }
  if (event.partner.known()) {
    state.role = event.role;
    state.partner = event.partner;
  }
  if (event.capacity) {
    state.capacity = *event.capacity;
  }
  if (!event.place.empty()) {
    state.place = event.place;
  }
  if (event.kind == EventKind::session_reminded) {
    state.reminded = true;
  }
  if (event.late_rules) {
    state.late_rules = *event.late_rules;
  }
  for (const auto& change : event.enrolments) {
    apply_enrolment(state, change, event.happened);
  }
}

}  // namespace protoflow::engine
