// The person accompanied has a say: does a step, approves one, is asked for feedback or at an
// evaluation, or may leave. Being there while others work is not yet a say.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

bool names_the_person(const std::vector<model::RoleId>& roles) {
  return std::find(roles.begin(), roles.end(), model::kBeneficiary) != roles.end();
}

bool in_a_step(const model::Protocol& protocol) {
  return std::any_of(protocol.steps.begin(), protocol.steps.end(), [](const model::Step& step) {
    return step.responsible == model::kBeneficiary ||
           (step.review && step.review->is_by(model::kBeneficiary));
  });
}

bool in_a_routine(const model::Protocol& protocol) {
  return std::any_of(
      protocol.routines.begin(), protocol.routines.end(), [](const model::Routine& routine) {
        const bool asks = routine.purpose != model::RoutinePurpose::exchange;
        return asks &&
               (routine.responsible == model::kBeneficiary || names_the_person(routine.with));
      });
}

bool may_leave(const model::Protocol& protocol) {
  return std::any_of(
      protocol.endings.begin(), protocol.endings.end(), [](const model::Ending& ending) {
        return ending.at_any_time_by == model::kBeneficiary;
      });
}

}  // namespace

void ask_voice(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  const bool doubted = asked.unread.anything || doubted_by(asked, "12349");
  if (doubted || asked.names.protocols().empty() || protocol.steps.empty()) {
    return;
  }
  if (!in_a_step(protocol) && !in_a_routine(protocol) && !may_leave(protocol)) {
    const Span place = asked.tree[asked.names.protocols().front() + 1].span();
    tell(asked, Code::beneficiary_without_voice, place, {protocol.roles.front().name});
  }
}

}  // namespace protoflow::dsl
