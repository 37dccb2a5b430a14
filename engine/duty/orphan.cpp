#include "engine/duty/orphan.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "engine/duty/duty.hpp"
#include "engine/duty/holder.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

using std::chrono::milliseconds;

OrphanCause cause_of(std::string_view why) {
  if (why == "absent") {
    return OrphanCause::absent;
  }
  if (why == "removed") {
    return OrphanCause::removed;
  }
  return why == "partner_left" ? OrphanCause::partner_left : OrphanCause::not_taken;
}

// What the event makes the cause of the step's orphan time, from then on.
std::optional<OrphanCause> step_cause(const Event& event) {
  if (event.kind == EventKind::step_declined) {
    return OrphanCause::declined;
  }
  if (event.kind == EventKind::step_offer_expired) {
    return OrphanCause::offer_expired;
  }
  if (event.kind == EventKind::step_escalated) {
    return OrphanCause::escalated;
  }
  const bool is_with_the_role = event.person.has_value() && event.person->empty();
  if (event.kind == EventKind::step_offered || is_with_the_role) {
    return cause_of(event.why);
  }
  return std::nullopt;
}

std::optional<OrphanCause> review_cause(const Event& event,
                                        const std::optional<std::string>& reviewer) {
  if (event.kind == EventKind::review_recused) {
    return OrphanCause::declined;
  }
  const bool is_with_the_role = reviewer.has_value() && reviewer->empty();
  return is_with_the_role ? std::optional(cause_of(event.why)) : std::nullopt;
}

class Measure {
 public:
  explicit Measure(const model::Protocol& protocol)
      : protocol_(&protocol), state_(empty_case(protocol)), of_steps_(protocol.steps.size()) {
    time_.by_step.resize(protocol.steps.size());
    time_.by_partner.resize(protocol.partners.size());
  }

  void take(const Event& event) {
    pass(event.happened);
    apply(state_, event);
    if (event.step.known()) {
      of_steps_[event.step.value] = step_cause(event).value_or(of_steps_[event.step.value]);
      note_reviews(event);
    }
  }

  void come_over(const Event& event, const model::Protocol& to) {
    const auto& mapping = event.mapping.front();
    pass(event.happened);
    apply(state_, event);
    move(of_steps_, mapping.steps, to.steps.size());
    std::map<std::pair<model::StepId, model::RoleId>, OrphanCause> of_reviews;
    for (const auto& [review, cause] : of_reviews_) {
      of_reviews[{mapping.steps[review.first.value], mapping.roles[review.second.value]}] = cause;
    }
    of_reviews_ = std::move(of_reviews);
    move(time_.by_step, mapping.steps, to.steps.size());
    move(time_.by_partner, mapping.partners, to.partners.size());
    protocol_ = &to;
  }

  // What was recorded late happened before: nothing is counted twice.
  void pass(model::Instant until) {
    if (at_ != model::kNever && until > at_ && is_running(state_.status)) {
      for (const auto& duty : duties(*protocol_, state_)) {
        count(duty, until - at_);
      }
    }
    at_ = at_ == model::kNever ? until : std::max(at_, until);
  }

  [[nodiscard]] OrphanTime take_time() { return std::move(time_); }

 private:
  void note_reviews(const Event& event) {
    const auto note = [&](model::RoleId role, const std::optional<std::string>& reviewer) {
      if (const auto cause = review_cause(event, reviewer)) {
        of_reviews_[{event.step, role}] = *cause;
      }
    };
    const auto& review = (*protocol_)[event.step].review;
    if (review && review->by.size() == 1) {
      note(review->by.front(), event.reviewer);
    }
    for (const auto& change : event.reviewers) {
      note(change.role, change.person);
    }
  }

  void count(const Duty& duty, milliseconds passed) {
    const bool is_step = duty.kind == DutyKind::step && duty.work != WorkState::in_review;
    if (!duty.person.empty() || (!is_step && duty.kind != DutyKind::review)) {
      return;
    }
    auto cause = is_step ? of_steps_[duty.step.value] : of_reviews_[{duty.step, duty.role}];
    if (holder(*protocol_, state_, duty.role).waits_for_referral) {
      cause = OrphanCause::waits_for_referral;
    }
    time_.by_cause[static_cast<std::size_t>(cause)] += passed;
    time_.by_step[duty.step.value] += passed;
    time_.by_partner[duty.partner.value] += passed;
  }

  template <class Figure, class Id>
  static void move(std::vector<Figure>& figures, const std::vector<Id>& places, std::size_t size) {
    std::vector<Figure> moved(size);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      if (places[i].known()) {
        moved[places[i].value] = figures[i];
      }
    }
    figures = std::move(moved);
  }

  const model::Protocol* protocol_;  // that the case goes by now
  CaseState state_;
  std::vector<OrphanCause> of_steps_;
  std::map<std::pair<model::StepId, model::RoleId>, OrphanCause> of_reviews_;
  OrphanTime time_;
  model::Instant at_ = model::kNever;
};

}  // namespace

milliseconds OrphanTime::total() const {
  return std::accumulate(by_cause.begin(), by_cause.end(), milliseconds{0});
}

OrphanTime orphan_time(const model::Protocol& protocol,
                       std::span<const Event> history,
                       model::Instant until,
                       std::span<const model::Protocol* const> later) {
  Measure measure(protocol);
  for (const auto& event : history) {
    if (event.kind == EventKind::case_migrated) {
      measure.come_over(event, *later.front());
      later = later.subspan(1);
    } else {
      measure.take(event);
    }
  }
  measure.pass(until);
  return measure.take_time();
}

}  // namespace protoflow::engine
