// The rules of a session: a command becomes events or a refusal, at an instant that comes in; what
// time does to it; what it owes; who hears of it. Pure: nothing is changed.
#pragma once

#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"
#include "engine/session/apply.hpp"

namespace protoflow::engine {

/// What has fallen due at `now` comes first, as events of its own, then the command's. A `tick` is
/// never refused and may give no event.
[[nodiscard]] Decision decide(const Plan& plan,
                              const SessionState& state,
                              const Command& command,
                              model::Instant now);

/// The next instant at which a `tick` would give an event; kNever when it waits for people only.
[[nodiscard]] model::Instant next_due(const Plan& plan, const SessionState& state);

/// What the host owes: to receive the session, then to write down who came. Empty unless it is
/// planned, open or held.
[[nodiscard]] std::vector<Duty> duties(const model::Protocol& protocol, const SessionState& state);

/// In a fixed order, each recipient once. `state` is the state after `event`. What those enrolled
/// are told comes from their own cases.
[[nodiscard]] std::vector<Notice> notices(const model::Protocol& protocol,
                                          const SessionState& state,
                                          const Event& event);

}  // namespace protoflow::engine
