// The reviewers of a step as others find them: asked, gone to another partner, back again. What is
// one of several's stands beside the step's own review.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

bool has_several(const Draft& draft, model::StepId step) {
  return draft.protocol()[step].review->by.size() > 1;
}

void assign(Draft& draft, const ReviewerState& reviewer, Event event) {
  event.kind = EventKind::review_assigned;
  event.step = reviewer.step;
  if (has_several(draft, reviewer.step)) {
    event.reviewers = {{.role = reviewer.role,
                        .review = std::exchange(event.review, {}),
                        .partner = std::exchange(event.review_partner, {}),
                        .person = std::exchange(event.reviewer, {})}};
  }
  draft.emit(std::move(event));
}

}  // namespace

std::vector<ReviewerChange> ask_reviewers(const Draft& draft, model::StepId step) {
  std::vector<ReviewerChange> asked;
  for (const auto role : draft.protocol()[step].review->by) {
    asked.push_back({.role = role,
                     .review = ReviewState::requested,
                     .partner = holder(draft.protocol(), draft.state, role).partner,
                     .person = ""});
  }
  return asked;
}

std::vector<ReviewerState> awaited_reviewers(const Draft& draft, model::StepId step) {
  if (draft.state[step].work != WorkState::in_review) {
    return {};
  }
  auto reviewers = reviewers_of(draft.protocol(), draft.state, step);
  std::erase_if(reviewers, has_judged);
  return reviewers;
}

void leave_review(Draft& draft,
                  const ReviewerState& reviewer,
                  model::PartnerId partner,
                  Event event) {
  event.review_partner = partner;
  event.reviewer = "";
  if (reviewer.review == ReviewState::reviewing) {
    event.review = ReviewState::requested;
  }
  assign(draft, reviewer, std::move(event));
}

void regain_review(Draft& draft, const ReviewerState& reviewer, Event event) {
  event.review = ReviewState::reviewing;
  event.review_partner = reviewer.partner;
  assign(draft, reviewer, std::move(event));
}

void ask_again(Draft& draft, model::StepId step, model::Instant at, std::string why) {
  if (draft.state[step].work != WorkState::in_review || !has_several(draft, step)) {
    return;
  }
  for (const auto& reviewer : reviewers_of(draft.protocol(), draft.state, step)) {
    if (has_judged(reviewer)) {
      Event event{.happened = at, .review = ReviewState::requested, .reviewer = "", .why = why};
      event.review_partner = holder(draft.protocol(), draft.state, reviewer.role).partner;
      assign(draft, reviewer, std::move(event));
    }
  }
  withdraw_reservations_of_round(draft, step, at, std::move(why));
}

}  // namespace protoflow::engine
