#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

Done check_reviewer(const Draft& draft, const Command& command) {
  const auto& step = draft.protocol()[command.step];
  const auto& state = draft.state[command.step];
  if (!step.review || state.work != WorkState::in_review) {
    return refuse(RefusalCode::no_review_pending, command.step);
  }
  if (plays(command.actor, step.review->by, state.review_partner)) {
    return {};
  }
  return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                 .step = command.step,
                                 .role = step.review->by,
                                 .partner = state.review_partner});
}

Done begin(Draft& draft, const Command& command) {
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_begun,
                       .review = ReviewEvent::begin},
                      command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reviewer = command.actor.person;
  draft.emit(std::move(*event));
  return {};
}

// The review goes back to the role at once, so that it is never with nobody.
Done recuse(Draft& draft, const Command& command) {
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_recused,
                       .review = ReviewEvent::recuse},
                      command.actor, command.happened);
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
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_approved,
                       .work = WorkEvent::approve,
                       .time = TimeEvent::finish,
                       .responsibility = ResponsibilityEvent::close,
                       .review = command.with_reservations
                                     ? ReviewEvent::approve_with_reservations
                                     : ReviewEvent::approve},
                      command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reviewer = command.actor.person;
  event->review_due = model::kNever;
  event->reason = command.reason;
  draft.emit(std::move(*event));
  settle_consequences(draft, command.step, command.happened);
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
                      command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto& state = draft.state[command.step];
  const auto stood = command.happened - state.completed;
  event->returns = static_cast<std::uint8_t>(state.returns + 1);
  event->reviewer = command.actor.person;
  event->review_due = model::kNever;
  event->shift = state.shift + stood;
  if (state.due != model::kNever) {
    event->due = state.due + stood;
  }
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
  return command.kind == CommandKind::approve ? approve(draft, command)
                                              : give_back(draft, command);
}

}  // namespace protoflow::engine
