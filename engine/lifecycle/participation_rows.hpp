// The rows of this lifecycle: its only definition. The participation table
// (engine/lifecycle/participation.cpp), the picture in docs/lifecycles.md and the oracle of the
// tests are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/participation.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::participation_rows {

namespace fact = participation_fact;

struct ParticipationRows {
  using State = ParticipationState;
  using Event = ParticipationEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kParticipationStateNames;
  static constexpr auto& kEventNames = kParticipationEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::left};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "A partner's part in a version";
  static constexpr std::string_view kFrenchTitle = "Participation d'un partenaire à une version";
  static constexpr std::string_view kMeaning =
      "A partner is asked, reads its brief, signs this very text, and may leave. A renewal asks it "
      "again; what it signed stands meanwhile.";
  static constexpr std::array<std::string_view, 1> kFactNames = {"names_this_text"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 5> kFrenchStates = {
      "non sollicité", "invité", "informé", "signataire", "parti"};

  // clang-format off
  using TransitionTable = boost::mpl::vector11<
      //   from            event          to               effects  facts
      Row< St<S::none>,    On<E::invite>, St<S::invited>,  none,    none                      >,   // inviter
      Row< St<S::agreed>,  On<E::invite>, St<S::invited>,  none,    none                      >,   // demander de signer à nouveau
      Row< St<S::left>,    On<E::invite>, St<S::invited>,  none,    none                      >,   // inviter de nouveau
      Row< St<S::none>,    On<E::keep>,   St<S::agreed>,   none,    none                      >,   // rien ne change pour lui
      Row< St<S::invited>, On<E::brief>,  St<S::briefed>,  none,    none                      >,   // informer
      Row< St<S::invited>, On<E::agree>,  St<S::agreed>,   none,    If<fact::names_this_text> >,   // signer
      Row< St<S::briefed>, On<E::agree>,  St<S::agreed>,   none,    If<fact::names_this_text> >,   // signer
      Row< St<S::none>,    On<E::leave>,  St<S::left>,     none,    none                      >,   // se retirer
      Row< St<S::invited>, On<E::leave>,  St<S::left>,     none,    none                      >,   // refuser
      Row< St<S::briefed>, On<E::leave>,  St<S::left>,     none,    none                      >,   // refuser
      Row< St<S::agreed>,  On<E::leave>,  St<S::left>,     none,    none                      >>;  // se retirer
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::participation_rows

namespace protoflow::engine::lifecycle {
using participation_rows::ParticipationRows;
}
