// The live state of a partnership: what each partner has signed of one version of a protocol, the
// routines that partners keep together, and the remarks left for the next version. Only `apply`
// writes it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lifecycle/participation.hpp"
#include "engine/model/protocol.hpp"
#include "engine/routine/routine_state.hpp"

namespace protoflow::engine {

enum class PartnershipStatus : std::uint8_t {
  none,
  founded,
  superseded,  // a newer version stands: no case opens here, and its routines stop
};

inline constexpr std::array<std::string_view, 3> kPartnershipStatusNames = {
    "none", "founded", "superseded"};

struct Participation {
  ParticipationState state = ParticipationState::none;
  std::uint8_t reminders = 0;  // sent for this question
  bool late = false;           // it has not answered in time
  std::uint32_t since_version = 0;
  model::Instant since = model::kNever;
  model::Instant asked = model::kNever;
  model::Instant answer_due = model::kNever;  // it is asked, and must answer until then
  model::Instant signed_at = model::kNever;   // what it signed then stands; kNever: nothing stands
  model::Instant lapses = model::kNever;      // … until then
  model::Instant leaves = model::kNever;      // it has said that it leaves then
};

struct PartnershipState {
  PartnershipStatus status = PartnershipStatus::none;
  std::uint32_t version = 0;  // of the stream: how many events
  model::Instant founded = model::kNever;
  std::vector<Participation> participations;  // by PartnerId
  std::vector<RoutineState> routines;         // by RoutineId; those of each case stay empty
  std::vector<Remark> remarks;                // in the order in which they were said

  const Participation& operator[](model::PartnerId id) const { return participations[id.value]; }

  const RoutineState& operator[](model::RoutineId id) const { return routines[id.value]; }
};

/// The state before the first event, sized for `protocol`.
[[nodiscard]] PartnershipState empty_partnership(const model::Protocol& protocol);

/// Whether the protocol asks for this partner's signature.
[[nodiscard]] bool must_sign(const model::Protocol& protocol, model::PartnerId partner);

/// Whether steps may be offered to this partner: it has signed what it must sign, and has not left.
[[nodiscard]] bool takes_part(const model::Protocol& protocol,
                              const PartnershipState& state,
                              model::PartnerId partner);

/// The state as text, one line a fact, for comparison and digests; never a text that people said.
/// The same history gives the same bytes.
[[nodiscard]] std::string describe(const PartnershipState& state, const model::Protocol& protocol);

}  // namespace protoflow::engine
