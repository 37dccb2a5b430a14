// One routine as text, for the `describe` of the stream it stands in; never a text that was said.
#pragma once

#include <string>

#include "engine/routine/routine_state.hpp"

namespace protoflow::engine {

/// One line; nothing when the routine was never planned in this stream.
void describe_routine(std::string& text,
                      const model::Routine& routine,
                      const RoutineState& state,
                      const model::Protocol& protocol);

/// One line, without the text.
void describe_remark(std::string& text, const Remark& remark, const model::Protocol& protocol);

}  // namespace protoflow::engine
