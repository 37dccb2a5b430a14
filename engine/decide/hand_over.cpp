// A step in other hands: a colleague of the same partner, at once; another partner, once it
// accepts. Until then whoever gives it answers for it.
#include <algorithm>

#include "engine/decide/draft.hpp"

namespace protoflow::engine {

namespace {

bool is_among(model::PartnerId partner, const std::vector<model::PartnerId>& partners) {
  return std::ranges::find(partners, partner) != partners.end();
}

// The role in which `partner` could answer for the step: the one that does now, the one it is
// entrusted to, or the coordination; unknown when it could in none, or answers for it already.
model::RoleId receiving_role(const model::Protocol& protocol,
                             const StepState& state,
                             model::PartnerId partner) {
  for (const auto role : {state.role, state.entrusted, protocol.coordinated_by}) {
    const bool has_it = role == state.role && partner == state.partner;
    if (may_hold(protocol[role], partner) && !has_it) {
      return role;
    }
  }
  return {};
}

// How many of the entrusted role's partners stand before this one: whoever comes after it answers
// next.
std::uint8_t deputy_of(const model::Protocol& protocol, const StepState& state) {
  const auto& partners = protocol[state.entrusted].partners;
  const bool in_turn = protocol[state.entrusted].binding == model::Binding::held_by &&
                       state.receiver_role == state.entrusted;
  return in_turn ? static_cast<std::uint8_t>(std::ranges::find(partners, state.receiver) -
                                             partners.begin())
                 : state.deputy;
}

std::uint8_t name_fact(const StepState& state) {
  return state.person.known() ? responsibility_fact::by_name : std::uint8_t{0};
}

std::unexpected<Refusal> refuse_while_handing_over(const StepState& state, model::StepId step) {
  return std::unexpected(Refusal{.code = RefusalCode::being_handed_over,
                                 .step = step,
                                 .role = state.receiver_role,
                                 .partner = state.receiver});
}

// Who reviews must not find that the work has changed hands meanwhile.
Done check_in_hand(const Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  if (state.work == WorkState::in_review) {
    return refuse(RefusalCode::not_possible_now, command.step);
  }
  if (state.responsibility == ResponsibilityState::handing_over) {
    return refuse_while_handing_over(state, command.step);
  }
  return {};
}

// What is only offered is taken with it.
void take_with_it(const Draft& draft, const StepState& state, Event& event) {
  if (state.work == WorkState::offered) {
    event.work = work(state.work, WorkEvent::take, 0).next;
    event.offer_due = model::kNever;
  }
  const auto begun = case_life(draft.state.status, CaseEvent::begin, 0);
  if (begun.verdict == Verdict::possible) {
    event.status = begun.next;
  }
}

Done delegate(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const auto& to = command.colleague;
  if (to.person.empty() || !plays(to, state.role, state.partner) ||
      draft.state.person(state.person) == to.person) {
    return std::unexpected(Refusal{.code = RefusalCode::not_a_colleague,
                                   .step = command.step,
                                   .role = state.role,
                                   .partner = state.partner});
  }
  if (command.until <= command.happened) {
    return refuse(RefusalCode::until_not_ahead, command.step);
  }
  Event event{.kind = EventKind::step_delegated,
              .happened = command.happened,
              .actor = command.actor,
              .step = command.step,
              .responsibility = responsibility(state.responsibility,
                                               ResponsibilityEvent::take,
                                               responsibility_fact::plays_role)
                                    .next};
  take_with_it(draft, state, event);
  event.person = to.person;
  event.reason = command.reason;
  if (command.until != model::kNever) {
    event.until = command.until;
  }
  draft.emit(std::move(event));
  return {};
}

Done hand_over(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const auto role = command.partner.known()
                        ? receiving_role(draft.protocol(), state, command.partner)
                        : model::RoleId{};
  if (!role.known()) {
    return std::unexpected(Refusal{.code = RefusalCode::not_a_receiver,
                                   .step = command.step,
                                   .role = state.role,
                                   .partner = command.partner});
  }
  Event event{.kind = EventKind::hand_over_proposed,
              .happened = command.happened,
              .actor = command.actor,
              .step = command.step,
              .responsibility =
                  responsibility(state.responsibility, ResponsibilityEvent::hand_over, 0).next,
              .receiver = command.partner,
              .receiver_role = role,
              .reason = command.reason};
  if (const auto& within = draft.protocol()[command.step].accept_within) {
    event.hand_over_due = due_after(command.happened, *within, draft.plan.work_time);
  }
  draft.emit(std::move(event));
  return {};
}

Event answer_event(const Draft& draft, const Command& command, EventKind kind) {
  const auto& state = draft.state[command.step];
  return {
      .kind = kind,
      .happened = command.happened,
      .actor = command.actor,
      .step = command.step,
      .responsibility =
          responsibility(state.responsibility, ResponsibilityEvent::refuse, name_fact(state)).next,
      .receiver = state.receiver,
      .receiver_role = state.receiver_role,
      .reason = command.reason};
}

Done accept(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  auto event = answer_event(draft, command, EventKind::hand_over_accepted);
  event.responsibility = responsibility(state.responsibility, ResponsibilityEvent::accept, 0).next;
  take_with_it(draft, state, event);
  event.deputy = deputy_of(draft.protocol(), state);
  event.told = state.role;
  event.giver = state.partner;
  event.role = state.receiver_role;
  event.partner = state.receiver;
  event.person = command.actor.person;
  draft.emit(std::move(event));
  return {};
}

// The receiver says yes or no; who has it takes it back.
Done answer(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  if (state.responsibility != ResponsibilityState::handing_over) {
    return refuse(RefusalCode::no_hand_over_pending, command.step);
  }
  if (command.kind == CommandKind::take_back) {
    if (auto may = check_actor(draft, command); !may) {
      return may;
    }
    take_back(draft, command);
    return {};
  }
  if (!plays(command.actor, state.receiver_role, state.receiver)) {
    return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                   .step = command.step,
                                   .role = state.receiver_role,
                                   .partner = state.receiver});
  }
  if (command.kind == CommandKind::accept_hand_over) {
    return accept(draft, command);
  }
  if (command.reason.empty()) {
    return refuse(RefusalCode::why_needed, command.step);
  }
  draft.emit(answer_event(draft, command, EventKind::hand_over_refused));
  return {};
}

}  // namespace

bool may_hold(const model::Role& role, model::PartnerId partner) {
  switch (role.binding) {
    case model::Binding::beneficiary:
      return false;
    case model::Binding::held_by:
    case model::Binding::volunteer_of:
      return is_among(partner, role.partners);
    case model::Binding::chosen_by:
      return role.partners.empty() || is_among(partner, role.partners);
  }
  return false;
}

void end_hand_over(const StepState& now, Event& event) {
  if (now.responsibility == ResponsibilityState::handing_over) {
    event.receiver = now.receiver;
    event.receiver_role = now.receiver_role;
  }
}

void take_back(Draft& draft, const Command& command) {
  draft.emit(answer_event(draft, command, EventKind::hand_over_taken_back));
}

void expire_hand_over(Draft& draft, model::StepId step, model::Instant at, std::string why) {
  Command silence;
  silence.step = step;
  silence.happened = at;
  auto event = answer_event(draft, silence, EventKind::hand_over_expired);
  event.why = std::move(why);
  draft.emit(std::move(event));
}

// Whoever gave it by name has it again, otherwise the role.
void end_delegation(Draft& draft, model::StepId step, model::Instant at) {
  const auto& state = draft.state[step];
  Event event{.kind = EventKind::delegation_ended, .happened = at, .step = step, .why = "until"};
  event.person = std::string(draft.state.person(state.delegator));
  const auto back =
      state.delegator.known() ? ResponsibilityEvent::take : ResponsibilityEvent::release;
  const auto cell = responsibility(state.responsibility, back, responsibility_fact::plays_role);
  if (cell.verdict == Verdict::possible) {
    event.responsibility = cell.next;
  }
  draft.emit(std::move(event));
}

Done decide_on_hand_over(Draft& draft, const Command& command) {
  if (auto open = check_open(draft, command); !open) {
    return open;
  }
  const bool gives =
      command.kind == CommandKind::delegate || command.kind == CommandKind::hand_over;
  if (!gives) {
    return answer(draft, command);
  }
  if (auto may = check_actor(draft, command); !may) {
    return may;
  }
  if (auto in_hand = check_in_hand(draft, command); !in_hand) {
    return in_hand;
  }
  return command.kind == CommandKind::delegate ? delegate(draft, command)
                                               : hand_over(draft, command);
}

}  // namespace protoflow::engine
