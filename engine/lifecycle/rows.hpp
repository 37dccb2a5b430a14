// The vocabulary of the lifecycles' rows, on Boost.MSM's functor front-end: these generic types and
// nothing else, so that a row is data that fold.hpp can read and that MSM's back-end, the oracle of
// the tests, can run. Private to engine/lifecycle and its tests: this header costs seconds to
// compile.
#pragma once

#include <cstdint>

#include <boost/mpl/vector/vector50.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

namespace protoflow::engine::lifecycle {

using boost::msm::front::none;
using boost::msm::front::Row;

/// The state that one of our own persisted enumerators names. MSM's numbers are never seen outside
/// the tests.
template <auto State>
struct St : boost::msm::front::state<> {};

template <auto Event>
struct On {};

/// Guard: all these facts hold.
template <std::uint8_t Facts>
struct If {
  template <class Event, class Machine, class Source, class Target>
  constexpr bool operator()(const Event&, Machine& machine, Source&, Target&) const {
    return (machine.facts & Facts) == Facts;
  }
};

/// Guard: none of these facts holds.
template <std::uint8_t Facts>
struct IfNot {
  template <class Event, class Machine, class Source, class Target>
  constexpr bool operator()(const Event&, Machine& machine, Source&, Target&) const {
    return (machine.facts & Facts) == 0;
  }
};

/// Effects: these bits are told to the engine, which acts on them.
template <std::uint8_t Effects>
struct Do {
  template <class Event, class Machine, class Source, class Target>
  constexpr void operator()(const Event&, Machine& machine, Source&, Target&) const {
    machine.effects |= Effects;
  }
};

/// The machine that MSM's back-end runs: the rows, a byte of facts in, a byte of effects out.
template <class Lifecycle>
struct Front : boost::msm::front::state_machine_def<Front<Lifecycle>> {
  // NOLINTBEGIN(readability-identifier-naming): these are the names that MSM looks for
  using no_message_queue = int;
  using no_exception_thrown = int;
  using initial_state = St<Lifecycle::kStart>;
  using transition_table = typename Lifecycle::TransitionTable;

  // NOLINTEND(readability-identifier-naming)

  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {}

  std::uint8_t facts = 0;
  std::uint8_t effects = 0;
};

}  // namespace protoflow::engine::lifecycle
