#include "dsl/meaning/possible.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace protoflow::dsl {
namespace {

using model::Compare;
using model::Op;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// What is left to each subject; one that is not there may have any value.
struct Outlook {
  std::map<Subject, ValueRanges> left;
  std::optional<Subject> nothing_left;
};

ValueRanges joined(ValueRanges ranges) {
  std::sort(ranges.begin(), ranges.end());
  ValueRanges result;
  for (const ValueRange& range : ranges) {
    const bool touches =
        !result.empty() && (result.back().to == kMost || range.from <= result.back().to + 1);
    if (touches) {
      result.back().to = std::max(result.back().to, range.to);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

ValueRanges others(const ValueRanges& ranges) {
  ValueRanges result;
  std::int64_t from = kLeast;
  for (const ValueRange& range : ranges) {
    if (range.from > from) {
      result.push_back({from, range.from - 1});
    }
    if (range.to == kMost) {
      return result;
    }
    from = range.to + 1;
  }
  result.push_back({from, kMost});
  return result;
}

void append(ValueRanges& ranges, const ValueRanges& more) {
  ranges.insert(ranges.end(), more.begin(), more.end());
}

bool meet(const ValueRanges& ranges, const ValueRanges& values) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const ValueRange& range) {
    const auto found = std::lower_bound(
        values.begin(), values.end(), range.from, [](const ValueRange& value, std::int64_t from) {
          return value.to < from;
        });
    return found != values.end() && found->from <= range.to;
  });
}

ValueRanges compared(Compare compare, std::int64_t number) {
  switch (compare) {
    case Compare::equal:
      return {{number, number}};
    case Compare::not_equal:
      return others({{number, number}});
    case Compare::less:
      return number == kLeast ? ValueRanges{} : ValueRanges{{kLeast, number - 1}};
    case Compare::less_equal:
      return {{kLeast, number}};
    case Compare::greater:
      return number == kMost ? ValueRanges{} : ValueRanges{{number + 1, kMost}};
    case Compare::greater_equal:
      return {{number, kMost}};
  }
  return {};
}

bool can_be_not_needed(const model::Step& step) {
  const bool only_settled = std::all_of(
      step.after.nodes.begin(), step.after.nodes.end(), [](const model::ConditionNode& node) {
        return node.op != Op::step_outcome && node.op != Op::step_not_needed;
      });
  return !only_settled || !step.when.empty() || !step.unless.empty();
}

ValueRanges values_of_step(const model::Step& step) {
  ValueRanges values;
  const auto count = static_cast<std::int64_t>(step.outcomes.size());
  for (std::int64_t i = 0; i < count; ++i) {
    if (!step.outcomes[static_cast<std::size_t>(i)].ends_case.known()) {
      values.push_back({i, i});
    }
  }
  if (can_be_not_needed(step)) {
    values.push_back({count, count});
  }
  return joined(std::move(values));
}

bool can_have(const Possible& possible, Subject subject, const ValueRanges& ranges) {
  if (subject.kind == Subject::Kind::consent) {
    return meet(ranges, {{0, 1}});
  }
  if (subject.kind == Subject::Kind::step) {
    return possible.case_goes_on ? meet(ranges, possible.steps[subject.id]) : !ranges.empty();
  }
  const model::Information& information = possible.protocol.informations[subject.id];
  switch (information.type) {
    case model::InformationType::yes_or_no:
      return meet(ranges, {{0, 1}});
    case model::InformationType::scale:
    case model::InformationType::one_of:
      return meet(ranges, {{0, static_cast<std::int64_t>(information.levels.size()) - 1}});
    case model::InformationType::number:
    case model::InformationType::date:
    case model::InformationType::text:
      break;
  }
  return !ranges.empty();
}

// The values for which the atom is true; nothing said of them for "settled" and "known".
std::optional<ValueRanges> said(const Possible& possible, const model::ConditionNode& atom) {
  switch (atom.op) {
    case Op::information:
      return compared(atom.compare, atom.number);
    case Op::consent_given:
      return ValueRanges{{1, 1}};
    case Op::step_outcome:
      return ValueRanges{{atom.number, atom.number}};
    case Op::step_not_needed: {
      const auto count =
          static_cast<std::int64_t>(possible.protocol.steps[atom.subject].outcomes.size());
      return ValueRanges{{count, count}};
    }
    case Op::step_settled:
    case Op::information_known:
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
    case Op::negate:
      break;
  }
  return std::nullopt;
}

Outlook of_atom(const Possible& possible, const model::ConditionNode& atom, bool comes_true) {
  const auto ranges = said(possible, atom);
  if (!ranges) {
    return {};
  }
  const Subject subject = subject_of(atom);
  ValueRanges left = comes_true ? *ranges : others(*ranges);
  Outlook outlook;
  if (can_have(possible, subject, left)) {
    outlook.left.emplace(subject, std::move(left));
  } else {
    outlook.nothing_left = subject;
  }
  return outlook;
}

// All of the operands: what each leaves out is left out.
Outlook all_of(const Possible& possible, const std::vector<Outlook>& operands) {
  std::map<Subject, ValueRanges> left_out;
  for (const Outlook& operand : operands) {
    if (operand.nothing_left) {
      return operand;
    }
    for (const auto& [subject, ranges] : operand.left) {
      append(left_out[subject], others(ranges));
    }
  }
  Outlook outlook;
  for (auto& [subject, ranges] : left_out) {
    ValueRanges left = others(joined(std::move(ranges)));
    if (!can_have(possible, subject, left)) {
      outlook.nothing_left = subject;
      return outlook;
    }
    outlook.left.emplace(subject, std::move(left));
  }
  return outlook;
}

// Any of the operands: a subject is bound only where each that can be true binds it.
Outlook any_of(const std::vector<Outlook>& operands) {
  std::map<Subject, std::pair<std::size_t, ValueRanges>> left;
  std::size_t possible = 0;
  for (const Outlook& operand : operands) {
    if (operand.nothing_left) {
      continue;
    }
    ++possible;
    for (const auto& [subject, ranges] : operand.left) {
      ++left[subject].first;
      append(left[subject].second, ranges);
    }
  }
  if (possible == 0 && !operands.empty()) {
    return operands.front();
  }
  Outlook outlook;
  for (auto& [subject, bound] : left) {
    if (bound.first == possible) {
      outlook.left.emplace(subject, joined(std::move(bound.second)));
    }
  }
  return outlook;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kNesting
Outlook of_condition(const Possible& possible,
                     const model::Condition& condition,
                     std::size_t& at,
                     bool comes_true) {
  const model::ConditionNode& node = condition.nodes[at++];
  if (node.op == Op::negate) {
    return of_condition(possible, condition, at, !comes_true);
  }
  const bool joining = node.op == Op::all_of || node.op == Op::any_of || node.op == Op::at_least;
  if (!joining) {
    return of_atom(possible, node, comes_true);
  }
  std::vector<Outlook> operands;
  operands.reserve(node.children);
  for (std::uint16_t i = 0; i < node.children; ++i) {
    operands.push_back(of_condition(possible, condition, at, comes_true));
  }
  if (node.op == Op::at_least) {
    return comes_true && node.number == node.children ? all_of(possible, operands)
                                                      : any_of(operands);
  }
  return (node.op == Op::all_of) == comes_true ? all_of(possible, operands) : any_of(operands);
}

}  // namespace

Possible::Possible(const model::Protocol& of_protocol) : protocol(of_protocol) {
  steps.reserve(protocol.steps.size());
  for (const model::Step& step : protocol.steps) {
    steps.push_back(values_of_step(step));
  }
}

Subject subject_of(const model::ConditionNode& atom) {
  switch (atom.op) {
    case Op::information:
    case Op::information_known:
      return {Subject::Kind::information, atom.subject};
    case Op::consent_given:
      return {Subject::Kind::consent, atom.subject};
    case Op::step_settled:
    case Op::step_outcome:
    case Op::step_not_needed:
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
    case Op::negate:
      break;
  }
  return {Subject::Kind::step, atom.subject};
}

std::optional<Subject> contradiction(const Possible& possible,
                                     std::span<const model::Condition* const> conditions) {
  std::vector<Outlook> operands;
  for (const model::Condition* condition : conditions) {
    std::size_t at = 0;
    if (!condition->empty()) {
      operands.push_back(of_condition(possible, *condition, at, true));
    }
  }
  return all_of(possible, operands).nothing_left;
}

bool can_be(const Possible& possible, const model::ConditionNode& atom) {
  return !of_atom(possible, atom, true).nothing_left;
}

}  // namespace protoflow::dsl
