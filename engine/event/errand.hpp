// What an event of one stream causes in another: a command to it. A pure function of the event and
// the state it led to, so that an errand lost by a crash can be derived again; the runtime makes
// its command id of the event's place, so that repeating it does nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/partnership/partnership_state.hpp"
#include "engine/session/session_state.hpp"

namespace protoflow::engine {

/// "case/*" is every open case of the protocol.
struct Errand {
  std::string stream;
  Command command;  // its `from` is set: no person could have given it
};

/// What cases must hear of a session. `stream` is the name of the session's own, "session/ID";
/// `state` is the state after `event`.
[[nodiscard]] std::vector<Errand> errands(const model::Protocol& protocol,
                                          const SessionState& state,
                                          const Event& event,
                                          std::string_view stream);

/// What sessions must hear of a case: places that are not needed any more. `stream` is "case/ID".
[[nodiscard]] std::vector<Errand> errands(const model::Protocol& protocol,
                                          const CaseState& state,
                                          const Event& event,
                                          std::string_view stream);

/// What cases must hear of a partnership: who has signed, whose signature no longer stands, who has
/// left or, with `partner_joined`, is back: that one only where the partner had left. `stream` is
/// "partnership/…".
[[nodiscard]] std::vector<Errand> errands(const model::Protocol& protocol,
                                          const PartnershipState& state,
                                          const Event& event,
                                          std::string_view stream);

}  // namespace protoflow::engine
