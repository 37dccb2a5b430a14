// Which partners take part in a case, and who stands in whose place: the part of `apply` that is
// about partners alone. Only `apply` calls it.
#pragma once

#include <string_view>

#include "engine/event/event.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// Event::why of what changes hands by a transfer.
inline constexpr std::string_view kTransferred = "transferred";

void apply_partners(CaseState& state, const Event& event);

}  // namespace protoflow::engine
