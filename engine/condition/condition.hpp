// The value of a condition now: true, false for good, or not yet. This is the whole semantics of
// `after`, `when`, `unless` and of endings (docs/language.md, "How conditions decide").
#pragma once

#include <cstdint>
#include <vector>

#include "engine/model/condition.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

enum class Truth : std::uint8_t { no, not_yet, yes };

/// Strong Kleene logic over three values; empty is `yes`. An atom about a step that has not settled
/// is `not_yet`; a step that settled as not needed or withdrawn has no outcome, so `is OUTCOME` is
/// `no`. An information that nobody has recorded is `not_yet`, except `is known`, which is never
/// `no`. A recorded information whose value was erased is `not_yet`. `at_least`: yes when `number`
/// operands are yes, no when too few can still become yes.
[[nodiscard]] Truth evaluate(const model::Condition& condition, const CaseState& state);

/// The informations that make the condition `not_yet` now, each once, in the order of the text:
/// "waits for …".
[[nodiscard]] std::vector<model::InformationId> missing_informations(
    const model::Condition& condition, const CaseState& state);

/// Whether a step that has just been done begins again: `repeat until` does not hold yet, and
/// rounds are left. "At most N times" counts every round, also those that an outcome has reopened.
[[nodiscard]] bool will_repeat(const model::Step& step,
                               const StepState& now,
                               const CaseState& state);

/// The steps that the condition mentions, each once, sorted.
[[nodiscard]] std::vector<model::StepId> steps_of(const model::Condition& condition);

}  // namespace protoflow::engine
