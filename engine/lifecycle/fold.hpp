// The rows of a lifecycle, folded at compile time into a table [state][event][facts] -> Cell, after
// checks that MSM does not make: it accepts two rows for one cell, rows that can never fire and
// states without a way out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <boost/mpl/at.hpp>
#include <boost/mpl/size.hpp>

#include "engine/lifecycle/cell.hpp"
#include "engine/lifecycle/rows.hpp"

namespace protoflow::engine::lifecycle {

/// A row as plain values; states and events by the number of our own enumerators.
struct PlainRow {
  std::size_t from = 0, event = 0, to = 0;
  std::uint8_t needs = 0;    // facts that must hold
  std::uint8_t forbids = 0;  // facts that must not
  std::uint8_t effects = 0;

  [[nodiscard]] constexpr bool allows(std::size_t facts) const {
    return (facts & needs) == needs && (facts & forbids) == 0;
  }
};

// ---- from types to values
// ------------------------------------------------------------------------------------------

template <class Guard>
struct GuardOf {
  static_assert(sizeof(Guard) == 0, "the guard of a row is If<…>, IfNot<…> or none");
};

template <>
struct GuardOf<none> {
  static constexpr std::uint8_t kNeeds = 0, kForbids = 0;
};

template <std::uint8_t Facts>
struct GuardOf<If<Facts>> {
  static constexpr std::uint8_t kNeeds = Facts, kForbids = 0;
};

template <std::uint8_t Facts>
struct GuardOf<IfNot<Facts>> {
  static constexpr std::uint8_t kNeeds = 0, kForbids = Facts;
};

template <class Action>
struct EffectsOf {
  static_assert(sizeof(Action) == 0, "the action of a row is Do<…> or none");
};

template <>
struct EffectsOf<none> {
  static constexpr std::uint8_t kEffects = 0;
};

template <std::uint8_t Effects>
struct EffectsOf<Do<Effects>> {
  static constexpr std::uint8_t kEffects = Effects;
};

template <class AnyRow>
struct PlainRowOf {
  static_assert(sizeof(AnyRow) == 0, "a row is Row< St<…>, On<…>, St<…>, action, guard >");
};

template <auto From, auto Event, decltype(From) To, class Action, class Guard>
struct PlainRowOf<Row<St<From>, On<Event>, St<To>, Action, Guard>> {
  static constexpr PlainRow kValue = {.from = static_cast<std::size_t>(From),
                                      .event = static_cast<std::size_t>(Event),
                                      .to = static_cast<std::size_t>(To),
                                      .needs = GuardOf<Guard>::kNeeds,
                                      .forbids = GuardOf<Guard>::kForbids,
                                      .effects = EffectsOf<Action>::kEffects};
};

template <class Lifecycle>
constexpr auto plain_rows() {
  using Table = typename Lifecycle::TransitionTable;
  constexpr auto kCount = static_cast<std::size_t>(boost::mpl::size<Table>::value);
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<PlainRow, kCount>{
        PlainRowOf<typename boost::mpl::at_c<Table, static_cast<long>(I)>::type>::kValue...};
  }(std::make_index_sequence<kCount>());
}

template <class Lifecycle>
inline constexpr auto kRows = plain_rows<Lifecycle>();

// ---- what must hold of the rows
// ---------------------------------------------------------------------------------

template <class Lifecycle>
inline constexpr std::size_t kStates = Lifecycle::kStateNames.size();
template <class Lifecycle>
inline constexpr std::size_t kEvents = Lifecycle::kEventNames.size();
template <class Lifecycle>
inline constexpr std::size_t kFactSets = Lifecycle::kFacts + std::size_t{1};

template <class Lifecycle>
constexpr bool one_row_a_cell() {
  const auto& rows = kRows<Lifecycle>;
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = a + 1; b < rows.size(); ++b) {
      for (std::size_t facts = 0; facts < kFactSets<Lifecycle>; ++facts) {
        if (rows[a].from == rows[b].from && rows[a].event == rows[b].event &&
            rows[a].allows(facts) && rows[b].allows(facts)) {
          return false;
        }
      }
    }
  }
  return true;
}

/// Which states can be reached from `reached`, forwards or against the arrows.
template <class Lifecycle>
constexpr auto spread(std::array<bool, kStates<Lifecycle>> reached, bool forwards) {
  for (std::size_t step = 0; step < kStates<Lifecycle>; ++step) {
    for (const PlainRow& row : kRows<Lifecycle>) {
      const std::size_t here = forwards ? row.from : row.to;
      const std::size_t there = forwards ? row.to : row.from;
      reached[there] = reached[there] || reached[here];
    }
  }
  return reached;
}

template <class Lifecycle>
constexpr bool every_state_is_reached() {
  std::array<bool, kStates<Lifecycle>> start{};
  start[static_cast<std::size_t>(Lifecycle::kStart)] = true;
  for (const bool reached : spread<Lifecycle>(start, true)) {
    if (!reached) {
      return false;
    }
  }
  return true;
}

template <class Lifecycle>
constexpr bool every_state_can_end() {
  std::array<bool, kStates<Lifecycle>> ends{};
  for (const auto end : Lifecycle::kEnds) {
    ends[static_cast<std::size_t>(end)] = true;
  }
  for (const bool can_end : spread<Lifecycle>(ends, false)) {
    if (!can_end) {
      return false;
    }
  }
  return true;
}

template <class Lifecycle>
constexpr bool every_row_can_fire() {
  for (const PlainRow& row : kRows<Lifecycle>) {
    const bool is_known = (row.needs | row.forbids | Lifecycle::kFacts) == Lifecycle::kFacts;
    if (!is_known || (row.needs & row.forbids) != 0) {
      return false;
    }
  }
  return true;
}

template <class Lifecycle>
constexpr bool every_event_has_a_row() {
  std::array<bool, kEvents<Lifecycle>> has_row{};
  for (const PlainRow& row : kRows<Lifecycle>) {
    has_row[row.event] = true;
  }
  for (const bool has : has_row) {
    if (!has) {
      return false;
    }
  }
  return true;
}

// ---- the table
// --------------------------------------------------------------------------------------------------

template <class Lifecycle>
using Table = std::array<Cell<typename Lifecycle::State>,
                         kStates<Lifecycle> * kEvents<Lifecycle> * kFactSets<Lifecycle>>;

template <class Lifecycle>
constexpr std::size_t place(std::size_t state, std::size_t event, std::size_t facts) {
  return (state * kEvents<Lifecycle> + event) * kFactSets<Lifecycle> + facts;
}

/// A row that the facts forbid makes its cell `refused`; a cell without a row stays `impossible`.
/// Both keep the state.
template <class Lifecycle>
constexpr Table<Lifecycle> fold() {
  static_assert(one_row_a_cell<Lifecycle>(), "two rows answer the same state, event and facts");
  static_assert(every_state_is_reached<Lifecycle>(), "a state has no way in from the start");
  static_assert(every_state_can_end<Lifecycle>(), "a state has no way to an end");
  static_assert(every_row_can_fire<Lifecycle>(), "the guard of a row can never hold");
  static_assert(every_event_has_a_row<Lifecycle>(), "an event has no row");

  using State = typename Lifecycle::State;
  constexpr std::size_t kCellsOfState = kEvents<Lifecycle> * kFactSets<Lifecycle>;
  Table<Lifecycle> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i].next = static_cast<State>(i / kCellsOfState);
  }
  for (const PlainRow& row : kRows<Lifecycle>) {
    for (std::size_t facts = 0; facts < kFactSets<Lifecycle>; ++facts) {
      auto& cell = table[place<Lifecycle>(row.from, row.event, facts)];
      if (row.allows(facts)) {
        cell = {static_cast<State>(row.to), row.effects, Verdict::possible};
      } else if (cell.verdict == Verdict::impossible) {
        cell.verdict = Verdict::refused;
      }
    }
  }
  return table;
}

template <class Lifecycle>
inline constexpr Table<Lifecycle> kTable = fold<Lifecycle>();

/// Total: facts that the lifecycle does not know are ignored, states and events that it does not
/// have are impossible.
template <class Lifecycle>
constexpr Cell<typename Lifecycle::State> answer(typename Lifecycle::State state,
                                                 typename Lifecycle::Event event,
                                                 std::uint8_t facts) noexcept {
  const auto row = static_cast<std::size_t>(state);
  const auto column = static_cast<std::size_t>(event);
  if (row >= kStates<Lifecycle> || column >= kEvents<Lifecycle>) {
    return {.next = state};
  }
  return kTable<Lifecycle>[place<Lifecycle>(row, column, facts & Lifecycle::kFacts)];
}

}  // namespace protoflow::engine::lifecycle
