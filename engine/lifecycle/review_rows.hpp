// The rows of this lifecycle: its only definition. The review table (engine/lifecycle/review.cpp),
// the picture in docs/lifecycles.md and the oracle of the tests are all made from them. Private to
// engine/lifecycle and its tests.
#pragma once

#include "engine/lifecycle/review.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle::review_rows {

namespace fact = review_fact;

struct ReviewRows {
  using State = ReviewState;
  using Event = ReviewEvent;
  using S = State;
  using E = Event;

  static constexpr auto& kStateNames = kReviewStateNames;
  static constexpr auto& kEventNames = kReviewEventNames;
  static constexpr State kStart = State::none;
  static constexpr std::array kEnds = {State::approved, State::approved_with_reservations};
  static constexpr std::uint8_t kFacts = fact::all;

  // For docs/lifecycles.md: bit by bit, state by state.
  static constexpr std::string_view kTitle = "Review of a step";
  static constexpr std::string_view kFrenchTitle = "Revue d'une étape";
  static constexpr std::string_view kMeaning =
      "By a second role, or by several: then each of them has one, and so has the step as a whole. "
      "The reviewer is never the doer, nobody judges for two roles, silence is never approval, and "
      "every return is counted.";
  static constexpr std::array<std::string_view, 3> kFactNames = {
      "not_the_doer", "returns_left", "not_twice"};
  static constexpr std::array<std::string_view, 0> kEffectNames = {};
  static constexpr std::array<std::string_view, 8> kFrenchStates = {"aucune",
                                                                    "demandée",
                                                                    "en cours",
                                                                    "récusée",
                                                                    "validée",
                                                                    "validée avec réserves",
                                                                    "renvoyée",
                                                                    "sans réponse"};

  // clang-format off
  using TransitionTable = boost::mpl::vector27<
      //   from                               event                             to                                 effects  facts
      Row< St<S::none>,                       On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander la revue
      Row< St<S::returned>,                   On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander de nouveau
      Row< St<S::approved>,                   On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander de nouveau
      Row< St<S::approved_with_reservations>, On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander de nouveau
      Row< St<S::lapsed>,                     On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander de nouveau
      Row< St<S::recused>,                    On<E::request>,                   St<S::requested>,                  none,    none                                                          >,   // demander à une autre personne
      Row< St<S::requested>,                  On<E::begin>,                     St<S::reviewing>,                  none,    If<fact::not_the_doer | fact::not_twice>                      >,   // commencer
      Row< St<S::reviewing>,                  On<E::begin>,                     St<S::reviewing>,                  none,    If<fact::not_the_doer | fact::not_twice>                      >,   // reprendre à son nom
      Row< St<S::lapsed>,                     On<E::begin>,                     St<S::reviewing>,                  none,    If<fact::not_the_doer | fact::not_twice>                      >,   // commencer tard
      Row< St<S::requested>,                  On<E::recuse>,                    St<S::recused>,                    none,    none                                                          >,   // se récuser
      Row< St<S::reviewing>,                  On<E::recuse>,                    St<S::recused>,                    none,    none                                                          >,   // se récuser
      Row< St<S::lapsed>,                     On<E::recuse>,                    St<S::recused>,                    none,    none                                                          >,   // se récuser tard
      Row< St<S::requested>,                  On<E::approve>,                   St<S::approved>,                   none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider
      Row< St<S::reviewing>,                  On<E::approve>,                   St<S::approved>,                   none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider
      Row< St<S::lapsed>,                     On<E::approve>,                   St<S::approved>,                   none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider tard
      Row< St<S::requested>,                  On<E::approve_with_reservations>, St<S::approved_with_reservations>, none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider avec réserves
      Row< St<S::reviewing>,                  On<E::approve_with_reservations>, St<S::approved_with_reservations>, none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider avec réserves
      Row< St<S::lapsed>,                     On<E::approve_with_reservations>, St<S::approved_with_reservations>, none,    If<fact::not_the_doer | fact::not_twice>                      >,   // valider avec réserves
      Row< St<S::requested>,                  On<E::give_back>,                 St<S::returned>,                   none,    If<fact::not_the_doer | fact::not_twice | fact::returns_left> >,   // renvoyer
      Row< St<S::reviewing>,                  On<E::give_back>,                 St<S::returned>,                   none,    If<fact::not_the_doer | fact::not_twice | fact::returns_left> >,   // renvoyer
      Row< St<S::lapsed>,                     On<E::give_back>,                 St<S::returned>,                   none,    If<fact::not_the_doer | fact::not_twice | fact::returns_left> >,   // renvoyer tard
      Row< St<S::requested>,                  On<E::lapse>,                     St<S::lapsed>,                     none,    none                                                          >,   // rester sans réponse
      Row< St<S::reviewing>,                  On<E::lapse>,                     St<S::lapsed>,                     none,    none                                                          >,   // rester sans réponse
      Row< St<S::requested>,                  On<E::withdraw>,                  St<S::none>,                       none,    none                                                          >,   // retirer
      Row< St<S::reviewing>,                  On<E::withdraw>,                  St<S::none>,                       none,    none                                                          >,   // retirer
      Row< St<S::recused>,                    On<E::withdraw>,                  St<S::none>,                       none,    none                                                          >,   // retirer
      Row< St<S::lapsed>,                     On<E::withdraw>,                  St<S::none>,                       none,    none                                                          >>;  // retirer
  // clang-format on
};

}  // namespace protoflow::engine::lifecycle::review_rows

namespace protoflow::engine::lifecycle {
using review_rows::ReviewRows;
}
