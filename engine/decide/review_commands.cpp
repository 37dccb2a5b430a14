#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"
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

bool may_review(const Draft& draft, const Command& command, const ReviewerState& reviewer) {
  return plays(command.actor, reviewer.role, reviewer.partner) &&
         !holder(draft.protocol(), draft.state, reviewer.role).waits_for_referral;
}

std::unexpected<Refusal> refuse_reviewer(const Draft& draft,
                                         const Command& command,
                                         const ReviewerState& reviewer) {
  if (has_judged(reviewer) && may_review(draft, command, reviewer)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::review_given, .step = reviewer.step, .role = reviewer.role});
  }
  const auto answers = holder(draft.protocol(), draft.state, reviewer.role);
  if (answers.waits_for_referral) {
    return std::unexpected(Refusal{.code = RefusalCode::role_not_bound,
                                   .step = reviewer.step,
                                   .role = draft.protocol()[reviewer.role].chooser,
                                   .partner = answers.partner});
  }
  return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                 .step = reviewer.step,
                                 .role = reviewer.role,
                                 .partner = reviewer.partner});
}

enum class Fit : std::uint8_t {
  none,
  instead,  // of whoever was silent: the coordination
  theirs,   // their role's
  begun,    // their own, by name
};

Fit fit_of(const Draft& draft, const Command& command, const ReviewerState& reviewer) {
  const auto& roles = draft.protocol()[command.step].review->by;
  const bool another = command.role.known() && command.role != reviewer.role;
  if (roles.size() > 1 && (another || has_judged(reviewer))) {
    return Fit::none;
  }
  if (!may_review(draft, command, reviewer)) {
    return may_decide_instead(draft, command) ? Fit::instead : Fit::none;
  }
  const bool by_name =
      reviewer.person.known() && draft.state.person(reviewer.person) == command.actor.person;
  return by_name ? Fit::begun : Fit::theirs;
}

// Whoever could, unless the actor's own role has said its word already.
const ReviewerState& who_could(const Draft& draft,
                               const Command& command,
                               const std::vector<ReviewerState>& reviewers) {
  const auto spoken = std::ranges::find_if(reviewers, [&](const ReviewerState& reviewer) {
    return has_judged(reviewer) && may_review(draft, command, reviewer);
  });
  const auto awaited = std::ranges::find_if(reviewers, [&](const ReviewerState& reviewer) {
    return !has_judged(reviewer) && (!command.role.known() || command.role == reviewer.role);
  });
  const auto found = spoken != reviewers.end() ? spoken : awaited;
  return found != reviewers.end() ? *found : reviewers.front();
}

// Whose review it is that the command speaks of: of several, what the actor has begun comes first,
// then what their role has not said yet. The coordination decides in the place of one of those who
// were silent.
std::expected<ReviewerState, Refusal> reviewer_of(const Draft& draft,
                                                  const Command& command,
                                                  const std::vector<ReviewerState>& reviewers) {
  const auto best = std::ranges::max_element(
      reviewers, {}, [&](const ReviewerState& each) { return fit_of(draft, command, each); });
  if (fit_of(draft, command, *best) != Fit::none) {
    return *best;
  }
  return refuse_reviewer(draft, command, who_could(draft, command, reviewers));
}

// -- one of several reviewers: what each says is an event of its own, and the review goes on

bool has_several(const Draft& draft, model::StepId step) {
  return draft.protocol()[step].review->by.size() > 1;
}

Event said_by(const Command& command, EventKind kind, ReviewerChange change) {
  return {.kind = kind,
          .happened = command.happened,
          .actor = command.actor,
          .step = command.step,
          .reason = command.reason,
          .reviewers = {std::move(change)}};
}

Done begin_own(Draft& draft, const Command& command, const ReviewerState& mine) {
  const auto after = change_review(draft, mine, ReviewEvent::begin, command.actor);
  if (!after) {
    return std::unexpected(after.error());
  }
  auto event = said_by(command,
                       EventKind::review_begun,
                       {.role = mine.role, .review = *after, .person = command.actor.person});
  event.reason.clear();
  draft.emit(std::move(event));
  return {};
}

// Whoever may decide in the reviewers' place must know that one who was silent will not judge.
model::RoleId told_of_recusal(const Draft& draft, model::StepId step) {
  return draft.state[step].review_late ? draft.protocol().coordinated_by : model::RoleId{};
}

Done recuse_own(Draft& draft, const Command& command, const ReviewerState& mine) {
  const auto after = change_review(draft, mine, ReviewEvent::recuse, command.actor);
  if (!after) {
    return std::unexpected(after.error());
  }
  auto event = said_by(
      command,
      EventKind::review_recused,
      {.role = mine.role, .review = review(*after, ReviewEvent::request, 0).next, .person = ""});
  event.told = told_of_recusal(draft, command.step);
  draft.emit(std::move(event));
  return {};
}

// What the judgement that ends the review makes of each of them: who has not judged is not asked
// any more.
std::vector<ReviewerChange> last_changes(const std::vector<ReviewerState>& reviewers,
                                         const ReviewerState& mine,
                                         ReviewState after,
                                         const Actor& actor) {
  std::vector<ReviewerChange> changes;
  for (const auto& reviewer : reviewers) {
    if (reviewer.role == mine.role) {
      changes.push_back({.role = mine.role, .review = after, .person = actor.person});
    } else if (!has_judged(reviewer)) {
      changes.push_back({.role = reviewer.role,
                         .review = review(reviewer.review, ReviewEvent::withdraw, 0).next,
                         .partner = reviewer.partner});
    }
  }
  return changes;
}

// -- the review of the step

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
  event->told = told_of_recusal(draft, command.step);
  event->reason = command.reason;
  draft.emit(std::move(*event));
  return {};
}

Done check_approval(const Draft& draft, const Command& command) {
  if (command.with_reservations && command.reason.empty()) {
    return refuse(RefusalCode::reason_needed, command.step);
  }
  if (command.with_reservations && draft.state.tasks.size() >= model::kTasksMax) {
    return refuse(RefusalCode::too_many_tasks, command.step);
  }
  return {};
}

ReviewEvent approving(bool with_reservations) {
  return with_reservations ? ReviewEvent::approve_with_reservations : ReviewEvent::approve;
}

Done approve_step(Draft& draft,
                  const Command& command,
                  ReviewEvent what,
                  std::vector<ReviewerChange> changes) {
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::review_approved,
                       .work = WorkEvent::approve,
                       .time = TimeEvent::finish,
                       .responsibility = ResponsibilityEvent::close,
                       .review = what},
                      command.actor,
                      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reviewer = command.actor.person;
  event->review_due = model::kNever;
  event->reason = command.reason;
  event->reviewers = std::move(changes);
  count_reopening(draft, *event);
  draft.emit(std::move(*event));
  if (command.with_reservations) {
    open_reservation(draft, command, command.happened);
  }
  settle_consequences(draft, {&command.step, 1}, command.happened);
  return {};
}

// The step is approved at the last of the judgements that it takes: one cannot have happened before
// those that were there already.
Done approve_own(Draft& draft,
                 const Command& command,
                 const std::vector<ReviewerState>& reviewers,
                 const ReviewerState& mine) {
  const auto after =
      change_review(draft, mine, approving(command.with_reservations), command.actor);
  if (!after) {
    return std::unexpected(after.error());
  }
  const auto before = std::ranges::count_if(reviewers, has_approved);
  if (before + 1 < draft.protocol()[command.step].review->approvals) {
    draft.emit(said_by(command,
                       EventKind::review_judged,
                       {.role = mine.role, .review = *after, .person = command.actor.person}));
    if (command.with_reservations) {
      open_reservation(draft, command, command.happened);
    }
    return {};
  }
  bool reserved = command.with_reservations;
  for (const auto& reviewer : reviewers) {
    if (has_approved(reviewer) && reviewer.since > command.happened) {
      return refuse(RefusalCode::happened_out_of_order, command.step);
    }
    reserved = reserved || reviewer.review == ReviewState::approved_with_reservations;
  }
  return approve_step(
      draft, command, approving(reserved), last_changes(reviewers, mine, *after, command.actor));
}

Done give_back(Draft& draft, const Command& command, std::vector<ReviewerChange> changes) {
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
  event->reviewers = std::move(changes);
  draft.emit(std::move(*event));
  withdraw_reservations_of_round(draft, command.step, command.happened, "returned");
  return {};
}

Done give_back_own(Draft& draft,
                   const Command& command,
                   const std::vector<ReviewerState>& reviewers,
                   const ReviewerState& mine) {
  const auto after = change_review(draft, mine, ReviewEvent::give_back, command.actor);
  if (!after) {
    return std::unexpected(after.error());
  }
  return give_back(draft, command, last_changes(reviewers, mine, *after, command.actor));
}

Done decide_of_several(Draft& draft,
                       const Command& command,
                       const std::vector<ReviewerState>& reviewers,
                       const ReviewerState& mine) {
  if (command.kind == CommandKind::begin_review) {
    return begin_own(draft, command, mine);
  }
  if (command.kind == CommandKind::recuse) {
    return recuse_own(draft, command, mine);
  }
  return command.kind == CommandKind::approve ? approve_own(draft, command, reviewers, mine)
                                              : give_back_own(draft, command, reviewers, mine);
}

Done check_words(const Draft& draft, const Command& command) {
  if (command.kind == CommandKind::approve) {
    return check_approval(draft, command);
  }
  const bool returns_in_silence = command.kind == CommandKind::give_back && command.reason.empty();
  return returns_in_silence ? refuse(RefusalCode::reason_needed, command.step) : Done{};
}

}  // namespace

Done decide_on_review(Draft& draft, const Command& command) {
  const bool pending = draft.protocol()[command.step].review &&
                       draft.state[command.step].work == WorkState::in_review;
  if (!pending) {
    return refuse(RefusalCode::no_review_pending, command.step);
  }
  const auto reviewers = reviewers_of(draft.protocol(), draft.state, command.step);
  const auto mine = reviewer_of(draft, command, reviewers);
  if (!mine) {
    return std::unexpected(mine.error());
  }
  if (auto said = check_words(draft, command); !said) {
    return said;
  }
  if (has_several(draft, command.step)) {
    return decide_of_several(draft, command, reviewers, *mine);
  }
  if (command.kind == CommandKind::begin_review) {
    return begin(draft, command);
  }
  if (command.kind == CommandKind::recuse) {
    return recuse(draft, command);
  }
  return command.kind == CommandKind::approve
             ? approve_step(draft, command, approving(command.with_reservations), {})
             : give_back(draft, command, {});
}

}  // namespace protoflow::engine
