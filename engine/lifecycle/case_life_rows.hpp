// The rows of this lifecycle: its only definition. The case_life table
// (engine/lifecycle/case_life.cpp), the picture in docs/lifecycles.md and the oracle of the tests
// are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/case_life.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::case_life_rows {

namespace fact = case_fact;

struct CaseRows {
  using State = CaseStatus;
  using Event = CaseEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kCaseStatusNames;
  static constexpr auto& kEventNames = kCaseEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::erased};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "A case";
  static constexpr std::string_view kFrenchTitle = "Un parcours";
  static constexpr std::string_view kMeaning =
      "From opening to erasure. A case never closes while someone works in it, unless the ending "
      "says what becomes of that work.";
  static constexpr std::array<std::string_view, 1> kFactNames = {"nobody_works"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 8> kFrenchStates = {
      "inexistant", "ouvert", "actif", "en pause", "clos", "rouvert", "archivé", "effacé"};

  // clang-format off
  using TransitionTable = boost::mpl::vector15<
      //   from             event           to               effects  facts
      Row< St<S::none>,     On<E::open>,    St<S::opened>,   none,    none                   >,   // ouvrir
      Row< St<S::opened>,   On<E::begin>,   St<S::active>,   none,    none                   >,   // commencer
      Row< St<S::reopened>, On<E::begin>,   St<S::active>,   none,    none                   >,   // recommencer
      Row< St<S::opened>,   On<E::pause>,   St<S::paused>,   none,    none                   >,   // mettre en pause
      Row< St<S::active>,   On<E::pause>,   St<S::paused>,   none,    none                   >,   // mettre en pause
      Row< St<S::reopened>, On<E::pause>,   St<S::paused>,   none,    none                   >,   // mettre en pause
      Row< St<S::paused>,   On<E::resume>,  St<S::active>,   none,    none                   >,   // reprendre
      Row< St<S::opened>,   On<E::close>,   St<S::closed>,   none,    If<fact::nobody_works> >,   // clore
      Row< St<S::active>,   On<E::close>,   St<S::closed>,   none,    If<fact::nobody_works> >,   // clore
      Row< St<S::reopened>, On<E::close>,   St<S::closed>,   none,    If<fact::nobody_works> >,   // clore
      Row< St<S::paused>,   On<E::close>,   St<S::closed>,   none,    If<fact::nobody_works> >,   // clore
      Row< St<S::closed>,   On<E::reopen>,  St<S::reopened>, none,    none                   >,   // rouvrir
      Row< St<S::closed>,   On<E::archive>, St<S::archived>, none,    none                   >,   // archiver
      Row< St<S::closed>,   On<E::erase>,   St<S::erased>,   none,    none                   >,   // effacer
      Row< St<S::archived>, On<E::erase>,   St<S::erased>,   none,    none                   >>;  // effacer
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::case_life_rows

namespace protoflow::engine::lifecycle {
using case_life_rows::CaseRows;
}
