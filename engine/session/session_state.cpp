#include "engine/session/session_state.hpp"

#include <algorithm>

#include "engine/state/describing.hpp"

namespace protoflow::engine {

SessionState empty_session(const model::Protocol&) {
  return {};
}

const Enrolment* enrolment_of(const SessionState& state, std::string_view case_id) {
  const auto found = std::ranges::find(state.enrolments, case_id, &Enrolment::case_id);
  return found == state.enrolments.end() ? nullptr : &*found;
}

std::size_t places_taken(const SessionState& state) {
  return static_cast<std::size_t>(
      std::ranges::count(state.enrolments, Seat::enrolled, &Enrolment::seat));
}

std::string describe(const SessionState& state, const model::Protocol& protocol) {
  std::string text = "session";
  add(text, "name", state.session.known() ? protocol[state.session].name : "");
  add(text, "status", kSessionStatusNames[static_cast<std::size_t>(state.status)]);
  add_number(text, "version", state.version);
  add(text, "role", state.role.known() ? protocol[state.role].name : "");
  add(text, "partner", state.partner.known() ? protocol[state.partner].name : "");
  add_instant(text, "planned", state.planned);
  add_instant(text, "at", state.at);
  add_instant(text, "armed", state.armed);
  add_instant(text, "held", state.held);
  add_number(text, "capacity", state.capacity);
  add_number(text, "reminded", state.reminded ? 1 : 0);
  add_number(text, "late_rules", state.late_rules);
  text.append("\n");
  for (const auto& enrolment : state.enrolments) {
    text.append("case ").append(enrolment.case_id);
    add(text, "step", enrolment.step.known() ? protocol[enrolment.step].name : "");
    add(text, "seat", kSeatNames[static_cast<std::size_t>(enrolment.seat)]);
    if (enrolment.attendance) {
      add(text, "attendance", kAttendanceNames[static_cast<std::size_t>(*enrolment.attendance)]);
    }
    add_instant(text, "since", enrolment.since);
    text.append("\n");
  }
  for (const auto& task : state.tasks) {
    text += describe(task, protocol);
  }
  return text;
}

}  // namespace protoflow::engine
