// Who comes: places, the waiting list in order, and who was there.
#include <algorithm>

#include "engine/model/limits.hpp"
#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

Event event_of(EventKind kind, const Command& command) {
  return {.kind = kind, .happened = command.happened, .actor = command.actor};
}

// Whoever is known not to have come leaves the place to someone who has.
bool has_room(const SessionState& state) {
  const auto held = std::ranges::count_if(state.enrolments, [](const Enrolment& enrolment) {
    return enrolment.seat == Seat::enrolled &&
           enrolment.attendance.value_or(Attendance::present) == Attendance::present;
  });
  return static_cast<std::size_t>(held) < state.capacity;
}

bool names_one_case(const Command& command) {
  return command.enrolments.size() == 1 && !command.enrolments.front().case_id.empty();
}

// By the host, or by a role whose step it is.
bool may_enrol(const SessionDraft& draft, const Command& command, model::StepId step) {
  const bool is_errand = !command.from.empty();
  return is_errand || hosts(draft, command.actor) ||
         (step.known() &&
          may_play(draft.protocol(), command.actor, draft.protocol()[step].responsible));
}

bool keeps_another(const SessionState& state, bool has_left) {
  return has_left || state.enrolments.size() < model::kCasesPerSessionMax;
}

Done enrol(SessionDraft& draft, const Command& command) {
  if (!names_one_case(command)) {
    return refuse_session(draft, RefusalCode::case_needed);
  }
  const auto& wanted = command.enrolments.front();
  if (!wanted.step.known() || draft.protocol()[wanted.step].through != draft.state.session) {
    auto refusal = refuse_session(draft, RefusalCode::step_not_through);
    refusal.error().step = wanted.step;
    return refusal;
  }
  if (!may_enrol(draft, command, wanted.step)) {
    return refuse_session(draft, RefusalCode::not_yours);
  }
  const auto next = next_status(draft, SessionEvent::enrol, command.actor);
  if (!next) {
    return std::unexpected(next.error());
  }
  const auto* known = enrolment_of(draft.state, wanted.case_id);
  if (known != nullptr && known->seat != Seat::left) {
    return refuse_session(draft, RefusalCode::already_enrolled);
  }
  const bool room = has_room(draft.state);
  const bool too_late_to_wait = !room && draft.state.status == SessionStatus::held;
  if (too_late_to_wait || !keeps_another(draft.state, known != nullptr)) {
    return refuse_session(draft, RefusalCode::too_many_cases);
  }
  auto event = event_of(EventKind::case_enrolled, command);
  event.enrolments = {{.case_id = wanted.case_id,
                       .step = wanted.step,
                       .seat = room ? Seat::enrolled : Seat::waiting}};
  draft.emit(std::move(event));
  return {};
}

void give_free_place(SessionDraft& draft, model::Instant at) {
  const auto first = std::ranges::find(draft.state.enrolments, Seat::waiting, &Enrolment::seat);
  if (first != draft.state.enrolments.end() && has_room(draft.state)) {
    draft.emit(
        {.kind = EventKind::place_given,
         .happened = at,
         .enrolments = {{.case_id = first->case_id, .step = first->step, .seat = Seat::enrolled}}});
  }
}

// A case that gives back a place it no longer has says nothing new.
Done withdraw(SessionDraft& draft, const Command& command) {
  if (!names_one_case(command)) {
    return refuse_session(draft, RefusalCode::case_needed);
  }
  const auto* known = enrolment_of(draft.state, command.enrolments.front().case_id);
  if (known == nullptr || known->seat == Seat::left) {
    return refuse_session(draft, RefusalCode::not_enrolled);
  }
  if (!may_enrol(draft, command, known->step)) {
    return refuse_session(draft, RefusalCode::not_yours);
  }
  if (auto next = next_status(draft, SessionEvent::withdraw, command.actor); !next) {
    return std::unexpected(next.error());
  }
  auto event = event_of(EventKind::enrolment_withdrawn, command);
  event.reason = command.reason;
  event.enrolments = {{.case_id = known->case_id, .step = known->step, .seat = Seat::left}};
  draft.emit(std::move(event));
  give_free_place(draft, command.happened);
  return {};
}

// What is recorded already is left out.
std::expected<std::vector<EnrolmentChange>, Refusal> attendances(const SessionDraft& draft,
                                                                 const Command& command) {
  std::vector<EnrolmentChange> changes;
  std::vector<std::string_view> named;
  for (const auto& said : command.enrolments) {
    const auto* known = enrolment_of(draft.state, said.case_id);
    if (known == nullptr || known->seat != Seat::enrolled) {
      return refuse_session(draft, RefusalCode::not_enrolled);
    }
    if (!said.attendance) {
      return refuse_session(draft, RefusalCode::attendance_missing);
    }
    if (std::ranges::find(named, said.case_id) != named.end()) {
      return refuse_session(draft, RefusalCode::case_needed);
    }
    named.push_back(said.case_id);
    if (known->attendance != said.attendance) {
      changes.push_back(
          {.case_id = said.case_id, .step = known->step, .attendance = said.attendance});
    }
  }
  if (named.empty()) {
    return refuse_session(draft, RefusalCode::attendance_missing);
  }
  return changes;
}

// From now on nobody gets a place by waiting.
void add_who_waited(const SessionState& state, std::vector<EnrolmentChange>& changes) {
  for (const auto& enrolment : state.enrolments) {
    if (enrolment.seat == Seat::waiting) {
      changes.push_back({.case_id = enrolment.case_id, .step = enrolment.step, .seat = Seat::left});
    }
  }
}

Done record(SessionDraft& draft, const Command& command) {
  if (!hosts(draft, command.actor)) {
    return refuse_session(draft, RefusalCode::not_yours);
  }
  const auto next = next_status(draft, SessionEvent::record, command.actor);
  if (!next) {
    return std::unexpected(next.error());
  }
  auto changes = attendances(draft, command);
  if (!changes) {
    return std::unexpected(changes.error());
  }
  if (changes->empty()) {
    return refuse_session(draft, RefusalCode::not_possible_now);
  }
  const bool first = draft.state.status != SessionStatus::held;
  if (first) {
    add_who_waited(draft.state, *changes);
  }
  auto event = event_of(EventKind::attendance_recorded, command);
  event.session_status = *next;
  event.enrolments = std::move(*changes);
  draft.emit(std::move(event));
  if (first) {
    withdraw_preparations(draft, command.happened, "session_over");
    open_follow_ups(draft, command.happened);
  }
  return {};
}

}  // namespace

Done decide_on_enrolment(SessionDraft& draft, const Command& command) {
  if (command.kind == CommandKind::enrol) {
    return enrol(draft, command);
  }
  return command.kind == CommandKind::withdraw_enrolment ? withdraw(draft, command)
                                                         : record(draft, command);
}

}  // namespace protoflow::engine
