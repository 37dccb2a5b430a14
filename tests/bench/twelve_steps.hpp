// The workload of the engine's benchmarks: a case of twelve steps. Three in sequence, two branches
// of three, a join whose review sends it back once, two closing steps; each is offered, taken and
// completed, each has a deadline in working days. 29 acts of people, 42 events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/decide/decide.hpp"

namespace protoflow::bench {

struct TwelveSteps {
  engine::Plan plan;                  // in Europe/Paris, with closed days
  std::vector<engine::Command> acts;  // in order; who acts is named by act_of
};

[[nodiscard]] TwelveSteps twelve_steps();

/// Acts after which a case waits at its fifth step in a row (seven are done), with one deadline.
inline constexpr std::size_t kActsOfAnIdleCase = 15;

/// Cases open at one of these instants, spread over a month; their acts are five hours apart.
inline constexpr std::size_t kOpenings = 32;

[[nodiscard]] model::Instant instant_of(std::size_t opening, std::size_t act);

/// Sets who acts and for whom: each partner has 500 persons, who share the cases.
void name_persons(engine::Command& command, std::uint32_t case_number);

/// "case/…", 13 letters that no other case has.
void write_stream(std::string& stream, std::uint32_t case_number);

}  // namespace protoflow::bench
