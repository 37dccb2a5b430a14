// How a condition becomes arrows: one an atom, and a join where several must or may come together.
// Shared by the picture's formats; draws nothing.
#pragma once

#include <string>
#include <vector>

#include "engine/model/condition.hpp"

namespace protoflow::dsl {

/// A place that still waits for arrows: a node, a join, or the operand of a join.
struct Target {
  std::string node;
  std::size_t left = 1;
  bool is_join = false;
};

[[nodiscard]] constexpr bool is_group(const model::ConditionNode& node) {
  return node.op == model::Op::all_of || node.op == model::Op::any_of ||
         node.op == model::Op::at_least;
}

[[nodiscard]] constexpr bool is_of_a_step(const model::ConditionNode& node) {
  return node.op == model::Op::step_settled || node.op == model::Op::step_outcome ||
         node.op == model::Op::step_not_needed;
}

/// Walks `condition` towards `node`. `add_join(group, target)` makes a join that leads to the
/// target and returns its node; `add_atom(atom, target)` draws the arrow of one step. `merge_any`:
/// alternatives lead straight to the node, each with its own arrow.
template <class AddJoin, class AddAtom>
void draw_condition(const model::Condition& condition,
                    const Target& node,
                    bool merge_any,
                    AddJoin add_join,
                    AddAtom add_atom) {
  std::vector<Target> open = {node};
  for (const model::ConditionNode& part : condition.nodes) {
    const Target target = open.back();
    --open.back().left;
    if (part.op == model::Op::negate) {
      open.push_back({target.node, 1, target.is_join});
    } else if (is_group(part)) {
      const bool straight = part.children < 2 || (merge_any && part.op == model::Op::any_of);
      open.push_back(straight ? Target{target.node, part.children, target.is_join}
                              : Target{add_join(part, target), part.children, true});
    } else if (is_of_a_step(part)) {
      add_atom(part, target);
    }
    while (open.size() > 1 && open.back().left == 0) {
      open.pop_back();
    }
  }
}

}  // namespace protoflow::dsl
