// The rows of this lifecycle: its only definition. The occurrence table
// (engine/lifecycle/occurrence.cpp), the picture in docs/lifecycles.md and the oracle of the tests
// are all made from them. Private to engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/occurrence.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::occurrence_rows {

namespace fact = occurrence_fact;

struct OccurrenceRows {
  using State = OccurrenceState;
  using Event = OccurrenceEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kOccurrenceStateNames;
  static constexpr auto& kEventNames = kOccurrenceEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::held, State::missed, State::withdrawn};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "An occurrence of a routine";
  static constexpr std::string_view kFrenchTitle = "Une rencontre d'un rendez-vous";
  static constexpr std::string_view kMeaning =
      "The meeting that comes next. Whatever becomes of it, the one after it is planned.";
  static constexpr std::array<std::string_view, 2> kFactNames = {"before_the_next", "in_time"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 7> kFrenchStates = {
      "aucune", "prévue", "à tenir", "tenue", "manquée", "reportée", "retirée"};

  // clang-format off
  using TransitionTable = boost::mpl::vector18<
      //   from              event              to                 effects  facts
      Row< St<S::none>,      On<E::plan>,       St<S::planned>,    none,    none                      >,   // prévoir
      Row< St<S::planned>,   On<E::plan>,       St<S::planned>,    none,    none                      >,   // prévoir à nouveau, après une pause
      Row< St<S::postponed>, On<E::plan>,       St<S::planned>,    none,    none                      >,   // prévoir à nouveau, après une pause
      Row< St<S::due>,       On<E::plan>,       St<S::planned>,    none,    none                      >,   // prévoir à nouveau, après une pause
      Row< St<S::planned>,   On<E::fall_due>,   St<S::due>,        none,    none                      >,   // le jour est venu
      Row< St<S::postponed>, On<E::fall_due>,   St<S::due>,        none,    none                      >,   // le jour est venu
      Row< St<S::planned>,   On<E::hold>,       St<S::held>,       none,    none                      >,   // tenir en avance
      Row< St<S::postponed>, On<E::hold>,       St<S::held>,       none,    none                      >,   // tenir en avance
      Row< St<S::due>,       On<E::hold>,       St<S::held>,       none,    none                      >,   // tenir
      Row< St<S::missed>,    On<E::hold>,       St<S::held>,       none,    If<fact::in_time>         >,   // tenue à temps, inscrite en retard
      Row< St<S::due>,       On<E::miss>,       St<S::missed>,     none,    none                      >,   // manquer
      Row< St<S::planned>,   On<E::postpone>,   St<S::postponed>,  none,    If<fact::before_the_next> >,   // reporter
      Row< St<S::due>,       On<E::postpone>,   St<S::postponed>,  none,    If<fact::before_the_next> >,   // reporter
      Row< St<S::postponed>, On<E::postpone>,   St<S::postponed>,  none,    If<fact::before_the_next> >,   // reporter encore
      Row< St<S::planned>,   On<E::withdraw>,   St<S::withdrawn>,  none,    none                      >,   // retirer
      Row< St<S::postponed>, On<E::withdraw>,   St<S::withdrawn>,  none,    none                      >,   // retirer
      Row< St<S::due>,       On<E::withdraw>,   St<S::withdrawn>,  none,    none                      >,   // retirer
      Row< St<S::withdrawn>, On<E::plan>,       St<S::planned>,    none,    none                      >>;  // prévoir à nouveau, la version étant redéployée
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::occurrence_rows

namespace protoflow::engine::lifecycle {
using occurrence_rows::OccurrenceRows;
}
