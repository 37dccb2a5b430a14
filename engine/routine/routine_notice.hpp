// Who must hear of a routine's event, for whichever stream it stands in; who owes the occurrence
// that comes next. Neutral: dates, roles, partners who were there, never an answer or a reason.
#pragma once

#include <vector>

#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"
#include "engine/routine/occurrences.hpp"

namespace protoflow::engine {

/// Nothing for an event of another kind. `state` is the routine's after the event.
[[nodiscard]] std::vector<Notice> routine_notices(const model::Protocol& protocol,
                                                  const RoutineState& state,
                                                  const Event& event,
                                                  const WhoAnswers& holder);

[[nodiscard]] Duty routine_duty(const model::Protocol& protocol,
                                model::RoutineId id,
                                const RoutineState& state);

/// The first role that names this partner: by it, a letter to the whole partner is addressed.
[[nodiscard]] model::RoleId role_of(const model::Protocol& protocol, model::PartnerId partner);

}  // namespace protoflow::engine
