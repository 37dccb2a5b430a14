#include "engine/condition/condition.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace protoflow::engine {
namespace {

using model::ConditionNode;
using model::Op;

constexpr Truth truth(bool holds) {
  return holds ? Truth::yes : Truth::no;
}

constexpr Truth opposite(Truth value) {
  switch (value) {
    case Truth::no:
      return Truth::yes;
    case Truth::yes:
      return Truth::no;
    case Truth::not_yet:
      return Truth::not_yet;
  }
  return Truth::not_yet;
}

bool compares(std::int64_t left, model::Compare how, std::int64_t right) {
  switch (how) {
    case model::Compare::equal:
      return left == right;
    case model::Compare::not_equal:
      return left != right;
    case model::Compare::less:
      return left < right;
    case model::Compare::less_equal:
      return left <= right;
    case model::Compare::greater:
      return left > right;
    case model::Compare::greater_equal:
      return left >= right;
  }
  return false;
}

Truth consent(ConsentAnswer answer) {
  switch (answer) {
    case ConsentAnswer::not_asked:
      return Truth::not_yet;
    case ConsentAnswer::given:
      return Truth::yes;
    case ConsentAnswer::refused:
    case ConsentAnswer::withdrawn:
    case ConsentAnswer::expired:
      return Truth::no;
  }
  return Truth::not_yet;
}

Truth information(const ConditionNode& node, const CaseState& state) {
  const InformationState& held = state.informations[node.subject];
  if (held.known != Known::yes) {
    return Truth::not_yet;
  }
  return truth(node.op == Op::information_known ||
               compares(held.value.number, node.compare, node.number));
}

Truth step(const ConditionNode& node, const CaseState& state) {
  const StepState& subject = state.steps[node.subject];
  if (!is_settled(subject.work)) {
    return Truth::not_yet;
  }
  if (node.op == Op::step_settled) {
    return Truth::yes;
  }
  if (node.op == Op::step_not_needed) {
    return truth(subject.work == WorkState::not_needed);
  }
  return truth(subject.work == WorkState::done && subject.outcome.value == node.number);
}

constexpr bool is_over_operands(Op op) {
  return op == Op::all_of || op == Op::any_of || op == Op::at_least || op == Op::negate;
}

constexpr bool is_over_step(Op op) {
  return op == Op::step_settled || op == Op::step_outcome || op == Op::step_not_needed;
}

constexpr bool is_over_information(Op op) {
  return op == Op::information || op == Op::information_known;
}

std::size_t operands_of(const ConditionNode& node) {
  if (node.op == Op::negate) {
    return 1;
  }
  return is_over_operands(node.op) ? node.children : 0;
}

Truth atom(const ConditionNode& node, const CaseState& state) {
  if (is_over_step(node.op)) {
    return step(node, state);
  }
  if (is_over_information(node.op)) {
    return information(node, state);
  }
  return consent(state.consents[node.subject]);
}

struct Subtree {
  Truth value;
  std::size_t nodes;
};

Truth combine(const ConditionNode& node, std::span<const Subtree> operands) {
  if (node.op == Op::negate) {
    return operands.empty() ? Truth::not_yet : opposite(operands.front().value);
  }
  const auto yes = std::ranges::count(operands, Truth::yes, &Subtree::value);
  const auto possible =
      std::ssize(operands) - std::ranges::count(operands, Truth::no, &Subtree::value);
  std::int64_t wanted = node.number;
  if (node.op == Op::all_of) {
    wanted = std::ssize(operands);
  } else if (node.op == Op::any_of) {
    wanted = 1;
  }
  if (yes >= wanted) {
    return Truth::yes;
  }
  return possible < wanted ? Truth::no : Truth::not_yet;
}

/// Shows `visit` the place of every subtree and what it is, from the last node to the first: in
/// preorder read backwards, the operands of a node are the newest entries of the stack, its first
/// operand on top.
template <class Visit>
void for_each_subtree(const model::Condition& condition, const CaseState& state, Visit visit) {
  std::array<Subtree, 16> some;  // most conditions are small: no allocation
  std::vector<Subtree> many(condition.nodes.size() > some.size() ? condition.nodes.size() : 0);
  const auto stack = many.empty() ? std::span<Subtree>(some) : std::span<Subtree>(many);
  std::size_t height = 0;

  for (std::size_t place = condition.nodes.size(); place-- > 0;) {
    const ConditionNode& node = condition.nodes[place];
    const std::size_t operands = std::min(operands_of(node), height);
    const auto below = stack.subspan(height - operands, operands);
    Subtree whole{.value = is_over_operands(node.op) ? combine(node, below) : atom(node, state),
                  .nodes = 1};
    for (const auto& operand : below) {
      whole.nodes += operand.nodes;
    }
    height -= operands;
    stack[height++] = whole;
    visit(place, whole);
  }
}

}  // namespace

Truth evaluate(const model::Condition& condition, const CaseState& state) {
  if (condition.nodes.size() == 1 && !is_over_operands(condition.nodes.front().op)) {
    return atom(condition.nodes.front(),
                state);  // most conditions, and most of what a decision costs
  }
  Truth last = Truth::yes;
  if (condition.empty()) {
    return last;
  }
  for_each_subtree(
      condition, state, [&last](std::size_t, const Subtree& whole) { last = whole.value; });
  return last;
}

std::vector<model::InformationId> missing_informations(const model::Condition& condition,
                                                       const CaseState& state) {
  std::vector<Subtree> subtrees(condition.nodes.size());
  for_each_subtree(
      condition, state, [&](std::size_t place, const Subtree& whole) { subtrees[place] = whole; });

  std::vector<model::InformationId> missing;
  for (std::size_t place = 0; place < subtrees.size();) {
    if (subtrees[place].value != Truth::not_yet) {
      place += subtrees[place].nodes;  // decided without what stands below
      continue;
    }
    const ConditionNode& node = condition.nodes[place++];
    const model::InformationId subject{node.subject};
    if (is_over_information(node.op) && std::ranges::find(missing, subject) == missing.end()) {
      missing.push_back(subject);
    }
  }
  return missing;
}

bool will_repeat(const model::Step& step, const StepState& now, const CaseState& state) {
  return step.repeat && now.round < step.repeat->times_max &&
         evaluate(step.repeat->until, state) != Truth::yes;
}

std::vector<model::StepId> steps_of(const model::Condition& condition) {
  std::vector<model::StepId> steps;
  for (const ConditionNode& node : condition.nodes) {
    if (is_over_step(node.op)) {
      steps.push_back(model::StepId{node.subject});
    }
  }
  std::ranges::sort(steps);
  const auto repeated = std::ranges::unique(steps);
  steps.erase(repeated.begin(), repeated.end());
  return steps;
}

}  // namespace protoflow::engine
