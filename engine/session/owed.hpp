// Which occurrences of a protocol's sessions are still to be planned, by whom and by when. A pure
// function of those that are known; the runtime asks, for no stream knows of the others.
#pragma once

#include <span>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/session/session_state.hpp"

namespace protoflow::engine {

struct KnownOccurrence {
  model::SessionId session;
  SessionStatus status = SessionStatus::planned;
  model::Instant at = model::kNever;
};

struct OwedOccurrence {
  model::SessionId session;
  model::RoleId role;        // the host, or who stands in for it
  model::PartnerId partner;  // accountable
  model::Instant around;     // when it should be held
  model::Instant by;         // planned no later: what it takes to prepare it comes before it
};

/// A session held `every D` owes the one that follows the last that was not cancelled; one that is
/// held once owes that one until it is planned; one `on request` owes none. The first is counted
/// from `since`, when the protocol came into use. In order of declaration.
[[nodiscard]] std::vector<OwedOccurrence> owed_occurrences(const Plan& plan,
                                                           std::span<const KnownOccurrence> known,
                                                           model::Instant since);

}  // namespace protoflow::engine
