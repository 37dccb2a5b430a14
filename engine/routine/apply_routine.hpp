// Replay of a routine's own events, for whichever stream it stands in. Private to the two `apply`.
#pragma once

#include <cstdint>

#include "engine/event/event.hpp"
#include "engine/routine/routine_state.hpp"

namespace protoflow::engine {

/// `version` is the stream's, this event counted.
void apply(RoutineState& state, const Event& event, std::uint32_t version);

/// Of a `remark_made`.
[[nodiscard]] Remark remark_of(const Event& event, std::uint32_t version);

}  // namespace protoflow::engine
