#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

Done check_role(const Draft& draft, const Command& command, model::RoleId role) {
  const auto answers = holder(draft.protocol(), draft.state, role);
  if (plays(command.actor, role, answers.partner)) {
    return {};
  }
  return std::unexpected(
      Refusal{.code = RefusalCode::not_yours, .role = role, .partner = answers.partner});
}

Done open(Draft& draft, const Command& command) {
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  draft.emit({.kind = EventKind::case_opened,
              .happened = command.happened,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::open, 0).next,
              .beneficiary = command.beneficiary});
  return {};
}

Done pause(Draft& draft, const Command& command) {
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  draft.emit({.kind = EventKind::case_paused,
              .happened = command.happened,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::pause, 0).next,
              .reason = command.reason});
  return {};
}

// Every clock stood still meanwhile: each open deadline moves by as much.
void shift_deadlines(Draft& draft, std::chrono::milliseconds stood, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    const auto& step = draft.state[id];
    if (!is_open(step.work)) {
      continue;
    }
    Event event{.kind = EventKind::deadline_moved,
                .happened = at,
                .step = id,
                .shift = step.shift + stood,
                .why = "pause"};
    const auto moved = [&](model::Instant due) -> std::optional<model::Instant> {
      return due == model::kNever ? std::optional<model::Instant>{} : due + stood;
    };
    event.due = moved(step.due);
    event.offer_due = moved(step.offer_due);
    event.review_due = moved(step.review_due);
    draft.emit(std::move(event));
  }
}

Done resume_case(Draft& draft, const Command& command) {
  if (draft.state.status != CaseStatus::paused) {
    return refuse(RefusalCode::case_not_paused);
  }
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  const auto stood = command.happened - draft.state.paused_since;
  draft.emit({.kind = EventKind::case_resumed,
              .happened = command.happened,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::resume, 0).next});
  shift_deadlines(draft, stood, command.happened);
  return {};
}

Done close(Draft& draft, const Command& command) {
  if (!command.ending.known()) {
    return refuse(RefusalCode::ending_needed);
  }
  const auto role = draft.protocol()[command.ending].at_any_time_by;
  if (!role.known()) {
    return refuse(RefusalCode::ending_needed);
  }
  if (auto may = check_role(draft, command, role); !may) {
    return may;
  }
  close_case(draft, command.ending, command.actor, command.happened);
  return {};
}

}  // namespace

Done decide_on_case(Draft& draft, const Command& command) {
  if (command.kind == CommandKind::open) {
    return open(draft, command);
  }
  if (command.kind == CommandKind::pause) {
    return pause(draft, command);
  }
  if (command.kind == CommandKind::resume_case) {
    return resume_case(draft, command);
  }
  return close(draft, command);
}

}  // namespace protoflow::engine
