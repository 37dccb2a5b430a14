// Who reviews a step, and what each of its reviewers has said. Total, as the holder is: whatever
// the history, every reviewer that the protocol names stands in the list, with a partner.
#pragma once

#include <vector>

#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// In the order of the protocol. Requires that the step has a review and is in review.
[[nodiscard]] std::vector<ReviewerState> reviewers_of(const model::Protocol& protocol,
                                                      const CaseState& state,
                                                      model::StepId step);

[[nodiscard]] constexpr bool has_approved(const ReviewerState& reviewer) {
  return reviewer.review == ReviewState::approved ||
         reviewer.review == ReviewState::approved_with_reservations;
}

/// Nothing more is asked of them in this review.
[[nodiscard]] constexpr bool has_judged(const ReviewerState& reviewer) {
  return has_approved(reviewer) || reviewer.review == ReviewState::returned;
}

}  // namespace protoflow::engine
