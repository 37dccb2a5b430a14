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

// A duty that is with nobody by name: a step's, or the review of it that a role owes.
struct Owed {
  model::StepId step;
  model::RoleId reviewer;  // unknown: the step itself

  friend auto operator<=>(const Owed&, const Owed&) = default;
};

struct Orphan {
  OrphanCause cause = OrphanCause::not_taken;
  model::PartnerId partner;  // accountable meanwhile
  model::Instant since;

  [[nodiscard]] bool goes_on_as(const Orphan& later) const {
    return cause == later.cause && partner == later.partner;
  }
};

class Measure {
 public:
  explicit Measure(const model::Protocol& protocol)
      : protocol_(&protocol), state_(empty_case(protocol)), of_steps_(protocol.steps.size()) {
    time_.by_step.resize(protocol.steps.size());
    time_.by_partner.resize(protocol.partners.size());
  }

  void take(const Event& event) {
    apply(state_, event);
    if (event.step.known()) {
      of_steps_[event.step.value] = step_cause(event).value_or(of_steps_[event.step.value]);
      note_reviews(event);
    }
    look(event.happened);
  }

  void come_over(const Event& event, const model::Protocol& to) {
    const auto& mapping = event.mapping.front();
    apply(state_, event);
    for (auto& [owed, orphan] : orphans_) {
      if (!mapping.steps[owed.step.value].known()) {
        count(owed, orphan, event.happened);
      }
      orphan.partner = mapping.partners[orphan.partner.value];
    }
    orphans_ = moved(orphans_, mapping);
    counted_until_ = moved(counted_until_, mapping);
    of_reviews_ = moved(of_reviews_, mapping);
    of_steps_ = moved(of_steps_, mapping.steps, to.steps.size());
    time_.by_step = moved(time_.by_step, mapping.steps, to.steps.size());
    time_.by_partner = moved(time_.by_partner, mapping.partners, to.partners.size());
    protocol_ = &to;
    look(event.happened);
  }

  [[nodiscard]] OrphanTime until(model::Instant end) {
    for (const auto& [owed, orphan] : orphans_) {
      count(owed, orphan, end);
    }
    return std::move(time_);
  }

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

  // What is with nobody now: since `at`, unless it was already.
  void look(model::Instant at) {
    auto now = orphans_now(at);
    for (const auto& [owed, orphan] : orphans_) {
      const auto found = now.find(owed);
      if (found != now.end() && orphan.goes_on_as(found->second)) {
        found->second.since = orphan.since;
      } else {
        count(owed, orphan, at);
      }
    }
    orphans_ = std::move(now);
  }

  [[nodiscard]] std::map<Owed, Orphan> orphans_now(model::Instant at) {
    std::map<Owed, Orphan> now;
    if (!is_running(state_.status)) {
      return now;
    }
    for (const auto& duty : duties(*protocol_, state_)) {
      const bool is_step = duty.kind == DutyKind::step && duty.work != WorkState::in_review;
      if (!duty.person.empty() || (!is_step && duty.kind != DutyKind::review)) {
        continue;
      }
      const Owed owed{duty.step, is_step ? model::RoleId{} : duty.role};
      auto cause = is_step ? of_steps_[duty.step.value] : of_reviews_[owed];
      if (holder(*protocol_, state_, duty.role).waits_for_referral) {
        cause = OrphanCause::waits_for_referral;
      }
      now[owed] = {.cause = cause, .partner = duty.partner, .since = at};
    }
    return now;
  }

  // What is recorded late ends or begins when it happened, and no time is counted twice.
  void count(const Owed& owed, const Orphan& orphan, model::Instant end) {
    auto& counted = counted_until_.try_emplace(owed, orphan.since).first->second;
    const auto from = std::max(orphan.since, counted);
    if (end <= from) {
      return;
    }
    const auto passed = end - from;
    time_.by_cause[static_cast<std::size_t>(orphan.cause)] += passed;
    time_.by_step[owed.step.value] += passed;
    if (orphan.partner.known()) {  // a version may have left it out
      time_.by_partner[orphan.partner.value] += passed;
    }
    counted = end;
  }

  template <class Figure, class Id>
  static std::vector<Figure> moved(const std::vector<Figure>& figures,
                                   const std::vector<Id>& places,
                                   std::size_t size) {
    std::vector<Figure> moved(size);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      if (places[i].known()) {
        moved[places[i].value] = figures[i];
      }
    }
    return moved;
  }

  template <class Figure>
  static std::map<Owed, Figure> moved(const std::map<Owed, Figure>& figures,
                                      const Mapping& mapping) {
    std::map<Owed, Figure> moved;
    for (const auto& [owed, figure] : figures) {
      const auto step = mapping.steps[owed.step.value];
      if (step.known()) {
        const bool is_step = !owed.reviewer.known();
        moved[{step, is_step ? model::RoleId{} : mapping.roles[owed.reviewer.value]}] = figure;
      }
    }
    return moved;
  }

  const model::Protocol* protocol_;  // that the case goes by now
  CaseState state_;
  std::vector<OrphanCause> of_steps_;
  std::map<Owed, OrphanCause> of_reviews_;
  std::map<Owed, Orphan> orphans_;
  std::map<Owed, model::Instant> counted_until_;
  OrphanTime time_;
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
  return measure.until(until);
}

}  // namespace protoflow::engine
