// The stream of a partnership, `partnership/<first 16 digits of the meaning hash>`: one for each
// deployed version of a protocol, so that its plan never changes. The same functions as for a case,
// and by the same rules: `apply` assigns and cannot fail, the others change nothing.
#pragma once

#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"
#include "engine/event/event.hpp"
#include "engine/partnership/partnership_state.hpp"

namespace protoflow::engine {

void apply(PartnershipState& state, const Event& event);

/// Commands that act on a case are refused here.
[[nodiscard]] Decision decide(const Plan& plan,
                              const PartnershipState& state,
                              const Command& command,
                              model::Instant now);

[[nodiscard]] model::Instant next_due(const Plan& plan, const PartnershipState& state);

/// Which signatures are awaited, and the occurrence of each routine that comes next: an accountable
/// partner stands beside each.
[[nodiscard]] std::vector<Duty> duties(const model::Protocol& protocol,
                                       const PartnershipState& state);

[[nodiscard]] std::vector<Notice> notices(const model::Protocol& protocol,
                                          const PartnershipState& state,
                                          const Event& event);

}  // namespace protoflow::engine
