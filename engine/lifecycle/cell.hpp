// One answer of a lifecycle table: what an event does to a state, given a byte of facts. The tables
// are folded at compile time from Boost.MSM rows (one file per lifecycle); MSM's own back-end is
// their oracle in the tests.
#pragma once

#include <cstdint>

namespace protoflow::engine {

enum class Verdict : std::uint8_t {
  possible,    // the state becomes `next`
  impossible,  // no row for this event in this state: "not possible now"
  refused,     // a row exists but a fact forbids it: "not you" or "not yet"
};

template <class State>
struct Cell {
  State next{};
  std::uint8_t effects = 0;  // bits of the lifecycle's own `effect` namespace; 0 unless possible
  Verdict verdict = Verdict::impossible;

  friend constexpr bool operator==(const Cell&, const Cell&) = default;
};

}  // namespace protoflow::engine
