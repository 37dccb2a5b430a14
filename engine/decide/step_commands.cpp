#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// An escalation does not take the pen out of the doer's hand: who had taken the step may still
// finish it.
bool may_finish(const Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const bool is_about_the_work = command.kind == CommandKind::complete ||
                                 command.kind == CommandKind::hold ||
                                 command.kind == CommandKind::resume;
  return is_about_the_work && state.doer.known() && state.doer_partner == command.actor.partner &&
         draft.state.person(state.doer) == command.actor.person &&
         !has_left(draft.state, command.actor.partner);
}

}  // namespace

Done check_actor(const Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  if (may_finish(draft, command)) {
    return {};
  }
  const auto answers = holder(draft.protocol(), draft.state, state.role);
  if (answers.waits_for_referral && !state.handed_over) {
    return std::unexpected(Refusal{.code = RefusalCode::role_not_bound,
                                   .step = command.step,
                                   .role = draft.protocol()[state.role].chooser,
                                   .partner = state.partner});
  }
  if (!plays(command.actor, state.role, state.partner)) {
    return refuse_stranger(draft, command.step);
  }
  if (state.person.known() && draft.state.person(state.person) != command.actor.person) {
    return refuse(RefusalCode::already_taken, command.step);
  }
  return {};
}

Done check_open(const Draft& draft, const Command& command) {
  if (!command.step.known()) {
    return refuse(RefusalCode::step_needed);
  }
  const auto work_now = draft.state[command.step].work;
  if (is_open(work_now)) {
    return {};
  }
  if (work_now != WorkState::waiting) {
    return refuse(RefusalCode::step_not_open, command.step);
  }
  auto refusal = change(draft, {.step = command.step, .work = WorkEvent::take}, {}, {});
  return std::unexpected(refusal.error());
}

namespace {

// While a hand-over waits for its answer nobody else is named.
Done check_stays(const Draft& draft, model::StepId step) {
  const auto& state = draft.state[step];
  if (state.responsibility != ResponsibilityState::handing_over) {
    return {};
  }
  return std::unexpected(Refusal{.code = RefusalCode::being_handed_over,
                                 .step = step,
                                 .role = state.receiver_role,
                                 .partner = state.receiver});
}

// They would have to give it up at once.
bool is_away(const Draft& draft, const Command& command) {
  const auto& known = draft.state.persons;
  const auto found = std::ranges::find(known, command.actor.person);
  const PersonRef person{static_cast<std::uint16_t>(found - known.begin())};
  return found != known.end() && is_away_for(draft.state, person, draft.state[command.step].due);
}

// What is under way but with nobody by name (escalated, or its partner has changed) is taken over
// as it stands.
Done take(Draft& draft, const Command& command) {
  if (auto stays = check_stays(draft, command.step); !stays) {
    return stays;
  }
  const auto& state = draft.state[command.step];
  if (is_away(draft, command)) {
    return refuse(RefusalCode::person_absent, command.step);
  }
  if (is_full(draft, state.role, command.actor)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::person_full, .step = command.step, .role = state.role});
  }
  StepChange wanted{.step = command.step,
                    .kind = EventKind::step_taken,
                    .responsibility = ResponsibilityEvent::take};
  if (state.work != WorkState::taken || state.person.known()) {
    wanted.work = WorkEvent::take;
  }
  auto event = change(draft, wanted, command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->person = command.actor.person;
  if (state.offer_due != model::kNever) {
    event->offer_due = model::kNever;
  }
  const auto begun = case_life(draft.state.status, CaseEvent::begin, 0);
  if (begun.verdict == Verdict::possible) {
    event->status = begun.next;
  }
  draft.emit(std::move(*event));
  return {};
}

Done release(Draft& draft, const Command& command) {
  if (auto stays = check_stays(draft, command.step); !stays) {
    return stays;
  }
  auto event = change(draft,
                      {.step = command.step,
                       .kind = EventKind::step_released,
                       .work = WorkEvent::give_up,
                       .responsibility = ResponsibilityEvent::release},
                      command.actor,
                      command.happened);
  const auto& state = draft.state[command.step];
  if (!event || state.work != WorkState::taken || !state.person.known()) {
    return refuse(RefusalCode::not_possible_now, command.step);
  }
  event->person = "";
  event->reason = command.reason;
  draft.emit(std::move(*event));
  return {};
}

std::expected<model::OutcomeId, Refusal> outcome_of(const Draft& draft, const Command& command) {
  const auto& outcomes = draft.protocol()[command.step].outcomes;
  if (command.outcome.known()) {
    return command.outcome;
  }
  if (outcomes.size() == 1) {
    return model::OutcomeId{0};
  }
  return refuse(RefusalCode::outcome_needed, command.step);
}

void ask_review(const Draft& draft, Event& event) {
  const auto& review = *draft.protocol()[event.step].review;
  std::vector<model::PartnerId> partners = {draft.state[event.step].partner};
  if (review.by.size() > 1) {
    event.reviewers = ask_reviewers(draft, event.step);
  } else {
    event.review_partner = holder(draft.protocol(), draft.state, review.by.front()).partner;
    event.reviewer = "";
    partners.push_back(event.review_partner);
  }
  for (const auto& asked : event.reviewers) {
    partners.push_back(asked.partner);
  }
  event.review_due =
      review.within ? due_between(draft, event.happened, *review.within, partners) : model::kNever;
}

}  // namespace

Done submit(Draft& draft, const Command& command, model::OutcomeId outcome) {
  const auto& step = draft.protocol()[command.step];
  StepChange wanted{
      .step = command.step, .kind = EventKind::step_completed, .work = WorkEvent::complete};
  if (step.review) {
    wanted.review = ReviewEvent::request;
  } else {
    wanted.time = TimeEvent::finish;
    wanted.responsibility = ResponsibilityEvent::close;
  }
  auto event = change(draft, wanted, command.actor, command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->outcome = outcome;
  if (!step.review) {
    count_reopening(draft, *event);
  }
  event->values = command.values;
  event->consents = command.consents;
  note_consents(draft, *event);
  event->reason = command.reason;
  if (step.review) {
    ask_review(draft, *event);
  }
  draft.emit(std::move(*event));
  if (!step.review) {
    settle_consequences(draft, {&command.step, 1}, command.happened);
  }
  return {};
}

namespace {

Done complete(Draft& draft, const Command& command) {
  const auto outcome = outcome_of(draft, command);
  if (!outcome) {
    return std::unexpected(outcome.error());
  }
  if (auto said = check_what_is_said(draft, command); !said) {
    return said;
  }
  const auto& now = draft.state[command.step];
  const bool in_hand = now.work == WorkState::offered || now.work == WorkState::taken;
  if (in_hand && now.responsibility == ResponsibilityState::handing_over) {
    take_back(draft, command);
  }
  if (draft.state[command.step].work == WorkState::offered) {
    if (auto taken = take(draft, command); !taken) {
      return taken;
    }
  }
  return submit(draft, command, *outcome);
}

Done hold(Draft& draft, const Command& command) {
  auto event = change(draft,
                      {.step = command.step, .kind = EventKind::step_held, .work = WorkEvent::hold},
                      command.actor,
                      command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->reason = command.reason;
  draft.emit(std::move(*event));
  return {};
}

Done resume(Draft& draft, const Command& command) {
  auto event =
      change(draft,
             {.step = command.step, .kind = EventKind::step_resumed, .work = WorkEvent::resume},
             command.actor,
             command.happened);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto& state = draft.state[command.step];
  const auto stood = command.happened - state.held_since;
  restart_clock(draft, *event, stood);
  event->held = state.held + stood;
  event->why = "held";
  draft.emit(std::move(*event));
  return {};
}

}  // namespace

Done decide_on_step(Draft& draft, const Command& command) {
  if (auto open = check_open(draft, command); !open) {
    return open;
  }
  if (command.kind == CommandKind::take || command.kind == CommandKind::complete) {
    answer_late(draft, command);
  }
  if (auto may = check_actor(draft, command); !may) {
    return may;
  }
  if (command.kind == CommandKind::take) {
    return take(draft, command);
  }
  if (command.kind == CommandKind::decline) {
    return pass_on(draft, command.step, EventKind::step_declined, command);
  }
  if (command.kind == CommandKind::release) {
    return release(draft, command);
  }
  if (command.kind == CommandKind::complete) {
    return complete(draft, command);
  }
  return command.kind == CommandKind::hold ? hold(draft, command) : resume(draft, command);
}

}  // namespace protoflow::engine
