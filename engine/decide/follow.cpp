#include <algorithm>

#include "engine/decide/draft.hpp"

namespace protoflow::engine {

namespace {

std::vector<model::StepId> all_steps(const model::Protocol& protocol) {
  std::vector<model::StepId> ids;
  for (std::size_t i = 0; i < protocol.steps.size(); ++i) {
    ids.push_back({static_cast<std::uint16_t>(i)});
  }
  return ids;
}

Truth consents_given(const model::Step& step, const CaseState& state) {
  auto truth = Truth::yes;
  for (const auto consent : step.requires_consents) {
    const auto answer = state.consents[consent.value];
    if (answer == ConsentAnswer::refused) {
      truth = Truth::no;
    } else if (answer != ConsentAnswer::given) {  // not asked yet, or to be given again
      truth = std::min(truth, Truth::not_yet);
    }
  }
  return truth;
}

void rule_out(Draft& draft, model::StepId id, model::Instant at) {
  StepChange wanted{.step = id,
                    .kind = EventKind::step_not_needed,
                    .work = WorkEvent::rule_out,
                    .responsibility = ResponsibilityEvent::close};
  if (draft.state[id].due != model::kNever) {  // it had stopped for want of a consent
    wanted.time = TimeEvent::drop;
  }
  auto event = change(draft, wanted, {}, at);
  if (event) {
    event->why = "condition";
    draft.emit(std::move(*event));
  }
}

void withdraw(Draft& draft, model::StepId id, model::Instant at, std::string why) {
  StepChange wanted{.step = id,
                    .kind = EventKind::step_withdrawn,
                    .work = WorkEvent::withdraw,
                    .time = TimeEvent::drop,
                    .responsibility = ResponsibilityEvent::close};
  const bool in_review = draft.state[id].work == WorkState::in_review;
  if (in_review) {
    wanted.review = ReviewEvent::withdraw;
  }
  auto event = change(draft, wanted, {}, at);
  if (event) {
    event->why = why;
    draft.emit(std::move(*event));
  }
  if (in_review && why != "case_closed") {  // a case that is reopened goes on with its review
    withdraw_reservations_of_round(draft, id, at, std::move(why));
  }
}

// The next round is not needed: the one before was the last.
void leave_done(Draft& draft, model::StepId id, model::Instant at) {
  auto event = change(
      draft, {.step = id, .kind = EventKind::step_settled, .work = WorkEvent::settle}, {}, at);
  if (event) {
    event->outcome = draft.state[id].outcome;
    event->why = "repeat";
    draft.emit(std::move(*event));
  }
}

enum class Settling : std::uint8_t { none, rule_out, withdraw, leave_done };

struct Prospect {
  Settling settling = Settling::none;
  bool may_open = false;
};

Prospect prospect_of(const model::Step& step, const StepState& now, const CaseState& state) {
  if (!step.unless.empty() && evaluate(step.unless, state) == Truth::yes) {
    return {.settling = Settling::withdraw};
  }
  if (now.work != WorkState::waiting) {
    return {};
  }
  const auto truth = may_open(step, state);
  const bool ruled_out = truth == Truth::no;
  const bool may_open = truth == Truth::yes;
  if (is_between_rounds(now)) {  // without a clause, the version that it left had one
    const bool last = !step.repeat || ruled_out || has_lost_consent(step, state) ||
                      evaluate(step.repeat->until, state) == Truth::yes;
    return {.settling = last ? Settling::leave_done : Settling::none, .may_open = may_open};
  }
  return {.settling = ruled_out ? Settling::rule_out : Settling::none, .may_open = may_open};
}

void settle(Draft& draft, model::StepId id, Settling settling, model::Instant at) {
  switch (settling) {
    case Settling::none:
      return;
    case Settling::rule_out:
      return rule_out(draft, id, at);
    case Settling::withdraw:
      return withdraw(draft, id, at, "unless");
    case Settling::leave_done:
      return leave_done(draft, id, at);
  }
}

struct Outlook {
  std::vector<std::pair<model::StepId, Settling>> decided;
  std::vector<model::StepId> may_open;  // of those that wait, in order
};

Outlook look_ahead(const Draft& draft) {
  Outlook outlook;
  model::StepId id{0};
  for (const auto& now : draft.state.steps) {
    if (!is_settled(now.work)) {
      const auto prospect = prospect_of(draft.protocol()[id], now, draft.state);
      if (prospect.settling != Settling::none) {
        outlook.decided.emplace_back(id, prospect.settling);
      } else if (prospect.may_open) {
        outlook.may_open.push_back(id);
      }
    }
    ++id.value;
  }
  return outlook;
}

// In rounds: every step is decided on the state before the round. What may open after the last one.
std::vector<model::StepId> settle_what_is_decided(Draft& draft, model::Instant at) {
  auto outlook = look_ahead(draft);
  while (!outlook.decided.empty()) {
    for (const auto& [id, settling] : outlook.decided) {
      settle(draft, id, settling, at);
    }
    outlook = look_ahead(draft);
  }
  return std::move(outlook.may_open);
}

void open(Draft& draft, model::StepId id, model::Instant at) {
  const auto next_round = draft.state[id].next_round;
  if (next_round != model::kNever && next_round > at) {
    return;
  }
  if (draft.state[id].stopped_since == model::kNever) {
    offer(draft, id, at);
  } else {
    start_again(draft, id, at);
  }
}

// An offer settles nothing and says nothing: it changes no condition.
void offer_what_may_open(Draft& draft, std::span<const model::StepId> may_open, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    if (!may_open.empty() && may_open.front() == id) {
      may_open = may_open.subspan(1);
      open(draft, id, at);
      continue;
    }
    const auto work_now = draft.state[id].work;
    if (work_now == WorkState::offered || work_now == WorkState::taken) {
      move_deadline(draft, id, at);
    }
  }
}

bool a_round_will_begin(const Draft& draft) {
  return std::ranges::any_of(all_steps(draft.protocol()), [&](model::StepId id) {
    return draft.state[id].next_round != model::kNever &&
           may_open(draft.protocol()[id], draft.state) == Truth::yes;
  });
}

// Nobody has anything to do, and no ending holds: the coordination hears of it once.
void tell_if_stalled(Draft& draft, model::Instant at) {
  const bool somebody_works =
      std::ranges::any_of(draft.state.steps, [](const auto& step) { return is_open(step.work); });
  if (!somebody_works && !a_round_will_begin(draft) && draft.state.stalled_since == model::kNever) {
    draft.emit(
        {.kind = EventKind::case_stalled, .happened = at, .told = draft.protocol().coordinated_by});
  }
}

bool all_settled(const CaseState& state) {
  return std::ranges::all_of(state.steps, [](const auto& s) { return is_settled(s.work); });
}

// The first ending, in order, whose condition holds: an immediate one at any time, any of them once
// every step has settled.
model::EndingId ending_that_holds(const Draft& draft) {
  const bool settled = all_settled(draft.state);
  const auto& endings = draft.protocol().endings;
  for (std::size_t i = 0; i < endings.size(); ++i) {
    const auto& ending = endings[i];
    if (ending.has_condition && (ending.immediately || settled) &&
        evaluate(ending.when, draft.state) == Truth::yes) {
      return {static_cast<std::uint16_t>(i)};
    }
  }
  return {};
}

}  // namespace

bool depends_on(const Draft& draft, model::StepId step, const std::vector<bool>& reopened) {
  const auto mentions = [&](const model::Condition& condition) {
    return std::ranges::any_of(steps_of(condition),
                               [&](model::StepId other) { return reopened[other.value]; });
  };
  const auto& declared = draft.protocol()[step];
  return mentions(declared.after) || mentions(declared.when) || mentions(declared.unless);
}

void reopen(Draft& draft, model::StepId id, model::Instant at, std::string why) {
  auto event = change(
      draft, {.step = id, .kind = EventKind::step_reopened, .work = WorkEvent::reopen}, {}, at);
  if (event) {
    end_hand_over(draft.state[id], *event);
    event->round = static_cast<std::uint8_t>(draft.state[id].round + 1);
    event->why = std::move(why);
    draft.emit(std::move(*event));
  }
}

namespace {

// What depends on the step waits on: between two rounds it has not settled.
void repeat(Draft& draft, model::StepId id, model::Instant at) {
  auto event = change(
      draft, {.step = id, .kind = EventKind::step_reopened, .work = WorkEvent::reopen}, {}, at);
  if (!event) {
    return;
  }
  event->round = static_cast<std::uint8_t>(draft.state[id].round + 1);
  event->outcome = draft.state[id].outcome;
  const auto& clause = draft.protocol()[id].repeat;
  if (clause && clause->every) {
    event->next_round = due_after(at, *clause->every, draft.plan.work_time);
  }
  event->why = "repeat";
  draft.emit(std::move(*event));
}

// Whoever was asked to play a role need not answer any more.
void revoke_pending_referrals(Draft& draft, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.referrals.size(); ++i) {
    if (draft.state.referrals[i].state != ReferralState::accepted) {
      (void)revoke_binding(draft, {static_cast<std::uint16_t>(i)}, at, "case_closed");
    }
  }
}

// The step and all that depends on it, directly or not, start a new round.
void reopen_with_dependents(Draft& draft, model::StepId first, model::Instant at) {
  std::vector<bool> reopened(draft.protocol().steps.size());
  reopened[first.value] = true;
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto id : all_steps(draft.protocol())) {
      if (!reopened[id.value] && depends_on(draft, id, reopened)) {
        reopened[id.value] = true;
        grew = true;
      }
    }
  }
  for (const auto id : all_steps(draft.protocol())) {
    const auto& now = draft.state[id];
    const bool untouched = now.work == WorkState::waiting && !is_between_rounds(now) &&
                           now.stopped_since == model::kNever;
    if (reopened[id.value] && !untouched) {
      reopen(draft, id, at, "outcome");
    }
  }
}

}  // namespace

void count_reopening(const Draft& draft, Event& event) {
  const auto& state = draft.state[event.step];
  const auto place = event.outcome.known() ? event.outcome : state.outcome;
  const auto& outcome = draft.protocol()[event.step].outcomes[place.value];
  if (outcome.reopens.known() && state.reopenings < outcome.reopens_max) {
    event.reopenings = static_cast<std::uint8_t>(state.reopenings + 1);
  }
}

namespace {

bool reopens(const Draft& draft, model::StepId id) {
  const auto settling =
      std::ranges::find(draft.events.rbegin(), draft.events.rend(), id, &Event::step);
  return settling != draft.events.rend() && settling->reopenings.has_value();
}

}  // namespace

// What each of them brings about is seen before anything starts again, and of several endings the
// first in the author's order holds: the order of the steps decides nothing.
void settle_consequences(Draft& draft, std::span<const model::StepId> steps, model::Instant at) {
  std::vector<model::StepId> repeated;
  std::vector<model::StepId> reopened;
  model::EndingId ending;
  for (const auto id : steps) {
    const auto& step = draft.protocol()[id];
    const auto& state = draft.state[id];
    if (will_repeat(step, state, draft.state)) {
      repeated.push_back(id);
    }
    if (!state.outcome.known()) {
      continue;
    }
    const auto& outcome = step.outcomes[state.outcome.value];
    if (reopens(draft, id)) {
      reopened.push_back(outcome.reopens);
    }
    if (outcome.ends_case.known() && (!ending.known() || outcome.ends_case.value < ending.value)) {
      ending = outcome.ends_case;
    }
  }
  for (const auto id : reopened) {
    reopen_with_dependents(draft, id, at);
  }
  if (ending.known()) {
    close_case(draft, ending, {}, at);
  }
  for (const auto id : repeated) {
    if (is_running(draft.state.status) && draft.state[id].work == WorkState::done) {
      repeat(draft, id, at);
    }
  }
}

Truth may_open(const model::Step& step, const CaseState& state) {
  const auto after = evaluate(step.after, state);
  if (after != Truth::yes) {
    return after;
  }
  return std::min(evaluate(step.when, state), consents_given(step, state));
}

void follow(Draft& draft, model::Instant at) {
  if (!is_running(draft.state.status)) {
    return;
  }
  auto may_open = settle_what_is_decided(draft, at);
  const auto ending = ending_that_holds(draft);
  if (ending.known()) {
    close_case(draft, ending, {}, at);
    return;
  }
  const auto known = draft.events.size();
  stop_without_consent(draft, at);
  replace_absent(draft, at);
  if (draft.events.size() != known) {
    may_open = look_ahead(draft).may_open;
  }
  offer_what_may_open(draft, may_open, at);
  tell_if_stalled(draft, at);
}

void close_case(Draft& draft, model::EndingId ending, const Actor& actor, model::Instant at) {
  if (!is_running(draft.state.status) && draft.state.status != CaseStatus::paused) {
    return;
  }
  if (draft.state.status == CaseStatus::paused) {
    restart_tasks(draft, draft.state.paused_since, at);
  }
  for (const auto id : all_steps(draft.protocol())) {
    if (!is_settled(draft.state[id].work)) {
      withdraw(draft, id, at, "case_closed");
    }
  }
  revoke_pending_referrals(draft, at);
  end_routines(draft, at);
  const auto cell = case_life(draft.state.status, CaseEvent::close, case_fact::nobody_works);
  draft.emit({.kind = EventKind::case_closed,
              .happened = at,
              .actor = actor,
              .status = cell.next,
              .ending = ending});
  open_follow_ups(draft, ending, at);
}

}  // namespace protoflow::engine
