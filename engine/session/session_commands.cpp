// When a session is, and how many it receives: planned, moved, cancelled, closed.
#include <algorithm>

#include "engine/model/limits.hpp"
#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

std::uint16_t places_max(const model::Session& session) {
  constexpr auto kMost = static_cast<std::uint16_t>(model::kCasesPerSessionMax);
  return std::min(session.beneficiaries_max.value_or(kMost), kMost);
}

bool is_to_come(const Command& command) {
  return command.at && *command.at != model::kNever && *command.at > command.happened;
}

Done plan_session(SessionDraft& draft, const Command& command) {
  if (draft.state.status != SessionStatus::none) {
    return refuse_session(draft, RefusalCode::session_already_planned);
  }
  if (!command.session.known()) {
    return refuse(RefusalCode::not_possible_now);
  }
  draft.state.session = command.session;
  if (!hosts(draft, command.actor)) {
    return refuse_session(draft, RefusalCode::not_yours);
  }
  if (!is_to_come(command)) {
    return refuse_session(draft, RefusalCode::session_instant_needed);
  }
  const auto capacity = command.capacity.value_or(places_max(draft.declared()));
  if (capacity == 0 || capacity > places_max(draft.declared())) {
    return refuse_session(draft, RefusalCode::places_out_of_range);
  }
  const auto host = holder_outside_cases(draft.protocol(), draft.declared().hosted_by);
  draft.emit({.kind = EventKind::session_planned,
              .happened = command.happened,
              .actor = command.actor,
              .role = host.role,
              .partner = host.partner,
              .session = command.session,
              .session_status = SessionStatus::planned,
              .at = command.at,
              .capacity = capacity,
              .place = command.place});
  open_preparations(draft, command.happened);
  return {};
}

Done reschedule(SessionDraft& draft, const Command& command) {
  const auto next = next_status(draft, SessionEvent::move, command.actor);
  if (!next) {
    return std::unexpected(next.error());
  }
  if (!is_to_come(command)) {
    return refuse_session(draft, RefusalCode::session_instant_needed);
  }
  draft.emit({.kind = EventKind::session_rescheduled,
              .happened = command.happened,
              .actor = command.actor,
              .reason = command.reason,
              .session_status = *next,
              .at = command.at,
              .place = command.place});
  move_preparations(draft, command.happened);
  return {};
}

Done cancel(SessionDraft& draft, const Command& command) {
  const auto next = next_status(draft, SessionEvent::cancel, command.actor);
  if (!next) {
    return std::unexpected(next.error());
  }
  draft.emit({.kind = EventKind::session_cancelled,
              .happened = command.happened,
              .actor = command.actor,
              .reason = command.reason,
              .session_status = *next});
  withdraw_preparations(draft, command.happened, "session_cancelled");
  return {};
}

// Nobody came: what was prepared was for nothing, and nothing follows.
Done close(SessionDraft& draft, const Command& command) {
  const auto next = next_status(draft, SessionEvent::close, command.actor);
  if (!next) {
    return std::unexpected(next.error());
  }
  draft.emit({.kind = EventKind::session_closed,
              .happened = command.happened,
              .actor = command.actor,
              .session_status = *next});
  withdraw_preparations(draft, command.happened, "session_over");
  return {};
}

}  // namespace

Done decide_on_session(SessionDraft& draft, const Command& command) {
  if (command.kind == CommandKind::plan_session) {
    return plan_session(draft, command);
  }
  if (!hosts(draft, command.actor)) {
    return refuse_session(draft, RefusalCode::not_yours);
  }
  if (command.kind == CommandKind::reschedule_session) {
    return reschedule(draft, command);
  }
  return command.kind == CommandKind::cancel_session ? cancel(draft, command)
                                                     : close(draft, command);
}

}  // namespace protoflow::engine
