#include <algorithm>

#include "engine/condition/condition.hpp"
#include "engine/decide/alarm.hpp"
#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

std::uint8_t work_facts(const Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  std::uint8_t facts = 0;
  if (step.review) {
    facts |= work_fact::has_review;
    if (state.returns < step.review->returns_max) {
      facts |= work_fact::returns_left;
    }
  }
  if (step.hold && hold_end(draft.plan, step, state, at) > at) {
    facts |= work_fact::may_hold;
  }
  if (state.round < model::kRoundsMax) {
    facts |= work_fact::rounds_left;
  }
  return facts;
}

std::uint8_t review_facts(const Draft& draft, model::StepId id, const Actor& actor) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  std::uint8_t facts = review_fact::not_twice;
  if (actor.person.empty() || actor.person != draft.state.person(state.doer)) {
    facts |= review_fact::not_the_doer;
  }
  if (step.review && state.returns < step.review->returns_max) {
    facts |= review_fact::returns_left;
  }
  return facts;
}

std::unexpected<Refusal> review_refusal(const Draft& draft,
                                        model::StepId id,
                                        const Actor& actor,
                                        Verdict verdict) {
  if (verdict == Verdict::impossible) {
    return refuse(RefusalCode::not_possible_now, id);
  }
  const bool is_doer = (review_facts(draft, id, actor) & review_fact::not_the_doer) == 0;
  return refuse(is_doer ? RefusalCode::reviewer_is_doer : RefusalCode::no_returns_left, id);
}

// Reviews the same work for another role, or has judged it for one.
bool reviews_for_another(const Draft& draft, const ReviewerState& mine, const Actor& actor) {
  return !actor.person.empty() &&
         std::ranges::any_of(draft.state.reviewers, [&](const ReviewerState& other) {
           const bool is_theirs = has_judged(other) || other.review == ReviewState::reviewing;
           return other.step == mine.step && other.role != mine.role && is_theirs &&
                  draft.state.person(other.person) == actor.person;
         });
}

std::unexpected<Refusal> work_refusal(const Draft& draft, model::StepId id, WorkEvent event) {
  if (event == WorkEvent::hold && draft.state[id].work == WorkState::taken) {
    return refuse(RefusalCode::may_not_be_held, id);
  }
  if (event == WorkEvent::give_back) {
    return refuse(RefusalCode::no_returns_left, id);
  }
  const auto work_now = draft.state[id].work;
  if (work_now == WorkState::waiting) {
    auto refusal = refuse(RefusalCode::step_waits, id);
    refusal.error().informations = missing_informations(draft.protocol()[id].when, draft.state);
    return refusal;
  }
  return refuse(is_settled(work_now) ? RefusalCode::step_not_open : RefusalCode::not_possible_now,
                id);
}

// `done` on time is judged by when the doer finished, not by when the reviewer approved or the
// clerk recorded it.
bool in_time(const StepState& state, const StepChange& wanted, model::Instant at) {
  if (wanted.kind == EventKind::step_settled) {
    return false;  // by silence: nobody has done it
  }
  const auto finished = wanted.kind == EventKind::review_approved ? state.completed : at;
  return finished <= state.due;
}

}  // namespace

bool plays(const Actor& actor, model::RoleId role, model::PartnerId partner) {
  return actor.partner == partner && std::ranges::find(actor.plays, role) != actor.plays.end();
}

std::unexpected<Refusal> refuse_stranger(const Draft& draft, model::StepId step) {
  const auto& state = draft.state[step];
  return std::unexpected(Refusal{
      .code = RefusalCode::not_yours, .step = step, .role = state.role, .partner = state.partner});
}

std::expected<Event, Refusal> change(const Draft& draft,
                                     const StepChange& wanted,
                                     const Actor& actor,
                                     model::Instant at) {
  const auto& now = draft.state[wanted.step];
  std::expected<Event, Refusal> result(std::in_place);  // returned as it stands: an event is wide
  Event& event = *result;
  event.kind = wanted.kind;
  event.happened = at;
  event.actor.person = actor.person;  // the roles that the person plays are for deciding only
  event.actor.partner = actor.partner;
  event.actor.role = actor.role;
  event.step = wanted.step;
  if (wanted.review) {
    const auto cell = review(now.review, *wanted.review, review_facts(draft, wanted.step, actor));
    if (cell.verdict != Verdict::possible) {
      result = review_refusal(draft, wanted.step, actor, cell.verdict);
      return result;
    }
    event.review = cell.next;
  }
  if (wanted.work) {
    const auto cell = work(now.work, *wanted.work, work_facts(draft, wanted.step, at));
    if (cell.verdict != Verdict::possible) {
      result = work_refusal(draft, wanted.step, *wanted.work);
      return result;
    }
    event.work = cell.next;
  }
  if (wanted.time) {
    const auto facts = in_time(now, wanted, at) ? time_fact::in_time : std::uint8_t{0};
    const auto cell = time(now.time, *wanted.time, facts);
    if (cell.verdict == Verdict::possible && cell.next != now.time) {
      event.time = cell.next;
    }
  }
  if (wanted.responsibility) {
    auto facts =
        plays(actor, now.role, now.partner) ? responsibility_fact::plays_role : std::uint8_t{0};
    if (now.person.known()) {
      facts |= responsibility_fact::by_name;
    }
    const auto cell = responsibility(now.responsibility, *wanted.responsibility, facts);
    if (cell.verdict == Verdict::refused) {
      result = refuse_stranger(draft, wanted.step);
      return result;
    }
    if (cell.verdict == Verdict::possible) {
      event.responsibility = cell.next;
      end_hand_over(now, event);
    }
  }
  return result;
}

std::expected<ReviewState, Refusal> change_review(const Draft& draft,
                                                  const ReviewerState& mine,
                                                  ReviewEvent what,
                                                  const Actor& actor) {
  auto facts = review_facts(draft, mine.step, actor);
  const bool twice = reviews_for_another(draft, mine, actor);
  if (twice) {
    facts &= static_cast<std::uint8_t>(~review_fact::not_twice);
  }
  const auto cell = review(mine.review, what, facts);
  if (cell.verdict == Verdict::possible) {
    return cell.next;
  }
  if (cell.verdict == Verdict::refused && twice) {
    return std::unexpected(
        Refusal{.code = RefusalCode::reviewer_twice, .step = mine.step, .role = mine.role});
  }
  return review_refusal(draft, mine.step, actor, cell.verdict);
}

void offer(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.protocol()[id];
  const auto passed = with_room(draft, step.responsible, 0);
  const auto answers = holder(draft.protocol(), draft.state, step.responsible, passed);
  auto event = change(draft,
                      {.step = id,
                       .kind = EventKind::step_offered,
                       .work = WorkEvent::offer,
                       .responsibility = ResponsibilityEvent::assign},
                      {},
                      at);
  if (!event) {
    return;
  }
  const auto due = due_of(draft, id, {.opened = at, .partner = answers.partner});
  if (due.at != model::kNever) {
    event->due = due.at;
    event->due_rule = due.rule;
    event->due_from = due.from;
    event->time = time(draft.state[id].time, TimeEvent::arm, 0).next;
  } else if (draft.state[id].due != model::kNever) {  // of before the case was closed
    event->due = model::kNever;
    event->due_rule = std::uint8_t{0};
  }
  event->role = answers.role;
  event->partner = answers.partner;
  event->why = answers.waits_for_referral ? "referral" : "role";
  if (passed != 0) {
    event->deputy = passed;
    event->why = "full";
  }
  if (step.accept_within && !answers.waits_for_referral) {
    event->offer_due = due_between(draft, at, *step.accept_within, {answers.partner});
  }
  draft.emit(std::move(*event));
}

Done pass_on(Draft& draft, model::StepId id, EventKind kind, const Command& command) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  const auto turn = next_in_turn(draft.protocol(), draft.state, state.entrusted, state.deputy);
  if (!turn) {
    return refuse(RefusalCode::nobody_else, id);
  }
  auto event = change(draft,
                      {.step = id,
                       .kind = kind,
                       .work = WorkEvent::give_up,
                       .responsibility = ResponsibilityEvent::assign},
                      command.actor,
                      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto passed = with_room(draft, state.entrusted, *turn);
  const auto next = holder(draft.protocol(), draft.state, state.entrusted, passed);
  event->deputy = passed;
  event->why = passed == *turn ? "" : "full";
  event->role = next.role;
  event->partner = next.partner;
  event->person = "";
  event->reason = command.reason;
  const bool last = !somebody_else(draft.protocol(), draft.state, state.entrusted, passed);
  event->offer_due = step.accept_within && !last
                         ? due_between(draft, command.happened, *step.accept_within, {next.partner})
                         : model::kNever;
  draft.emit(std::move(*event));
  return {};
}

}  // namespace protoflow::engine
