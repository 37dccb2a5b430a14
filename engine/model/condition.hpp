// Conditions as data: a preorder array of nodes, no pointers. engine/condition gives them one of
// three values: true, false for good, not yet.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/id.hpp"

namespace protoflow::model {

enum class Op : std::uint8_t {
  all_of,             // `children` operands follow
  any_of,             // `children` operands follow
  at_least,           // `number` of the `children` operands that follow (2 of a, b, c)
  negate,             // one operand follows; guards only, never over steps
  step_settled,       // subject: StepId; done or not needed
  step_outcome,       // subject: StepId, number: OutcomeId; done with that outcome
  step_not_needed,    // subject: StepId
  information_known,  // subject: InformationId
  information,        // subject: InformationId; its value compared with `number`
  consent_given,      // subject: ConsentId
};

enum class Compare : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

/// A node of a condition. For `information`, `number` is 0 or 1 for yes-or-no, the place of the
/// level for scale and one-of, thousandths for a number, days since 1970-01-01 for a date.
struct ConditionNode {
  Op op = Op::all_of;
  Compare compare = Compare::equal;
  std::uint16_t subject = 0;
  std::uint16_t children = 0;
  std::int64_t number = 0;

  friend bool operator==(const ConditionNode&, const ConditionNode&) = default;
};

/// Preorder; empty means "always true".
struct Condition {
  std::vector<ConditionNode> nodes;

  [[nodiscard]] bool empty() const { return nodes.empty(); }

  friend bool operator==(const Condition&, const Condition&) = default;
};

}  // namespace protoflow::model
