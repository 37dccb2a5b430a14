#include "engine/routine/describe_routine.hpp"

#include "engine/state/describing.hpp"

namespace protoflow::engine {

namespace {

void describe_last(std::string& text, const PastOccurrence& last, const model::Protocol& protocol) {
  if (last.number == 0) {
    return;
  }
  add(text, "last", name_of(last.state, kOccurrenceStateNames));
  add_number(text, "last_number", last.number);
  add_instant(text, "last_armed", last.armed);
  add_instant(text, "last_planned", last.planned);
  add_instant(text, "last_closed", last.closed);
  for (const auto partner : last.attended) {
    add(text, "attended", protocol[partner].name);
  }
}

}  // namespace

void describe_remark(std::string& text, const Remark& remark, const model::Protocol& protocol) {
  text.append("remark");
  add_number(text, "version", remark.version);
  add_instant(text, "happened", remark.happened);
  add(text, "partner", name_or_nothing(protocol, remark.partner));
  add(text, "step", name_or_nothing(protocol, remark.step));
  add(text, "routine", name_or_nothing(protocol, remark.routine));
  text.append("\n");
}

void describe_routine(std::string& text,
                      const model::Routine& routine,
                      const RoutineState& state,
                      const model::Protocol& protocol) {
  if (state.number == 0) {
    return;
  }
  text.append("routine ").append(routine.name);
  add(text, "state", name_of(state.state, kOccurrenceStateNames));
  add_number(text, "number", state.number);
  add_number(text, "reminders", state.reminders);
  add_number(text, "late_rules", state.late_rules);
  add_number(text, "held", state.held);
  add_number(text, "missed", state.missed);
  add_number(text, "postponed", state.postponed);
  add(text, "role", name_or_nothing(protocol, state.role));
  add(text, "partner", name_or_nothing(protocol, state.partner));
  add_number(text, "since_version", state.since_version);
  add_instant(text, "since", state.since);
  add_instant(text, "counted_from", state.counted_from);
  add_instant(text, "slot", state.slot);
  add_instant(text, "planned", state.planned);
  add_instant(text, "armed", state.armed);
  add_instant(text, "late_since", state.late_since);
  describe_last(text, state.last, protocol);
  for (const auto& total : state.totals) {
    add(text, "answers", std::to_string(total.count) + ":" + std::to_string(total.sum));
  }
  text.append("\n");
}

}  // namespace protoflow::engine
