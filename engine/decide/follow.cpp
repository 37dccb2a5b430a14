#include <algorithm>

#include "engine/condition/condition.hpp"
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
    if (answer == ConsentAnswer::not_asked) {
      truth = std::min(truth, Truth::not_yet);
    } else if (answer != ConsentAnswer::given) {
      truth = Truth::no;
    }
  }
  return truth;
}

// `after` first; only when it holds does the guard decide (docs/language.md, how conditions decide, rules 2 and 3).
Truth may_open(const model::Step& step, const CaseState& state) {
  const auto after = evaluate(step.after, state);
  if (after != Truth::yes) {
    return after;
  }
  return std::min(evaluate(step.when, state), consents_given(step, state));
}

void rule_out(Draft& draft, model::StepId id, model::Instant at) {
  auto event = change(draft,
                      {.step = id,
                       .kind = EventKind::step_not_needed,
                       .work = WorkEvent::rule_out,
                       .responsibility = ResponsibilityEvent::close},
                      {}, at);
  if (event) {
    event->why = "condition";
    draft.emit(std::move(*event));
  }
}

void withdraw(Draft& draft, model::StepId id, model::Instant at, std::string why) {
  auto event = change(draft,
                      {.step = id,
                       .kind = EventKind::step_withdrawn,
                       .work = WorkEvent::withdraw,
                       .time = TimeEvent::drop,
                       .responsibility = ResponsibilityEvent::close},
                      {}, at);
  if (!event) {
    return;
  }
  if (draft.state[id].work == WorkState::in_review) {
    event->review = ReviewState::none;
  }
  event->why = std::move(why);
  draft.emit(std::move(*event));
}

bool move_deadline(Draft& draft, model::StepId id, model::Instant at) {
  const auto& now = draft.state[id];
  if (now.work != WorkState::offered && now.work != WorkState::taken) {
    return false;
  }
  const auto due = due_of(draft, id);
  if (due == now.due) {
    return false;
  }
  const auto moved = due == model::kNever ? TimeEvent::drop : TimeEvent::arm;
  auto event = change(
      draft, {.step = id, .kind = EventKind::deadline_moved, .time = moved}, {}, at);
  if (!event) {
    return false;
  }
  event->due = due;
  event->reminders = 0;
  event->late_rules = 0;
  event->why = "condition";
  draft.emit(std::move(*event));
  return true;
}

bool look_at(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.protocol()[id];
  const auto work_now = draft.state[id].work;
  if (!is_settled(work_now) && !step.unless.empty() &&
      evaluate(step.unless, draft.state) == Truth::yes) {
    withdraw(draft, id, at, "unless");
    return true;
  }
  if (work_now != WorkState::waiting) {
    return move_deadline(draft, id, at);
  }
  switch (may_open(step, draft.state)) {
    case Truth::yes:
      offer(draft, id, at);
      return true;
    case Truth::no:
      rule_out(draft, id, at);
      return true;
    case Truth::not_yet:
      return false;
  }
  return false;
}

bool all_settled(const CaseState& state) {
  return std::ranges::all_of(state.steps, [](const auto& s) { return is_settled(s.work); });
}

// The first ending, in order, whose condition holds: an immediate one at any time, any of them once every step has settled.
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

bool depends_on(const Draft& draft, model::StepId step, const std::vector<bool>& reopened) {
  const auto mentions = [&](const model::Condition& condition) {
    return std::ranges::any_of(steps_of(condition),
                               [&](model::StepId other) { return reopened[other.value]; });
  };
  const auto& declared = draft.protocol()[step];
  return mentions(declared.after) || mentions(declared.when) || mentions(declared.unless);
}

void reopen(Draft& draft, model::StepId id, model::Instant at) {
  auto event = change(
      draft,
      {.step = id, .kind = EventKind::step_reopened, .work = WorkEvent::reopen}, {}, at);
  if (event) {
    event->round = static_cast<std::uint8_t>(draft.state[id].round + 1);
    event->why = "outcome";
    draft.emit(std::move(*event));
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
    const bool untouched = draft.state[id].work == WorkState::waiting;
    if (reopened[id.value] && !untouched) {
      reopen(draft, id, at);
    }
  }
}

}  // namespace

void settle_consequences(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.protocol()[id];
  const auto place = draft.state[id].outcome;
  if (!place.known()) {
    return;
  }
  const auto& outcome = step.outcomes[place.value];
  if (outcome.reopens.known() && draft.state[outcome.reopens].round <= outcome.reopens_max) {
    reopen_with_dependents(draft, outcome.reopens, at);
  }
  if (outcome.ends_case.known()) {
    close_case(draft, outcome.ends_case, {}, at);
  }
}

void follow(Draft& draft, model::Instant at) {
  const auto steps = all_steps(draft.protocol());
  for (bool changed = true; changed && is_running(draft.state.status);) {
    changed = false;
    for (const auto id : steps) {
      changed = look_at(draft, id, at) || changed;
    }
    const auto ending = ending_that_holds(draft);
    if (ending.known()) {
      close_case(draft, ending, {}, at);
    }
  }
}

void close_case(Draft& draft,
                model::EndingId ending,
                const Actor& actor,
                model::Instant at) {
  if (!is_running(draft.state.status) && draft.state.status != CaseStatus::paused) {
    return;
  }
  for (const auto id : all_steps(draft.protocol())) {
    if (!is_settled(draft.state[id].work)) {
      withdraw(draft, id, at, "case_closed");
    }
  }
  const auto cell = case_life(draft.state.status, CaseEvent::close, case_fact::nobody_works);
  draft.emit({.kind = EventKind::case_closed,
              .happened = at,
              .actor = actor,
              .status = cell.next,
              .ending = ending});
}

}  // namespace protoflow::engine
