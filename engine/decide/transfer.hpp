// All that one partner answers for in a case, or in one of its roles, taken over by another: what
// would change hands, and what stands in the way of the rest. Nothing here is written to the log;
// the rules that write are in transfer.cpp too.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/duty.hpp"

namespace protoflow::engine {

/// Why something stays with the partner that would hand it over.
enum class Hindrance : std::uint8_t {
  none,              // it changes hands
  other_role,        // the receiver does not hold the role
  not_signed,        // it has not agreed to this version
  lacks_competence,  // that the role requires
  did_the_work,      // it would review what it did itself
  full,              // it has as many cases of the role as it may
  being_handed_over  // the step has been offered to another partner, which has not answered
};

inline constexpr std::array<std::string_view, 7> kHindranceNames = {"none",
                                                                    "other_role",
                                                                    "not_signed",
                                                                    "lacks_competence",
                                                                    "did_the_work",
                                                                    "full",
                                                                    "being_handed_over"};

struct TransferAsked {
  model::PartnerId giver, receiver;
  model::RoleId role;  // unknown: every role
};

/// A step, a review, a task or a routine that the giver answers for.
struct Carried {
  Duty duty;
  Hindrance hindrance = Hindrance::none;
};

struct TransferRehearsal {
  std::vector<Carried> carried;      // in the order of the duties
  std::vector<model::RoleId> roles;  // that the receiver holds from then on in the giver's place
  CaseState after;                   // once the receiver has accepted
};

/// What would happen if it were accepted at `at`. Requires that giver and receiver are two partners
/// of the protocol.
[[nodiscard]] TransferRehearsal rehearse_transfer(const Plan& plan,
                                                  const CaseState& state,
                                                  const TransferAsked& asked,
                                                  model::Instant at,
                                                  const Surroundings& surroundings = {});

}  // namespace protoflow::engine
