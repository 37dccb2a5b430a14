// The rows of this lifecycle: its only definition. The work table (engine/lifecycle/work.cpp), the
// picture in docs/lifecycles.md and the oracle of the tests are all made from them. Private to
// engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/rows.hpp"
#include "engine/lifecycle/work.hpp"

namespace protoflow::engine::lifecycle::work_rows {

namespace fact = work_fact;
namespace effect = work_effect;

struct WorkRows {
  using State = WorkState;
  using Event = WorkEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kWorkStateNames;
  static constexpr auto& kEventNames = kWorkEventNames;
  static constexpr State kStart = State::waiting;
  static constexpr std::array kEnds = {State::done, State::not_needed, State::withdrawn};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "Work of a step";
  static constexpr std::string_view kFrenchTitle = "Travail d'une étape";
  static constexpr std::string_view kMeaning =
      "Who may do what next. Completing what is only offered takes it implicitly; whoever waits "
      "for a step is looked at again when it settles.";
  static constexpr std::array<std::string_view, 4> kFactNames = {
      "has_review", "may_hold", "returns_left", "rounds_left"};
  static constexpr std::array<std::string_view, 5> kEffectNames = {
      "start_clock", "stop_clock", "restart_clock", "ask_review", "settles"};
  static constexpr std::array<std::string_view, 8> kFrenchStates = {"en attente",
                                                                    "proposée",
                                                                    "prise en charge",
                                                                    "suspendue",
                                                                    "en revue",
                                                                    "faite",
                                                                    "sans objet",
                                                                    "retirée"};

  // clang-format off
  using TransitionTable = boost::mpl::vector39<
      //   from               event             to                 effects                    facts
      Row< St<S::waiting>,    On<E::offer>,     St<S::offered>,    Do<effect::start_clock>,   none                    >,   // proposer
      Row< St<S::waiting>,    On<E::rule_out>,  St<S::not_needed>, Do<effect::settles>,       none                    >,   // écarter
      Row< St<S::offered>,    On<E::take>,      St<S::taken>,      none,                      none                    >,   // prendre en charge
      Row< St<S::offered>,    On<E::give_up>,   St<S::offered>,    none,                      none                    >,   // décliner
      Row< St<S::taken>,      On<E::give_up>,   St<S::offered>,    none,                      none                    >,   // rendre
      Row< St<S::offered>,    On<E::complete>,  St<S::done>,       Do<effect::settles>,       IfNot<fact::has_review> >,   // terminer
      Row< St<S::offered>,    On<E::complete>,  St<S::in_review>,  Do<effect::ask_review>,    If<fact::has_review>    >,   // terminer, puis revue
      Row< St<S::taken>,      On<E::complete>,  St<S::done>,       Do<effect::settles>,       IfNot<fact::has_review> >,   // terminer
      Row< St<S::taken>,      On<E::complete>,  St<S::in_review>,  Do<effect::ask_review>,    If<fact::has_review>    >,   // terminer, puis revue
      Row< St<S::taken>,      On<E::hold>,      St<S::held>,       Do<effect::stop_clock>,    If<fact::may_hold>      >,   // suspendre
      Row< St<S::held>,       On<E::resume>,    St<S::taken>,      Do<effect::restart_clock>, none                    >,   // reprendre
      Row< St<S::in_review>,  On<E::approve>,   St<S::done>,       Do<effect::settles>,       none                    >,   // valider
      Row< St<S::in_review>,  On<E::give_back>, St<S::taken>,      none,                      If<fact::returns_left>  >,   // renvoyer
      Row< St<S::waiting>,    On<E::settle>,    St<S::done>,       Do<effect::settles>,       none                    >,   // régler entre deux reprises
      Row< St<S::offered>,    On<E::settle>,    St<S::done>,       Do<effect::settles>,       none                    >,   // régler d'office
      Row< St<S::taken>,      On<E::settle>,    St<S::done>,       Do<effect::settles>,       none                    >,   // régler d'office
      Row< St<S::held>,       On<E::settle>,    St<S::done>,       Do<effect::settles>,       none                    >,   // régler d'office
      Row< St<S::in_review>,  On<E::settle>,    St<S::done>,       Do<effect::settles>,       none                    >,   // régler d'office
      Row< St<S::waiting>,    On<E::withdraw>,  St<S::withdrawn>,  Do<effect::settles>,       none                    >,   // retirer
      Row< St<S::offered>,    On<E::withdraw>,  St<S::withdrawn>,  Do<effect::settles>,       none                    >,   // retirer
      Row< St<S::taken>,      On<E::withdraw>,  St<S::withdrawn>,  Do<effect::settles>,       none                    >,   // retirer
      Row< St<S::held>,       On<E::withdraw>,  St<S::withdrawn>,  Do<effect::settles>,       none                    >,   // retirer
      Row< St<S::in_review>,  On<E::withdraw>,  St<S::withdrawn>,  Do<effect::settles>,       none                    >,   // retirer
      Row< St<S::waiting>,    On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::offered>,    On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::taken>,      On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::held>,       On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::in_review>,  On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::done>,       On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::not_needed>, On<E::reopen>,    St<S::waiting>,    none,                      If<fact::rounds_left>   >,   // rouvrir
      Row< St<S::withdrawn>,  On<E::restore_waiting>,    St<S::waiting>,    none,                      none                    >,   // attendre de nouveau
      Row< St<S::withdrawn>,  On<E::restore_offered>,    St<S::offered>,    none,                      none                    >,   // proposer de nouveau
      Row< St<S::withdrawn>,  On<E::restore_taken>,      St<S::taken>,      none,                      none                    >,   // remettre en main
      Row< St<S::withdrawn>,  On<E::restore_held>,       St<S::held>,       none,                      none                    >,   // suspendre de nouveau
      Row< St<S::withdrawn>,  On<E::restore_in_review>,  St<S::in_review>,  none,                      none                    >,   // remettre en revue
      Row< St<S::offered>,    On<E::stop>,      St<S::waiting>,    Do<effect::stop_clock>,    none                    >,   // arrêter
      Row< St<S::taken>,      On<E::stop>,      St<S::waiting>,    Do<effect::stop_clock>,    none                    >,   // arrêter
      Row< St<S::held>,       On<E::stop>,      St<S::waiting>,    Do<effect::stop_clock>,    none                    >,   // arrêter
      Row< St<S::in_review>,  On<E::stop>,      St<S::waiting>,    Do<effect::stop_clock>,    none                    >>;  // arrêter
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::work_rows

namespace protoflow::engine::lifecycle {
using work_rows::WorkRows;
}
