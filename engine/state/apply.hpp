// Replay: an event changes the state. `apply` assigns what the event carries and decides nothing;
// it cannot fail, reads no clock, and is frozen for each event version (golden logs in
// tests/replay).
#pragma once

#include "engine/event/event.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// The state after one more event of its stream. Ids of the event must be places in the protocol
/// for which `state` was made: the codec checks them.
void apply(CaseState& state, const Event& event);

/// The same for the tasks of any stream, for an event that names one; `version` is the stream's,
/// this event counted.
void apply_task(std::vector<Task>& tasks, const Event& event, std::uint32_t version);

}  // namespace protoflow::engine
