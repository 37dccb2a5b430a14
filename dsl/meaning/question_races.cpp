// A step that can be withdrawn while somebody works on it: rarely meant, and always to be known.
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// The first step whose outcome can withdraw `step` while it is open: neither settled before it
// opens nor waiting for it.
const model::ConditionNode* first_race(const Asked& asked, std::uint16_t step) {
  for (const model::ConditionNode& node : asked.protocol.steps[step].unless.nodes) {
    const bool free = about_a_step(node.op) && node.subject != step &&
                      !asked.order.opens_after(step, node.subject) &&
                      !asked.order.opens_after(node.subject, step);
    if (free) {
      return &node;
    }
  }
  return nullptr;
}

}  // namespace

void ask_races(const Asked& asked) {
  if (!asked.order.known()) {
    return;
  }
  for (const std::uint16_t i : places_in(asked.protocol.steps)) {
    const Declared& one = declared(asked, NameKind::step, i);
    const model::ConditionNode* race =
        asked.protocol.steps[i].unless.empty() || unreadable(asked, one) ? nullptr
                                                                         : first_race(asked, i);
    if (race == nullptr) {
      continue;
    }
    const NodeIndex clause = clause_of(asked, one.node, Keyword::unless);
    tell_two(asked,
             Code::race,
             asked.tree[clause].span(),
             declared(asked, NameKind::step, race->subject).span,
             {one.name, asked.protocol.steps[race->subject].name});
  }
}

}  // namespace protoflow::dsl
