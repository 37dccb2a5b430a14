// The rows of this lifecycle: its only definition. The session_life table
// (engine/lifecycle/session_life.cpp), the picture in docs/lifecycles.md and the oracle of the
// tests are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/rows.hpp"
#include "engine/lifecycle/session_life.hpp"

namespace protoflow::engine::lifecycle::session_life_rows {

namespace fact = session_fact;

struct SessionRows {
  using State = SessionStatus;
  using Event = SessionEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kSessionStatusNames;
  static constexpr auto& kEventNames = kSessionEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::closed, State::cancelled};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "A session";
  static constexpr std::string_view kFrenchTitle = "Une séance";
  static constexpr std::string_view kMeaning =
      "One occurrence of a collective session. It opens at its instant, and is held once it is "
      "written down who came; that may be corrected until it is closed.";
  static constexpr std::array<std::string_view, 2> kFactNames = {"by_host", "all_recorded"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 6> kFrenchStates = {
      "inexistante", "prévue", "ouverte", "tenue", "close", "annulée"};

  // clang-format off
  using TransitionTable = boost::mpl::vector15<
      //   from            event            to               effects  facts
      Row< St<S::none>,    On<E::plan>,     St<S::planned>,   none,   none                   >,   // prévoir
      Row< St<S::planned>, On<E::move>,     St<S::planned>,   none,   none                   >,   // déplacer
      Row< St<S::open>,    On<E::move>,     St<S::planned>,   none,   none                   >,   // déplacer
      Row< St<S::planned>, On<E::start>,    St<S::open>,      none,   none                   >,   // commencer
      Row< St<S::planned>, On<E::enrol>,    St<S::planned>,   none,   none                   >,   // inscrire
      Row< St<S::open>,    On<E::enrol>,    St<S::open>,      none,   none                   >,   // inscrire
      Row< St<S::held>,    On<E::enrol>,    St<S::held>,      none,   If<fact::by_host>      >,   // ajouter qui est venu
      Row< St<S::planned>, On<E::withdraw>, St<S::planned>,   none,   none                   >,   // désinscrire
      Row< St<S::open>,    On<E::withdraw>, St<S::open>,      none,   none                   >,   // désinscrire
      Row< St<S::open>,    On<E::record>,   St<S::held>,      none,   none                   >,   // noter qui est venu
      Row< St<S::held>,    On<E::record>,   St<S::held>,      none,   none                   >,   // corriger
      Row< St<S::open>,    On<E::close>,    St<S::closed>,    none,   If<fact::all_recorded> >,   // clore
      Row< St<S::held>,    On<E::close>,    St<S::closed>,    none,   If<fact::all_recorded> >,   // clore
      Row< St<S::planned>, On<E::cancel>,   St<S::cancelled>, none,   none                   >,   // annuler
      Row< St<S::open>,    On<E::cancel>,   St<S::cancelled>, none,   none                   >>;  // annuler
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::session_life_rows

namespace protoflow::engine::lifecycle {
using session_life_rows::SessionRows;
}
