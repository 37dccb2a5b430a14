// Random protocols and random histories from a seed: the same seed gives the same case on every
// machine.
#pragma once

#include <cstdint>
#include <random>

#include "tests/support/protocol_builder.hpp"

namespace protoflow::tests {

class Dice final {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// 0 … sides - 1. The engine's own numbers, so that no library's distribution changes a case.
  std::uint32_t roll(std::uint32_t sides) { return static_cast<std::uint32_t>(engine_() % sides); }

  bool chance(std::uint32_t percent) { return roll(100) < percent; }

 private:
  std::mt19937_64 engine_;
};

/// 3 to 9 steps that may use every clause the engine acts on; conditions mention earlier steps
/// only, so that a path exists.
[[nodiscard]] ProtocolSpec random_path(Dice& dice);

/// The next thing that someone tries: mostly what somebody may do, sometimes nonsense, sometimes
/// long ago.
[[nodiscard]] engine::Command random_command(Dice& dice,
                                             const engine::Plan& plan,
                                             const engine::CaseState& state,
                                             model::Instant now);

}  // namespace protoflow::tests
