// Which values conditions leave to what they speak of, one thing at a time: enough to see that a
// condition asks for what is not there, or for two things at once. Conditions that contradict each
// other over several things are a question of proof.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// What an atom of a condition speaks of.
struct Subject {
  enum class Kind : std::uint8_t { step, information, consent };

  Kind kind = Kind::step;
  std::uint16_t id = 0;

  friend auto operator<=>(const Subject&, const Subject&) = default;
};

[[nodiscard]] Subject subject_of(const model::ConditionNode& atom);

/// Values from `from` to `to`, both included; an outcome by its number, "not needed" after the
/// last.
struct ValueRange {
  std::int64_t from = 0, to = 0;

  friend auto operator<=>(const ValueRange&, const ValueRange&) = default;
};

using ValueRanges = std::vector<ValueRange>;  // sorted, apart

/// What every condition is looked at with. An outcome that ends the case is awaited in vain.
struct Possible {
  explicit Possible(const model::Protocol& of_protocol);

  const model::Protocol& protocol;
  std::vector<ValueRanges> steps;
  bool case_goes_on = true;  // false: an ending may speak of outcomes that end the case
};

/// What leaves the conditions, taken together, no way to be true; nothing when there may be one.
/// Takes time n log n in the conditions' length.
[[nodiscard]] std::optional<Subject> contradiction(
    const Possible& possible, std::span<const model::Condition* const> conditions);

/// True when a single atom can be true.
[[nodiscard]] bool can_be(const Possible& possible, const model::ConditionNode& atom);

}  // namespace protoflow::dsl
