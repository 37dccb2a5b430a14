// The rows of this lifecycle: its only definition. The referral table
// (engine/lifecycle/referral.cpp), the picture in docs/lifecycles.md and the oracle of the tests
// are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/referral.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::referral_rows {

namespace fact = referral_fact;

struct ReferralRows {
  using State = ReferralState;
  using Event = ReferralEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kReferralStateNames;
  static constexpr auto& kEventNames = kReferralEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::ended};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "Referral of a role";
  static constexpr std::string_view kFrenchTitle = "Orientation vers un partenaire";
  static constexpr std::string_view kMeaning =
      "A partner is asked to play a role in one case, and answers. Both sides are told of every "
      "decision.";
  static constexpr std::array<std::string_view, 1> kFactNames = {"is_candidate"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 8> kFrenchStates = {
      "aucune", "demandée", "reçue", "acceptée", "déclinée", "expirée", "révoquée", "terminée"};

  // clang-format off
  using TransitionTable = boost::mpl::vector16<
      //   from              event           to                effects  facts
      Row< St<S::none>,      On<E::request>, St<S::requested>, none,    If<fact::is_candidate> >,   // demander
      Row< St<S::declined>,  On<E::request>, St<S::requested>, none,    If<fact::is_candidate> >,   // demander au suivant
      Row< St<S::expired>,   On<E::request>, St<S::requested>, none,    If<fact::is_candidate> >,   // demander au suivant
      Row< St<S::revoked>,   On<E::request>, St<S::requested>, none,    If<fact::is_candidate> >,   // demander au suivant
      Row< St<S::requested>, On<E::receive>, St<S::received>,  none,    none                   >,   // recevoir
      Row< St<S::requested>, On<E::accept>,  St<S::accepted>,  none,    none                   >,   // accepter
      Row< St<S::received>,  On<E::accept>,  St<S::accepted>,  none,    none                   >,   // accepter
      Row< St<S::requested>, On<E::decline>, St<S::declined>,  none,    none                   >,   // décliner
      Row< St<S::received>,  On<E::decline>, St<S::declined>,  none,    none                   >,   // décliner
      Row< St<S::accepted>,  On<E::decline>, St<S::declined>,  none,    none                   >,   // se retirer
      Row< St<S::requested>, On<E::expire>,  St<S::expired>,   none,    none                   >,   // rester sans réponse
      Row< St<S::received>,  On<E::expire>,  St<S::expired>,   none,    none                   >,   // rester sans réponse
      Row< St<S::requested>, On<E::revoke>,  St<S::revoked>,   none,    none                   >,   // révoquer
      Row< St<S::received>,  On<E::revoke>,  St<S::revoked>,   none,    none                   >,   // révoquer
      Row< St<S::accepted>,  On<E::revoke>,  St<S::revoked>,   none,    none                   >,   // révoquer
      Row< St<S::accepted>,  On<E::end>,     St<S::ended>,     none,    none                   >>;  // terminer
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::referral_rows

namespace protoflow::engine::lifecycle {
using referral_rows::ReferralRows;
}
