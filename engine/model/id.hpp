// Typed places in a protocol's tables. A StepId is not a RoleId: passing one for the other does not
// compile. The number is the place in declaration order; names, not numbers, go into the log.
#pragma once

#include <compare>
#include <cstdint>

namespace protoflow::model {

template <class Tag>
struct Id {
  static constexpr std::uint16_t kNone = 0xFFFF;

  std::uint16_t value = kNone;

  [[nodiscard]] constexpr bool known() const { return value != kNone; }

  friend constexpr auto operator<=>(Id, Id) = default;
};

using PartnerId = Id<struct PartnerTag>;
using RoleId = Id<struct RoleTag>;
using NeedId = Id<struct NeedTag>;
using CompetenceId = Id<struct CompetenceTag>;
using InformationId = Id<struct InformationTag>;
using ConsentId = Id<struct ConsentTag>;
using StageId = Id<struct StageTag>;
using StepId = Id<struct StepTag>;
using EndingId = Id<struct EndingTag>;
using SessionId = Id<struct SessionTag>;
using RoutineId = Id<struct RoutineTag>;

/// The place of an outcome among its own step's outcomes.
using OutcomeId = Id<struct OutcomeTag>;

}  // namespace protoflow::model
