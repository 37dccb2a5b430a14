// The rows of this lifecycle: its only definition. The responsibility table
// (engine/lifecycle/responsibility.cpp), the picture in docs/lifecycles.md and the oracle of the
// tests are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/responsibility.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::responsibility_rows {

namespace fact = responsibility_fact;

struct ResponsibilityRows {
  using State = ResponsibilityState;
  using Event = ResponsibilityEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kResponsibilityStateNames;
  static constexpr auto& kEventNames = kResponsibilityEventNames;
  static constexpr State kStart = State::idle;
  static constexpr std::array kEnds = {State::idle};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "Responsibility for a step";
  static constexpr std::string_view kFrenchTitle = "Responsabilité d'une étape";
  static constexpr std::string_view kMeaning =
      "Who answers for an open step. Never nobody while it is open: the giver stays responsible "
      "until the receiver accepts.";
  static constexpr std::array<std::string_view, 2> kFactNames = {"plays_role", "by_name"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 4> kFrenchStates = {
      "au repos", "au rôle", "à une personne", "en transmission"};

  // clang-format off
  using TransitionTable = boost::mpl::vector19<
      //   from                 event             to                   effects  facts
      Row< St<S::idle>,         On<E::assign>,    St<S::with_role>,    none,    none                 >,   // confier au rôle
      Row< St<S::with_role>,    On<E::assign>,    St<S::with_role>,    none,    none                 >,   // confier à un autre partenaire
      Row< St<S::with_person>,  On<E::assign>,    St<S::with_role>,    none,    none                 >,   // confier à un autre partenaire
      Row< St<S::handing_over>, On<E::assign>,    St<S::with_role>,    none,    none                 >,   // confier à un autre partenaire : la transmission tombe
      Row< St<S::with_role>,    On<E::take>,      St<S::with_person>,  none,    If<fact::plays_role> >,   // prendre en charge
      Row< St<S::with_person>,  On<E::take>,      St<S::with_person>,  none,    If<fact::plays_role> >,   // nommer une autre personne
      Row< St<S::with_role>,    On<E::release>,   St<S::with_role>,    none,    none                 >,   // décliner
      Row< St<S::with_person>,  On<E::release>,   St<S::with_role>,    none,    none                 >,   // rendre au rôle
      Row< St<S::with_role>,    On<E::hand_over>, St<S::handing_over>, none,    none                 >,   // transmettre
      Row< St<S::with_person>,  On<E::hand_over>, St<S::handing_over>, none,    none                 >,   // transmettre
      Row< St<S::handing_over>, On<E::accept>,    St<S::with_person>,  none,    none                 >,   // accepter la transmission
      Row< St<S::handing_over>, On<E::refuse>,    St<S::with_person>,  none,    If<fact::by_name>    >,   // la transmission n'a pas lieu
      Row< St<S::handing_over>, On<E::refuse>,    St<S::with_role>,    none,    IfNot<fact::by_name> >,   // la transmission n'a pas lieu
      Row< St<S::with_role>,    On<E::close>,     St<S::idle>,         none,    none                 >,   // clore
      Row< St<S::with_person>,  On<E::close>,     St<S::idle>,         none,    none                 >,   // clore
      Row< St<S::handing_over>, On<E::close>,     St<S::idle>,         none,    none                 >,   // clore
      Row< St<S::idle>,         On<E::close>,     St<S::idle>,         none,    none                 >,   // rien à clore
      Row< St<S::idle>,         On<E::restore>,   St<S::with_person>,  none,    If<fact::by_name>    >,   // rendre à la personne
      Row< St<S::idle>,         On<E::restore>,   St<S::with_role>,    none,    IfNot<fact::by_name> >>;  // rendre au rôle
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::responsibility_rows

namespace protoflow::engine::lifecycle {
using responsibility_rows::ResponsibilityRows;
}
