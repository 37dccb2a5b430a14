// A small generator of its own, so that the same seed gives the same bytes on every machine and
// with every library. Not for secrets.
#pragma once

#include <cstdint>

namespace protoflow::engine {

struct Random {
  std::uint64_t state = 0;
};

/// SplitMix64 (Steele, Lea and Flood, 2014).
[[nodiscard]] constexpr std::uint64_t next(Random& random) {
  random.state += 0x9E3779B97F4A7C15U;
  auto mixed = random.state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

/// From 0 to `bound` - 1; 0 for a bound of 0.
[[nodiscard]] constexpr std::uint32_t below(Random& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>(((next(random) >> 32U) * bound) >> 32U);
}

[[nodiscard]] constexpr bool chance(Random& random, std::uint32_t percent) {
  return below(random, 100) < percent;
}

}  // namespace protoflow::engine
