// Runs a lifecycle's rows on Boost.MSM's own back-end, from every state, with every event and every
// byte of facts, and compares each answer with the table's.
#pragma once

#include <boost/msm/back/state_machine.hpp>
#include <gtest/gtest.h>

#include "engine/lifecycle/cell.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle {

/// MSM's serialization hook, used to place a machine at a state: it hands over its array of current
/// states.
struct Placement {
  int state = 0;

  void operator&(int (&current)[1]) const { current[0] = state; }

  template <class Anything>
  void operator&(Anything&) const {}
};

template <class Lifecycle>
class Oracle {
 public:
  using State = typename Lifecycle::State;
  using Event = typename Lifecycle::Event;
  using Machine = boost::msm::back::state_machine<Front<Lifecycle>>;

  template <std::size_t Place>
  static Cell<State> ask(State state, std::uint8_t facts) {
    Machine machine;
    Placement placement{numbers()[static_cast<std::size_t>(state)]};
    machine.serialize(placement, 0U);
    machine.facts = facts;
    const auto handled = machine.process_event(On<static_cast<Event>(Place)>());
    Verdict verdict = Verdict::impossible;
    if (handled == boost::msm::back::HANDLED_TRUE) {
      verdict = Verdict::possible;
    } else if (handled == boost::msm::back::HANDLED_GUARD_REJECT) {
      verdict = Verdict::refused;
    }
    return {state_of(machine.current_state()[0]), machine.effects, verdict};
  }

 private:
  static constexpr std::size_t kCount = Lifecycle::kStateNames.size();

  /// MSM's number of each of our states.
  static std::array<int, kCount> numbers() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<int, kCount>{
          boost::msm::back::get_state_id<typename Machine::stt,
                                         St<static_cast<State>(I)>>::type::value...};
    }(std::make_index_sequence<kCount>());
  }

  static State state_of(int number) {
    const auto all = numbers();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] == number) {
        return static_cast<State>(i);
      }
    }
    ADD_FAILURE() << "MSM is in a state that is not ours: " << number;
    return {};
  }
};

template <class Lifecycle, class Function>
void compare_with_msm(Function table) {
  using State = typename Lifecycle::State;
  using Event = typename Lifecycle::Event;
  constexpr std::size_t kEventCount = Lifecycle::kEventNames.size();
  const auto compare = [&]<std::size_t Place>(State state, std::uint8_t facts) {
    const auto expected = Oracle<Lifecycle>::template ask<Place>(state, facts);
    const auto found = table(state, static_cast<Event>(Place), facts);
    EXPECT_TRUE(found == expected)
        << Lifecycle::kStateNames[static_cast<std::size_t>(state)] << " + "
        << Lifecycle::kEventNames[Place] << ", facts " << int{facts} << ": table says "
        << Lifecycle::kStateNames[static_cast<std::size_t>(found.next)] << ", MSM "
        << Lifecycle::kStateNames[static_cast<std::size_t>(expected.next)];
  };
  for (std::size_t state = 0; state < Lifecycle::kStateNames.size(); ++state) {
    for (unsigned facts = 0; facts <= Lifecycle::kFacts; ++facts) {
      [&]<std::size_t... Place>(std::index_sequence<Place...>) {
        (compare.template operator()<Place>(static_cast<State>(state),
                                            static_cast<std::uint8_t>(facts)),
         ...);
      }(std::make_index_sequence<kEventCount>());
    }
  }
}

}  // namespace protoflow::engine::lifecycle
