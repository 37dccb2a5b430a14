#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

// Once a review has lapsed, the coordination may decide in the reviewers' place; the review stays
// theirs until then.
bool may_decide_instead(const Draft& draft, const Command& command) {
  const auto coordination = draft.protocol().coordinated_by;
  const bool decides =
      command.kind == CommandKind::approve || command.kind == CommandKind::give_back;
  return decides && draft.state[command.step].review_late &&
         plays(command.actor,
               coordination,
               holder(draft.protocol(), draft.state, coordination).partner);
}

Done check_reviewer(const Draft& draft, const Command& command) {
  const auto& step = draft.protocol()[command.step];
  const auto& state = draft.state[command.step];
  if (!step.review || state.work != WorkState::in_review) {
    return refuse(RefusalCode::no_review_pending, command.step);
  }
  const auto answers = holder(draft.protocol(), draft.state, step.review->by);
  if (!answers.waits_for_referral && plays(command.actor, step.review->by, state.review_partner)) {
    return {};
  }
  if (may_decide_instead(draft, command)) {
    return {};
  }
  if (answers.waits_for_referral) {
    return std::unexpected(Refusal{.code = RefusalCode::role_not_bound,
                                   .step = command.step,
                                   .role = draft.protocol()[step.review->by].chooser,
                                   .partner = answers.partner});
  }
  return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                 .step = command.step,
                                 .role = step.review->by,
                                 .partner = state.review_partner});
}

Done begin(Draft& draft, const Command& command) {
  auto event =
      change(draft,
             {.step = command.step, .kind = EventKind::review_begun, .review = ReviewEvent::begin},
             command.actor,
             command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reviewer = command.actor.person;
  draft.emit(std::move(*event));
  return {};
}

// The review goes back to the role at once, so that it is never with nobody.
Done recuse(Draft& draft, const Command& command) {
  auto event = change(
      draft,
      {.step = command.step, .kind = EventKind::review_recused, .review = ReviewEvent::recuse},
      command.actor,
      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->review = review(ReviewState::recused, ReviewEvent::request, 0).next;
  event->reviewer = "";
  event->reason = command.reason;
  draft.emit(std::move(*event));
  return {};
}

Done approve(Draft& draft, const Command& command) {
  if (command.with_reservations && command.reason.empty()) {
    return refuse(RefusalCode::reason_needed, command.step);
  }
  if (command.with_reservations && draft.state.tasks.size() >= model::kTasksMax) {
    return refuse(RefusalCode::too_many_tasks, command.step);
  }
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_approved,
                       .work = WorkEvent::approve,
                       .time = TimeEvent::finish,
                       .responsibility = ResponsibilityEvent::close,
                       .review = command.with_reservations ? ReviewEvent::approve_with_reservations
                                                           : ReviewEvent::approve},
                      command.actor,
                      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reviewer = command.actor.person;
  event->review_due = model::kNever;
  event->reason = command.reason;
  count_reopening(draft, *event);
  draft.emit(std::move(*event));
  if (command.with_reservations) {
    open_reservation(draft, command, command.happened);
  }
  settle_consequences(draft, {&command.step, 1}, command.happened);
  return {};
}

Done give_back(Draft& draft, const Command& command) {
  if (command.reason.empty()) {
    return refuse(RefusalCode::reason_needed, command.step);
  }
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_returned,
                       .work = WorkEvent::give_back,
                       .review = ReviewEvent::give_back},
                      command.actor,
                      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto& state = draft.state[command.step];
  event->returns = static_cast<std::uint8_t>(state.returns + 1);
  event->reviewer = command.actor.person;
  event->review_due = model::kNever;
  restart_clock(draft, *event, command.happened - state.completed);
  event->reason = command.reason;
  draft.emit(std::move(*event));
  return {};
}

}  // namespace

Done decide_on_review(Draft& draft, const Command& command) {
  if (auto may = check_reviewer(draft, command); !may) {
    return may;
  }
  if (command.kind == CommandKind::begin_review) {
    return begin(draft, command);
  }
  if (command.kind == CommandKind::recuse) {
    return recuse(draft, command);
  }
  return command.kind == CommandKind::approve ? approve(draft, command) : give_back(draft, command);
}

}  // namespace protoflow::engine
