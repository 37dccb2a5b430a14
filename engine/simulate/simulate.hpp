// Runs an author's example on the engine itself: the same decide, the same apply, a clock of its
// own that starts on a Monday at nine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/notice.hpp"

namespace protoflow::engine {

/// An event of the run, with the notices that went out for it.
struct SimulatedEvent {
  Event event;
  std::vector<Notice> notices;
};

enum class Shortfall : std::uint8_t {
  refused,       // the engine refused what the line does
  not_expected,  // what the line expects is not so
};

/// The first line that does not hold; the run stops there.
struct ExampleFailure {
  std::size_t line = 0;  // place in Example::lines
  Shortfall shortfall = Shortfall::not_expected;
  std::optional<Refusal> refusal;
};

struct Simulation {
  std::vector<SimulatedEvent> events;
  CaseState state;
  model::Instant now{};
  std::optional<ExampleFailure> failure;
};

/// The instant of an example's day 0: Monday 4 January 2027, 09:00 in the protocol's zone. Each
/// `day N` acts at noon of that day.
[[nodiscard]] model::Instant example_start(const WorkTime& work_time);
[[nodiscard]] model::Instant example_instant(const WorkTime& work_time, std::int32_t day);

/// The command of a line, acted by an imagined person of the role's partner; nothing for a line
/// that only waits or expects.
[[nodiscard]] std::optional<Command> example_command(const Plan& plan,
                                                     const CaseState& state,
                                                     const model::ExampleLine& line);

/// Whether what the line expects is so. `told` are all notices so far. Requires an expect verb.
[[nodiscard]] bool holds(const CaseState& state,
                         const std::vector<Notice>& told,
                         const model::ExampleLine& line);

[[nodiscard]] Simulation simulate(const Plan& plan, const model::Example& example);

}  // namespace protoflow::engine
