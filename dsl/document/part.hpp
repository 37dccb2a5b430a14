// One partner's part in a protocol: the roles it plays, how, and what it sees through them. Who
// takes over from it, as the running programme decides it. It writes no text.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl::document {

enum class Playing : std::uint8_t {
  holds,       // first of `held by`
  volunteers,  // of `volunteer of`
  if_chosen,   // may be chosen for a case
  as_deputy,   // behind another partner of `held by`
};

struct PlayedRole {
  model::RoleId role;
  Playing how = Playing::holds;
};

struct Part {
  model::PartnerId partner;
  std::vector<PlayedRole> roles;  // in the order of the protocol's roles

  /// Held, volunteered or played if chosen; not as a deputy.
  [[nodiscard]] bool plays(model::RoleId role) const;
  [[nodiscard]] bool stands_in_for(model::RoleId role) const;
  [[nodiscard]] bool plays_any(const std::vector<model::RoleId>& list) const;
};

[[nodiscard]] Part part_of(const model::Protocol& protocol, model::PartnerId partner);

/// Whether the partner may read the information through a role it plays.
[[nodiscard]] bool sees(const Part& part, const model::Information& information);

/// Whether every information that the condition looks at may be read by the partner. What the
/// others decide on must not be told through a condition either.
[[nodiscard]] bool sees_all_of(const model::Protocol& protocol,
                               const Part& part,
                               const model::Condition& condition);

/// The partners that a role `chosen by` may be given to: those named, or all that bring what the
/// role requires.
[[nodiscard]] std::vector<model::PartnerId> candidates(const model::Protocol& protocol,
                                                       const model::Role& role);

/// Who answers when the partners of a role do not: the supervisor of a volunteer, otherwise the
/// coordinating role.
[[nodiscard]] model::RoleId stand_in(const model::Protocol& protocol, const model::Role& role);

/// Who takes over `role` when `partner` leaves: the next deputy, or the role that stands in and its
/// partner. No partner: nobody else is named.
struct Successor {
  model::RoleId role;
  model::PartnerId partner;
};

[[nodiscard]] Successor successor(const model::Protocol& protocol,
                                  model::RoleId role,
                                  model::PartnerId partner);

/// The partner that holds the coordinating role, if there is one.
[[nodiscard]] model::PartnerId coordinating_partner(const model::Protocol& protocol);

}  // namespace protoflow::dsl::document
