// A closed case goes on: what its ending had withdrawn comes back as it stood, and its follow-ups
// are not owed any more.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

WorkEvent restoring(WorkState stood) {
  switch (stood) {
    case WorkState::offered:
      return WorkEvent::restore_offered;
    case WorkState::taken:
      return WorkEvent::restore_taken;
    case WorkState::held:
      return WorkEvent::restore_held;
    case WorkState::in_review:
      return WorkEvent::restore_in_review;
    case WorkState::waiting:
    case WorkState::done:
    case WorkState::not_needed:
    case WorkState::withdrawn:
      return WorkEvent::restore_waiting;
  }
  return WorkEvent::restore_waiting;
}

std::optional<model::Instant> moved(model::Instant instant, std::chrono::milliseconds by) {
  return instant == model::kNever ? std::optional<model::Instant>{} : instant + by;
}

// What was late stays late; what was ahead is as much later.
void restore_time(const Draft& draft, Event& event, std::chrono::milliseconds stood) {
  const auto& step = draft.state[event.step];
  const bool was_late =
      step.stood.time == TimeState::late || step.stood.time == TimeState::escalated;
  const auto cell =
      time(step.time, was_late ? TimeEvent::restore_late : TimeEvent::arm, std::uint8_t{0});
  if (step.due != model::kNever && cell.verdict == Verdict::possible) {
    event.time = cell.next;
  }
  restart_clock(draft, event, stood);
  event.offer_due = moved(step.offer_due, stood);
  if (step.stood.work == WorkState::held) {
    event.held_since = step.stood.held_since + stood;
  }
}

void restore_step(Draft& draft, model::StepId id, model::Instant since, model::Instant at) {
  const auto& step = draft.state[id];
  Event event{.kind = EventKind::step_restored,
              .happened = at,
              .step = id,
              .work = work(step.work, restoring(step.stood.work), 0).next,
              .why = "reopened"};
  if (is_open(step.stood.work)) {
    const auto by_name = step.person.known() ? responsibility_fact::by_name : std::uint8_t{0};
    event.responsibility =
        responsibility(step.responsibility, ResponsibilityEvent::restore, by_name).next;
  }
  if (step.stood.work == WorkState::in_review) {
    event.review = review(step.review, ReviewEvent::request, 0).next;
    event.review_due = moved(step.review_due, at - std::max(since, step.completed));
    if (step.due != model::kNever) {
      event.time = time(step.time, TimeEvent::arm, 0).next;
    }
  } else if (is_open(step.stood.work)) {
    restore_time(draft, event, at - std::max(since, step.opened));
  } else if (step.stood.next_round != model::kNever) {
    event.next_round = step.stood.next_round + (at - std::max(since, step.armed));
  }
  draft.emit(std::move(event));
}

// Those of the ending; what a reviewer has asked for is owed all the same.
void withdraw_follow_ups(Draft& draft, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (is_open(task.work) && task.source.ending.known()) {
      draft.emit(withdraw_task(task, at, "case_reopened"));
    }
  }
}

}  // namespace

void bring_back(Draft& draft, const Command& command) {
  const auto at = command.happened;
  const auto since = std::min(draft.state.paused_since, draft.state.closed);
  draft.emit({.kind = EventKind::case_reopened,
              .happened = at,
              .actor = command.actor,
              .status = case_life(draft.state.status, CaseEvent::reopen, 0).next,
              .reason = command.kind == CommandKind::reopen_case ? command.reason : ""});
  withdraw_follow_ups(draft, at);
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const auto& step = draft.state.steps[i];
    if (step.work == WorkState::withdrawn && step.stood.at_closing) {
      restore_step(draft, {static_cast<std::uint16_t>(i)}, since, at);
    }
  }
}

// Reopening what the same rules would close again at once would be a detour for everyone.
Done reopen_case(Draft& draft, const Command& command) {
  if (command.reason.empty()) {
    return refuse(RefusalCode::why_needed);
  }
  auto state = draft.state;
  std::vector<Event> events;
  Draft attempt{
      .plan = draft.plan, .state = state, .events = events, .surroundings = draft.surroundings};
  bring_back(attempt, command);
  follow(attempt, command.happened);
  if (attempt.state.status == CaseStatus::closed) {
    return refuse(RefusalCode::would_close_again);
  }
  bring_back(draft, command);
  return {};
}

}  // namespace protoflow::engine
