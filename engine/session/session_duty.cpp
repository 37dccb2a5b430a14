// What a session owes: its host, and whoever has a task of it.
#include "engine/session/decide.hpp"

namespace protoflow::engine {

namespace {

// Who receives it is told by its first event, which is why the duty has stood since then.
Duty host_duty(const model::Protocol& protocol, const SessionState& state) {
  const auto& declared = protocol[state.session];
  const bool to_come = state.status == SessionStatus::planned;
  return {.kind = to_come ? DutyKind::receive_session : DutyKind::record_attendance,
          .role = state.role,
          .partner = state.partner,
          .time = state.late_rules > 0 ? TimeState::late : TimeState::calm,
          .due = state.at,
          .since = state.planned,
          .since_version = 1,
          .session = state.session,
          .line = declared.line};
}

}  // namespace

std::vector<Duty> duties(const model::Protocol& protocol, const SessionState& state) {
  std::vector<Duty> list;
  if (is_live(state.status)) {
    list.push_back(host_duty(protocol, state));
  }
  for (const auto& task : state.tasks) {
    if (is_open(task.work)) {
      list.push_back(task_duty(task, protocol));
    }
  }
  return list;
}

}  // namespace protoflow::engine
