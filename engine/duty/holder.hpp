// Role -> partner: who answers for a role in one case. Total: there is always a partner.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/state/case_state.hpp"

namespace protoflow::engine {

struct Holder {
  model::RoleId role;        // the role itself, or the one that stands in for it
  model::PartnerId partner;  // accountable
  bool waits_for_referral =
      false;  // the role is not bound yet: its chooser's partner answers meanwhile
};

/// The first `passed` partners of the role have declined or kept silent, and those that have not
/// signed, or have left, are passed over; where one has handed the role over in this case, the
/// other answers in its place: the next deputy answers, then the supervisor of a volunteer, then
/// the coordinating role. A role chosen by referral is with its chooser until a partner has
/// accepted. Requires: the protocol has at least one partner (dsl/meaning checks it).
[[nodiscard]] Holder holder(const model::Protocol& protocol,
                            const CaseState& state,
                            model::RoleId role,
                            std::uint8_t passed = 0);

/// Whether steps may be offered to this partner: it has signed what it must sign,
/// and has not left.
[[nodiscard]] bool may_be_offered(const CaseState& state, model::PartnerId partner);

/// How many have been passed over when somebody else answers, after one more refusal; nullopt when
/// nobody else would.
[[nodiscard]] std::optional<std::uint8_t> next_in_turn(const model::Protocol& protocol,
                                                       const CaseState& state,
                                                       model::RoleId role,
                                                       std::uint8_t passed);

/// Whether somebody else would answer after one more refusal.
[[nodiscard]] bool somebody_else(const model::Protocol& protocol,
                                 const CaseState& state,
                                 model::RoleId role,
                                 std::uint8_t passed);

}  // namespace protoflow::engine
