// Whoever was asked first and was slow to answer is still welcome, as long as nobody else has taken
// the step: it goes back to them, and whoever had it meanwhile is told.
#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// Which of the turns before the present one was the actor's; nullopt when none was.
std::optional<std::uint8_t> turn_of(const Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const auto role = draft.protocol()[command.step].responsible;
  if (!plays(command.actor, role, command.actor.partner)) {
    return {};
  }
  const bool escalated = state.entrusted != role;
  for (std::optional<std::uint8_t> passed = 0; passed && (escalated || *passed < state.deputy);
       passed = next_in_turn(draft.protocol(), draft.state, role, *passed)) {
    const auto asked = holder(draft.protocol(), draft.state, role, *passed);
    if (asked.waits_for_referral || asked.role != role) {
      return {};
    }
    if (asked.partner == command.actor.partner) {
      return passed;
    }
  }
  return {};
}

}  // namespace

void answer_late(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const bool free = state.work == WorkState::offered && !state.person.known() &&
                    state.responsibility == ResponsibilityState::with_role;
  if (!free || plays(command.actor, state.role, state.partner)) {
    return;
  }
  const auto passed = turn_of(draft, command);
  if (!passed) {
    return;
  }
  draft.emit(
      {.kind = EventKind::step_answered_late,
       .happened = command.happened,
       .actor = command.actor,
       .step = command.step,
       .responsibility = responsibility(state.responsibility, ResponsibilityEvent::assign, 0).next,
       .deputy = passed,
       .offer_due = model::kNever,
       .role = draft.protocol()[command.step].responsible,
       .partner = command.actor.partner,
       .told = state.role,
       .giver = state.partner});
}

}  // namespace protoflow::engine
