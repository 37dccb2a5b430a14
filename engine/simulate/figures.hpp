// Counts what happens in a simulation, while it happens. Private to engine/simulate.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/duty/duty.hpp"
#include "engine/event/event.hpp"
#include "engine/simulate/population.hpp"

namespace protoflow::engine {

/// The first `rank` percent of the lengths, in tenths of a day. Sorts them.
[[nodiscard]] Spread spread_of(std::vector<std::chrono::milliseconds>& lengths);

/// What one case owes, since when in its present form.
struct OwedDuty {
  Duty duty;
  model::Instant since;  // of this holder and this state of the work
};

class Figures {
 public:
  Figures(const model::Protocol& protocol, model::Instant from, model::Instant to);

  void count(const Event& event, const CaseState& state);

  /// What the case owes now, in place of `owed`, which is brought up to date.
  void owes(std::vector<OwedDuty>& owed, const std::vector<Duty>& now_owed, model::Instant now);

  /// What is open when the simulation ends counts until then.
  void end(const CaseState& state, std::vector<OwedDuty>& owed);

  void refused() { ++found_.refused; }

  [[nodiscard]] PopulationFigures finish();

 private:
  void close(const OwedDuty& owed, model::Instant until);
  /// How many minutes it added: those of whole weeks.
  std::uint64_t add_load(PartnerFigures& partner, model::Instant from, model::Instant until) const;

  model::Instant from_, to_;
  PopulationFigures found_;
  std::vector<std::vector<std::chrono::milliseconds>> open_;  // by step
  std::vector<std::chrono::milliseconds> paths_;
};

}  // namespace protoflow::engine
