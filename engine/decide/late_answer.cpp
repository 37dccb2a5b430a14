// Whoever was asked first and was slow to answer is still welcome, as long as nobody else has taken
// the step: it goes back to them, and whoever had it meanwhile is told.
#include "engine/decide/late_answer.hpp"

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

std::optional<std::uint8_t> turn_before(const model::Protocol& protocol,
                                        const CaseState& state,
                                        model::StepId id,
                                        const Actor& actor) {
  const auto& step = state[id];
  const auto role = protocol[id].responsible;
  const bool free = step.work == WorkState::offered && !step.person.known() &&
                    step.responsibility == ResponsibilityState::with_role;
  if (!free || plays(actor, step.role, step.partner) || !plays(actor, role, actor.partner)) {
    return {};
  }
  const bool escalated = step.entrusted != role;
  for (std::optional<std::uint8_t> passed = 0; passed && (escalated || *passed < step.deputy);
       passed = next_in_turn(protocol, state, role, *passed)) {
    const auto asked = holder(protocol, state, role, *passed);
    if (asked.waits_for_referral || asked.role != role) {
      return {};
    }
    if (asked.partner == actor.partner) {
      return passed;
    }
  }
  return {};
}

void answer_late(Draft& draft, const Command& command) {
  const auto& state = draft.state[command.step];
  const auto passed = turn_before(draft.protocol(), draft.state, command.step, command.actor);
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
