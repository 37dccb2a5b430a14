// What a protocol would bring with many people: a year of imagined cases on the engine itself, with
// a clock of its own. Who is slow, refuses or is absent comes in as a scenario; the same scenario
// and seed give the same figures, byte for byte.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/decide/decide.hpp"

namespace protoflow::engine {

/// How whoever plays a role behaves.
struct Behaviour {
  std::uint16_t delay =
      100;                   // percent of the usual time; at 100 about one in six misses a deadline
  std::uint8_t refuses = 5;  // percent of what is offered or asked
  std::uint8_t absent = 5;   // percent of the weeks; what was to be done then is done after
};

/// Of one step: how often this outcome among its others. Steps without any: the first outcome seven
/// times in ten, the others alike.
struct OutcomeShare {
  model::StepId step;
  model::OutcomeId outcome;
  std::uint16_t weight = 0;
};

struct Scenario {
  std::uint32_t cases = 1000;  // at most kSimulatedCasesMax
  std::uint32_t months = 12;   // of 30 days; at most kSimulatedMonthsMax
  std::uint64_t seed = 1;
  std::uint8_t leave = 5;        // percent of the people who leave by an ending `at any time by`
  std::vector<Behaviour> roles;  // by RoleId; a role past its end behaves as usual
  std::vector<OutcomeShare> outcomes;
};

inline constexpr std::uint32_t kSimulatedCasesMax = 100'000;
inline constexpr std::uint32_t kSimulatedMonthsMax = 120;

/// Lengths in tenths of a day.
struct Spread {
  std::uint32_t count = 0;
  std::uint32_t median = 0;
  std::uint32_t worst_tenth = 0;  // one in ten is at least as long
};

struct StepFigures {
  std::uint32_t opened = 0, done = 0, not_needed = 0, withdrawn = 0;
  std::uint32_t declined = 0;           // offers refused or left without an answer
  std::uint32_t on_time = 0, late = 0;  // of those with a deadline; late: also when still open
  Spread open;                          // from offered to settled
  std::uint64_t waits_for_person = 0;   // minutes in all: with a role, nobody by name
  std::uint64_t works = 0;              // … with somebody
  std::uint64_t stands_still = 0;       // … held
  std::uint64_t waits_for_review = 0;   // … finished, not reviewed
};

struct PartnerFigures {
  std::vector<std::uint64_t>
      load;                  // by whole week: minutes of open duties; 10,080 are one duty all week
  std::uint64_t orphan = 0;  // minutes of duties that were nobody's by name
};

struct PopulationFigures {
  std::uint32_t opened = 0, closed = 0, still_open = 0, stalled = 0;
  std::uint32_t refused = 0;  // what the engine refused imagined people: something the scenario
                              // cannot do
  std::uint64_t events = 0;
  std::vector<std::uint32_t> endings;    // by EndingId
  Spread path;                           // from opening to closing
  std::vector<StepFigures> steps;        // by StepId
  std::vector<PartnerFigures> partners;  // by PartnerId
};

[[nodiscard]] PopulationFigures simulate_population(const Plan& plan, const Scenario& scenario);

}  // namespace protoflow::engine
