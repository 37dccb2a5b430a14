#include "dsl/meaning/order.hpp"

#include <algorithm>

namespace protoflow::dsl {
namespace {

using model::Op;
using Row = std::vector<BitTable::Word>;

constexpr BitTable::Word kAll = ~BitTable::Word{0};

Row of(std::span<const BitTable::Word> words) {
  return {words.begin(), words.end()};
}

void add(Row& row, const Row& other) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] |= other[i];
  }
}

void keep_common(Row& row, const Row& other) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] &= other[i];
  }
}

// For each step, the steps that have settled for sure once it is open, and once it has settled
// itself (itself included).
struct Sure {
  BitTable opened, settled;
  std::size_t words = 0;

  [[nodiscard]] Row none() const { return Row(words, 0); }

  [[nodiscard]] Row all() const { return Row(words, kAll); }
};

Row with_itself(const Sure& sure, std::uint16_t step) {
  Row row = of(sure.opened.row(step));
  row[step / 64] |= BitTable::Word{1} << (step % 64);
  return row;
}

Row of_atom(const Sure& sure, const model::ConditionNode& node, bool comes_true) {
  switch (node.op) {
    case Op::step_settled:  // never false for good
      return comes_true ? of(sure.settled.row(node.subject)) : sure.all();
    case Op::step_outcome:
      return comes_true ? with_itself(sure, node.subject) : of(sure.settled.row(node.subject));
    case Op::step_not_needed:
      return comes_true ? of(sure.settled.row(node.subject)) : with_itself(sure, node.subject);
    case Op::information_known:
    case Op::information:
    case Op::consent_given:
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
    case Op::negate:
      break;
  }
  return sure.none();
}

// The steps that have settled for sure once the condition at `at` is true, or false for good.
// Conditions are nested no deeper than the grammar lets them.
// NOLINTNEXTLINE(misc-no-recursion): bounded by kNesting
Row of_condition(const Sure& sure,
                 const model::Condition& condition,
                 std::size_t& at,
                 bool comes_true) {
  const model::ConditionNode& node = condition.nodes[at++];
  if (node.op == Op::negate) {
    return of_condition(sure, condition, at, !comes_true);
  }
  const bool joined = node.op == Op::all_of || node.op == Op::any_of || node.op == Op::at_least;
  if (!joined) {
    return of_atom(sure, node, comes_true);
  }
  const bool all =
      node.op == Op::all_of || (node.op == Op::at_least && node.number == node.children);
  const bool each = comes_true == all && (comes_true || node.op != Op::at_least);
  Row row = each ? sure.none() : sure.all();
  for (std::uint16_t i = 0; i < node.children; ++i) {
    const Row operand = of_condition(sure, condition, at, comes_true);
    each ? add(row, operand) : keep_common(row, operand);
  }
  return row;
}

Row once(const Sure& sure, const model::Condition& condition, bool comes_true) {
  std::size_t at = 0;
  return condition.empty() ? (comes_true ? sure.none() : sure.all())
                           : of_condition(sure, condition, at, comes_true);
}

void look_at(Sure& sure, const model::Step& step, std::uint16_t id) {
  Row opened = once(sure, step.after, true);
  Row not_needed = once(sure, step.when, false);
  add(not_needed, opened);
  keep_common(not_needed, once(sure, step.after, false));
  add(opened, once(sure, step.when, true));
  std::copy(opened.begin(), opened.end(), sure.opened.row(id).begin());
  keep_common(opened, not_needed);
  if (!step.unless.empty()) {
    opened = sure.none();  // withdrawn at any time
  }
  std::copy(opened.begin(), opened.end(), sure.settled.row(id).begin());
  sure.settled.set(id, id);
}

// Empty when steps wait for one another.
std::vector<std::uint16_t> sequence_of(const model::Protocol& protocol) {
  const std::size_t count = protocol.steps.size();
  std::vector<std::vector<std::uint16_t>> waited_by(count);
  std::vector<std::size_t> waits(count, 0);
  for (const std::uint16_t i : places_in(protocol.steps)) {
    for (const std::uint16_t other : awaited_steps(protocol.steps[i])) {
      waited_by[other].push_back(i);
      ++waits[i];
    }
  }
  std::vector<std::uint16_t> sequence;
  for (const std::uint16_t i : places_in(protocol.steps)) {
    if (waits[i] == 0) {
      sequence.push_back(i);
    }
  }
  for (std::size_t next = 0; next < sequence.size(); ++next) {
    for (const std::uint16_t other : waited_by[sequence[next]]) {
      if (--waits[other] == 0) {
        sequence.push_back(other);
      }
    }
  }
  return sequence.size() == count ? sequence : std::vector<std::uint16_t>{};
}

}  // namespace

Order::Order(const model::Protocol& protocol) : sequence_(sequence_of(protocol)) {
  const std::size_t count = protocol.steps.size();
  known_ = sequence_.size() == count;
  Sure sure{BitTable(count, count), BitTable(count, count), (count + 63) / 64};
  for (const std::uint16_t step : sequence_) {
    look_at(sure, protocol.steps[step], step);
  }
  opened_ = std::move(sure.opened);
}

bool about_a_step(model::Op op) {
  return op == Op::step_settled || op == Op::step_outcome || op == Op::step_not_needed;
}

std::vector<std::uint16_t> awaited_steps(const model::Step& step) {
  std::vector<std::uint16_t> awaited;
  for (const model::Condition* condition : {&step.after, &step.when}) {
    for (const model::ConditionNode& node : condition->nodes) {
      if (about_a_step(node.op)) {
        awaited.push_back(node.subject);
      }
    }
  }
  std::sort(awaited.begin(), awaited.end());
  awaited.erase(std::unique(awaited.begin(), awaited.end()), awaited.end());
  return awaited;
}

}  // namespace protoflow::dsl
