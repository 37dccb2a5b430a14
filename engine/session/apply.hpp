// Replay of a session's stream: an event changes the state. `apply` assigns what the event carries
// and decides nothing; it cannot fail, reads no clock, and is frozen for each event version.
#pragma once

#include "engine/event/event.hpp"
#include "engine/session/session_state.hpp"

namespace protoflow::engine {

/// The state after one more event of its stream.
void apply(SessionState& state, const Event& event);

}  // namespace protoflow::engine
