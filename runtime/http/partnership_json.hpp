// A partnership as the API tells it: who has signed, the routines and what they taught, the remarks
// for the next version. For runtime/http/api.cpp only.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/decide/decide.hpp"
#include "engine/partnership/partnership_state.hpp"

namespace protoflow::runtime {

[[nodiscard]] nlohmann::ordered_json partnership_json(const engine::Plan& plan,
                                                      const engine::PartnershipState& state);

/// Of a partnership or of a case.
[[nodiscard]] nlohmann::ordered_json remarks_json(const model::Protocol& protocol,
                                                  const std::vector<engine::Remark>& remarks);

/// Of a partnership or of a case: each routine that was ever planned there.
[[nodiscard]] nlohmann::ordered_json routines_json(
    const engine::Plan& plan, const std::vector<engine::RoutineState>& routines);

}  // namespace protoflow::runtime
