// A partner's part in one version of a protocol: asked, informed, signed, gone. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class ParticipationState : std::uint8_t {
  none,  // nothing is asked of this partner
  invited,
  briefed,
  agreed,
  left
};

enum class ParticipationEvent : std::uint8_t {
  invite,  // this version, or a renewal, asks for its signature
  keep,    // what it signed for the version before stands: nothing changed for it
  brief,   // it has received and read the brief
  agree,   // a person of it signs
  leave,
};

inline constexpr std::array<std::string_view, 5> kParticipationStateNames = {
    "none", "invited", "briefed", "agreed", "left"};
inline constexpr std::array<std::string_view, 5> kParticipationEventNames = {
    "invite", "keep", "brief", "agree", "leave"};

namespace participation_fact {
inline constexpr std::uint8_t names_this_text = 1;  // the meaning hash signed is this version's
inline constexpr std::uint8_t all = 1;
}  // namespace participation_fact

/// agree needs names_this_text and is possible without a brief. invite from agreed is a renewal,
/// from left the coordination asking again.
[[nodiscard]] Cell<ParticipationState> participation(ParticipationState state,
                                                     ParticipationEvent event,
                                                     std::uint8_t facts) noexcept;

}  // namespace protoflow::engine
