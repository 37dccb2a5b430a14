// The imagined people of a simulation: when they act on what they owe, and what they then do.
// Private to engine/simulate.
#pragma once

#include <optional>

#include "engine/duty/duty.hpp"
#include "engine/simulate/population.hpp"
#include "engine/simulate/random.hpp"

namespace protoflow::engine {

struct Imagined {
  const Plan& plan;
  const Scenario& scenario;
  Random random;
};

/// When somebody acts on this duty, first seen at `now`: in working hours, not in a week of
/// absence. kNever when it is not for people to act on (held until a date, waiting for a reviewer).
[[nodiscard]] model::Instant acts_at(Imagined& people,
                                     const CaseState& state,
                                     const Duty& duty,
                                     model::Instant now);

/// What they do about it; nothing when there is nothing they can do.
[[nodiscard]] std::optional<Command> act_on(Imagined& people,
                                            const CaseState& state,
                                            const Duty& duty);

/// Somebody of the role at the partner; `other`: a colleague.
[[nodiscard]] Actor somebody(const Plan& plan,
                             model::RoleId role,
                             model::PartnerId partner,
                             bool other = false);

/// The next instant at or after `at` at which the protocol's calendar is open.
[[nodiscard]] model::Instant in_working_hours(model::Instant at, const WorkTime& work_time);

}  // namespace protoflow::engine
