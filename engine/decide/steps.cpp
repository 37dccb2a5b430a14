#include <algorithm>

#include "engine/condition/condition.hpp"
#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// The bound of the most generous reopening. The bound of one outcome is checked where that outcome reopens.
std::uint8_t rounds_max(const model::Protocol& protocol) {
  std::uint8_t rounds = 1;
  for (const auto& step : protocol.steps) {
    for (const auto& outcome : step.outcomes) {
      rounds = std::max(rounds, static_cast<std::uint8_t>(outcome.reopens_max + 1));
    }
  }
  return rounds;
}

std::uint8_t work_facts(const Draft& draft, model::StepId id) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  std::uint8_t facts = 0;
  if (step.review) {
    facts |= work_fact::has_review;
    if (state.returns < step.review->returns_max) {
      facts |= work_fact::returns_left;
    }
  }
  if (step.hold) {
    facts |= work_fact::may_hold;
  }
  if (state.round < rounds_max(draft.protocol())) {
    facts |= work_fact::rounds_left;
  }
  return facts;
}

std::uint8_t review_facts(const Draft& draft, model::StepId id, const Actor& actor) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  std::uint8_t facts = 0;
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
    return refuse(RefusalCode::no_review_pending, id);
  }
  const bool is_doer = (review_facts(draft, id, actor) & review_fact::not_the_doer) == 0;
  return refuse(is_doer ? RefusalCode::reviewer_is_doer : RefusalCode::no_returns_left, id);
}

std::unexpected<Refusal> work_refusal(const Draft& draft, model::StepId id, WorkEvent event) {
  if (event == WorkEvent::hold) {
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
  return refuse(is_settled(work_now) ? RefusalCode::step_not_open : RefusalCode::not_possible_now, id);
}

// `done` on time is judged by when the doer finished, not by when the reviewer approved or the clerk recorded it.
bool in_time(const StepState& state, const StepChange& wanted, model::Instant at) {
  const auto finished = wanted.kind == EventKind::review_approved ? state.completed : at;
  return finished <= state.due;
}

}  // namespace

bool plays(const Actor& actor, model::RoleId role, model::PartnerId partner) {
  return actor.partner == partner && std::ranges::find(actor.plays, role) != actor.plays.end();
}

std::unexpected<Refusal> refuse_stranger(const Draft& draft, model::StepId step) {
  const auto& state = draft.state[step];
  return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                 .step = step,
                                 .role = state.role,
                                 .partner = state.partner});
}

std::expected<Event, Refusal> change(const Draft& draft,
                                     const StepChange& wanted,
                                     const Actor& actor,
                                     model::Instant at) {
  const auto& now = draft.state[wanted.step];
  Event event{.kind = wanted.kind, .happened = at, .actor = actor, .step = wanted.step};
  if (wanted.review) {
    const auto cell = review(now.review, *wanted.review, review_facts(draft, wanted.step, actor));
    if (cell.verdict != Verdict::possible) {
      return review_refusal(draft, wanted.step, actor, cell.verdict);
    }
    event.review = cell.next;
  }
  if (wanted.work) {
    const auto cell = work(now.work, *wanted.work, work_facts(draft, wanted.step));
    if (cell.verdict != Verdict::possible) {
      return work_refusal(draft, wanted.step, *wanted.work);
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
    const auto cell = responsibility(now.responsibility, *wanted.responsibility,
                                     responsibility_fact::plays_role);
    if (cell.verdict == Verdict::possible) {
      event.responsibility = cell.next;
    }
  }
  return event;
}

model::Instant due_of(const Draft& draft, model::StepId id) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  for (const auto& deadline : step.deadlines) {
    if (evaluate(deadline.when, draft.state) != Truth::yes) {
      continue;
    }
    const auto from = deadline.from.known() ? draft.state[deadline.from].settled : state.opened;
    if (from != model::kNever) {
      return due_after(from, deadline.within, draft.plan.work_time) + state.shift;
    }
  }
  return model::kNever;
}

void offer(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.protocol()[id];
  const auto answers = holder(draft.protocol(), draft.state, step.responsible);
  auto event = change(draft,
                      {.step = id,
                       .kind = EventKind::step_offered,
                       .work = WorkEvent::offer,
                       .responsibility = ResponsibilityEvent::assign},
                      {}, at);
  if (!event) {
    return;
  }
  event->role = answers.role;
  event->partner = answers.partner;
  event->why = answers.waits_for_referral ? "referral" : "role";
  // The due instant counts from this event, so the step is opened on a copy of its state first.
  Draft opened{.plan = draft.plan, .state = draft.state, .events = {}};
  opened.state[id].opened = at;
  const auto due = due_of(opened, id);
  if (due != model::kNever) {
    event->due = due;
    event->time = TimeState::calm;
  }
  if (step.accept_within && !answers.waits_for_referral) {
    event->offer_due = due_after(at, *step.accept_within, draft.plan.work_time);
  }
  draft.emit(std::move(*event));
}

Done pass_on(Draft& draft, model::StepId id, EventKind kind, const Command& command) {
  const auto& step = draft.protocol()[id];
  const auto& state = draft.state[id];
  if (!somebody_else(draft.protocol(), draft.state, step.responsible, state.deputy)) {
    return refuse(RefusalCode::nobody_else, id);
  }
  auto event = change(draft,
                      {.step = id,
                       .kind = kind,
                       .work = WorkEvent::give_up,
                       .responsibility = ResponsibilityEvent::assign},
                      command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto passed = static_cast<std::uint8_t>(state.deputy + 1);
  const auto next = holder(draft.protocol(), draft.state, step.responsible, passed);
  event->deputy = passed;
  event->role = next.role;
  event->partner = next.partner;
  event->person = "";
  event->reason = command.reason;
  const bool last = !somebody_else(draft.protocol(), draft.state, step.responsible, passed);
  event->offer_due = step.accept_within && !last
                         ? due_after(command.happened, *step.accept_within, draft.plan.work_time)
                         : model::kNever;
  draft.emit(std::move(*event));
  return {};
}

}  // namespace protoflow::engine
