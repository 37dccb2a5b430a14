#include <algorithm>

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

// Nothing, where the protocol lets cases open before signature.
std::vector<model::PartnerId> who_must_still_sign(const Draft& draft, const Command& command) {
  const auto& agreement = draft.protocol().agreement;
  return agreement && !agreement->cases_before_signature ? command.unsigned_by
                                                         : std::vector<model::PartnerId>();
}

Done open(Draft& draft, const Command& command) {
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  draft.emit({.kind = EventKind::case_opened,
              .happened = command.happened,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::open, 0).next,
              .beneficiary = command.beneficiary,
              .unsigned_by = who_must_still_sign(draft, command)});
  if (auto signed_by = check_signatures(draft); !signed_by) {
    return signed_by;
  }
  begin_routines(draft, command.happened);
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

std::optional<model::Instant> moved(model::Instant due, std::chrono::milliseconds by) {
  return due == model::kNever ? std::optional<model::Instant>{} : due + by;
}

// The clock of a step in review stands still anyway; only its reviewers' clock is moved. A hold
// under way goes on as if it had begun as much later.
void restart_step(Draft& draft, model::StepId id, model::Instant since, model::Instant at) {
  const auto& step = draft.state[id];
  Event event{.kind = EventKind::deadline_moved, .happened = at, .step = id, .why = "pause"};
  if (step.work == WorkState::in_review) {
    event.review_due = moved(step.review_due, at - std::max(since, step.completed));
    if (!event.review_due) {
      return;
    }
  } else {
    const auto stood = at - std::max(since, step.opened);
    restart_clock(draft, event, stood);
    event.offer_due = moved(step.offer_due, at - std::max({since, step.opened, step.since}));
    event.hand_over_due = moved(step.hand_over_due, stood);
    if (step.delegated_until < at) {
      event.until = at;
    }
  }
  if (step.work == WorkState::held) {
    event.held_since = step.held_since + (at - std::max(since, step.held_since));
  }
  draft.emit(std::move(event));
}

// The next round begins as much later as the case stood still.
void restart_round(Draft& draft, model::StepId id, model::Instant since, model::Instant at) {
  const auto& step = draft.state[id];
  if (step.next_round != model::kNever) {
    draft.emit({.kind = EventKind::deadline_moved,
                .happened = at,
                .step = id,
                .next_round = step.next_round + (at - std::max(since, step.armed)),
                .why = "pause"});
  }
}

// Every clock stood still since `since`: each open step and each question to a partner has as much
// longer.
void restart_clocks(Draft& draft, model::Instant since, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    if (is_open(draft.state[id].work)) {
      restart_step(draft, id, since, at);
    }
    restart_round(draft, id, since, at);
  }
  for (std::size_t i = 0; i < draft.state.referrals.size(); ++i) {
    const auto& binding = draft.state.referrals[i];
    if (binding.due != model::kNever) {
      draft.emit({.kind = EventKind::deadline_moved,
                  .happened = at,
                  .binding = {static_cast<std::uint16_t>(i)},
                  .due = binding.due + (at - std::max(since, binding.since)),
                  .why = "pause"});
    }
  }
  restart_tasks(draft, since, at);
}

Done resume_case(Draft& draft, const Command& command) {
  if (draft.state.status != CaseStatus::paused) {
    return refuse(RefusalCode::case_not_paused);
  }
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  const auto since = draft.state.paused_since;
  draft.emit({.kind = EventKind::case_resumed,
              .happened = command.happened,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::resume, 0).next});
  restart_clocks(draft, since, command.happened);
  resume_routines(draft, command.happened);
  return {};
}

Done close(Draft& draft, const Command& command) {
  if (!command.ending.known()) {
    return refuse(RefusalCode::ending_needed);
  }
  // Where nobody has anything left to do, the coordination may choose any ending.
  const bool stalled = draft.state.stalled_since != model::kNever;
  const auto by = draft.protocol()[command.ending].at_any_time_by;
  const auto role = !by.known() && stalled ? draft.protocol().coordinated_by : by;
  if (!role.known()) {
    return refuse(RefusalCode::ending_needed);
  }
  if (auto may = check_role(draft, command, role); !may) {
    return may;
  }
  close_case(draft, command.ending, command.actor, command.happened);
  return {};
}

Done reopen(Draft& draft, const Command& command) {
  if (draft.state.status != CaseStatus::closed) {
    return refuse(RefusalCode::case_not_closed);
  }
  if (auto may = check_role(draft, command, draft.protocol().coordinated_by); !may) {
    return may;
  }
  return reopen_case(draft, command);
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
  if (command.kind == CommandKind::reopen_case) {
    return reopen(draft, command);
  }
  return close(draft, command);
}

}  // namespace protoflow::engine
