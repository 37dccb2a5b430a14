#include "engine/duty/ledger.hpp"

#include <optional>

#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

std::optional<StopCause> cause_of(const StepState& step) {
  if (step.work == WorkState::held) {
    return StopCause::held;
  }
  if (step.work == WorkState::in_review) {
    return StopCause::in_review;
  }
  return step.stopped_since == model::kNever ? std::nullopt : std::optional(StopCause::consent);
}

class Ledger {
 public:
  explicit Ledger(const model::Protocol& protocol) : state_(empty_case(protocol)) {}

  void take(const Event& event) {
    apply(state_, event);
    for (const auto& mapping : event.mapping) {
      come_over(mapping);
    }
    for (std::size_t i = 0; i < state_.steps.size(); ++i) {
      const model::StepId id{static_cast<std::uint16_t>(i)};
      const auto& step = state_[id];
      const auto why = cause_of(step);
      const bool paused = state_.status == CaseStatus::paused && is_open(step.work);
      for (const auto cause :
           {StopCause::held, StopCause::in_review, StopCause::consent, StopCause::paused}) {
        write(id, cause, cause == StopCause::paused ? paused : why == cause, event.happened);
      }
    }
  }

  [[nodiscard]] std::vector<Stop> take_stops() { return std::move(stops_); }

 private:
  void come_over(const Mapping& mapping) {
    for (auto& stop : stops_) {
      stop.step = mapping.steps[stop.step.value];
    }
    std::erase_if(stops_, [](const Stop& stop) { return !stop.step.known(); });
  }

  void write(model::StepId step, StopCause why, bool stands_still, model::Instant at) {
    for (auto& stop : stops_) {
      if (stop.step == step && stop.why == why && stop.to == model::kNever) {
        stop.to = stands_still ? model::kNever : at;
        return;
      }
    }
    if (stands_still) {
      stops_.push_back({.step = step, .why = why, .from = at});
    }
  }

  CaseState state_;
  std::vector<Stop> stops_;
};

}  // namespace

std::vector<Stop> stops(const model::Protocol& protocol, std::span<const Event> history) {
  Ledger ledger(protocol);
  for (const auto& event : history) {
    ledger.take(event);
  }
  return ledger.take_stops();
}

}  // namespace protoflow::engine
