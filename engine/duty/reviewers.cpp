#include "engine/duty/reviewers.hpp"

#include <algorithm>

#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

ReviewerState only_reviewer(const StepState& step, model::StepId id, model::RoleId role) {
  return {.step = id,
          .role = role,
          .review = step.review,
          .partner = step.review_partner,
          .person = step.reviewer,
          .away = step.review_away,
          .since_version = step.review_since_version,
          .since = step.review_since};
}

ReviewerState one_of_several(const CaseState& state, model::StepId id, model::RoleId role) {
  const auto found = std::ranges::find_if(state.reviewers, [&](const ReviewerState& reviewer) {
    return reviewer.step == id && reviewer.role == role;
  });
  return found != state.reviewers.end()
             ? *found
             : ReviewerState{.step = id,
                             .role = role,
                             .review = ReviewState::requested,
                             .since_version = state[id].completed_version,
                             .since = state[id].completed};
}

}  // namespace

std::vector<ReviewerState> reviewers_of(const model::Protocol& protocol,
                                        const CaseState& state,
                                        model::StepId step) {
  std::vector<ReviewerState> list;
  const auto& roles = protocol[step].review->by;
  for (const auto role : roles) {
    auto& reviewer = list.emplace_back(roles.size() == 1 ? only_reviewer(state[step], step, role)
                                                         : one_of_several(state, step, role));
    if (!reviewer.partner.known()) {
      reviewer.partner = holder(protocol, state, role).partner;
    }
  }
  return list;
}

}  // namespace protoflow::engine
