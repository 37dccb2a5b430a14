// The rows of this lifecycle: its only definition. The time table (engine/lifecycle/time.cpp), the
// picture in docs/lifecycles.md and the oracle of the tests are all made from them. Private to
// engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/rows.hpp"
#include "engine/lifecycle/time.hpp"

namespace protoflow::engine::lifecycle::time_rows {

namespace fact = time_fact;

struct TimeRows {
  using State = TimeState;
  using Event = TimeEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kTimeStateNames;
  static constexpr auto& kEventNames = kTimeEventNames;
  static constexpr State kStart = State::no_deadline;
  static constexpr std::array kEnds = {
      State::no_deadline, State::met, State::met_late, State::dropped};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "Time of a step";
  static constexpr std::string_view kFrenchTitle = "Temps d'une étape";
  static constexpr std::string_view kMeaning =
      "Only for what has a deadline. Lateness never changes the work, and what was done late stays "
      "done late.";
  static constexpr std::array<std::string_view, 1> kFactNames = {"in_time"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 8> kFrenchStates = {"sans échéance",
                                                                    "dans les temps",
                                                                    "échéance proche",
                                                                    "en retard",
                                                                    "confiée plus haut",
                                                                    "tenue",
                                                                    "tenue en retard",
                                                                    "abandonnée"};

  // clang-format off
  using TransitionTable = boost::mpl::vector29<
      //   from                event            to                  effects  facts
      Row< St<S::no_deadline>, On<E::arm>,      St<S::calm>,        none,    none                 >,   // fixer l'échéance
      Row< St<S::dropped>,     On<E::arm>,      St<S::calm>,        none,    none                 >,   // fixer l'échéance
      Row< St<S::met>,         On<E::arm>,      St<S::calm>,        none,    none                 >,   // fixer l'échéance
      Row< St<S::met_late>,    On<E::arm>,      St<S::calm>,        none,    none                 >,   // fixer l'échéance
      Row< St<S::calm>,        On<E::arm>,      St<S::calm>,        none,    none                 >,   // déplacer l'échéance
      Row< St<S::due_soon>,    On<E::arm>,      St<S::calm>,        none,    none                 >,   // déplacer l'échéance
      Row< St<S::late>,        On<E::arm>,      St<S::calm>,        none,    none                 >,   // déplacer l'échéance
      Row< St<S::escalated>,   On<E::arm>,      St<S::calm>,        none,    none                 >,   // déplacer l'échéance
      Row< St<S::calm>,        On<E::remind>,   St<S::due_soon>,    none,    none                 >,   // rappeler
      Row< St<S::due_soon>,    On<E::remind>,   St<S::due_soon>,    none,    none                 >,   // rappeler encore
      Row< St<S::calm>,        On<E::fall_due>, St<S::late>,        none,    none                 >,   // échoir
      Row< St<S::due_soon>,    On<E::fall_due>, St<S::late>,        none,    none                 >,   // échoir
      Row< St<S::late>,        On<E::escalate>, St<S::escalated>,   none,    none                 >,   // confier à un autre rôle
      Row< St<S::escalated>,   On<E::escalate>, St<S::escalated>,   none,    none                 >,   // confier plus haut
      Row< St<S::calm>,        On<E::finish>,   St<S::met>,         none,    If<fact::in_time>    >,   // terminer à temps
      Row< St<S::due_soon>,    On<E::finish>,   St<S::met>,         none,    If<fact::in_time>    >,   // terminer à temps
      Row< St<S::late>,        On<E::finish>,   St<S::met>,         none,    If<fact::in_time>    >,   // fait à temps, inscrit en retard
      Row< St<S::escalated>,   On<E::finish>,   St<S::met>,         none,    If<fact::in_time>    >,   // fait à temps, inscrit en retard
      Row< St<S::calm>,        On<E::finish>,   St<S::met_late>,    none,    IfNot<fact::in_time> >,   // terminer en retard
      Row< St<S::due_soon>,    On<E::finish>,   St<S::met_late>,    none,    IfNot<fact::in_time> >,   // terminer en retard
      Row< St<S::late>,        On<E::finish>,   St<S::met_late>,    none,    IfNot<fact::in_time> >,   // terminer en retard
      Row< St<S::escalated>,   On<E::finish>,   St<S::met_late>,    none,    IfNot<fact::in_time> >,   // terminer en retard
      Row< St<S::no_deadline>, On<E::finish>,   St<S::no_deadline>, none,    none                 >,   // terminer sans échéance
      Row< St<S::calm>,        On<E::drop>,     St<S::dropped>,     none,    none                 >,   // abandonner
      Row< St<S::due_soon>,    On<E::drop>,     St<S::dropped>,     none,    none                 >,   // abandonner
      Row< St<S::late>,        On<E::drop>,     St<S::dropped>,     none,    none                 >,   // abandonner
      Row< St<S::escalated>,   On<E::drop>,     St<S::dropped>,     none,    none                 >,   // abandonner
      Row< St<S::no_deadline>, On<E::drop>,     St<S::no_deadline>, none,    none                 >,   // rien à abandonner
      Row< St<S::dropped>, On<E::restore_late>, St<S::late>,        none,    none                 >>;  // toujours en retard
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::time_rows

namespace protoflow::engine::lifecycle {
using time_rows::TimeRows;
}
