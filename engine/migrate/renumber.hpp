// The state of a case as another version of its protocol numbers it. What has no counterpart is
// gone from the state, and stays in the history: examine.hpp says before what that would be.
#pragma once

#include "engine/migrate/mapping.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// `kept`: due instants stay as they are, whatever the new version's deadlines say.
void renumber(CaseState& state, const Mapping& mapping, bool kept);

}  // namespace protoflow::engine
