// A life: a random protocol, and what people tried in it. The same seed gives the same life. What
// every property test shares.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/state/apply.hpp"
#include "tests/property/random_path.hpp"
#include "tests/support/play.hpp"

namespace protoflow::tests {

inline constexpr std::uint64_t kLives = 3000;
inline constexpr std::uint64_t kManyLives = 10'000;
inline constexpr auto kFarAway = std::chrono::hours(20'000);

struct Act {
  model::Instant now;
  engine::Command command;
};

struct Life {
  ProtocolSpec path;
  engine::Plan plan;
  std::vector<Act> acts;
};

struct Told {
  engine::CaseState state;
  std::vector<engine::Event> events;
};

void run_on(engine::CaseState& state,
            std::vector<engine::Event>& history,
            const std::vector<engine::Event>& events);

/// The acts are chosen on the state as it is at that instant, deadlines included.
[[nodiscard]] Life live(std::uint64_t seed);

/// Until a claim fails; its seed is printed. PROTOFLOW_SEED=n makes it that one alone.
void for_every_life(const std::function<void(const Life&)>& claim, std::uint64_t lives = kLives);

/// The same acts again; between two of them, a tick every `every`, where that is not zero.
[[nodiscard]] Told tell(const engine::Plan& plan,
                        const std::vector<Act>& acts,
                        std::chrono::minutes every);

/// The state as text in which no place of a declaration or of an event shows: two protocols that
/// differ in the order of their lines give the same.
[[nodiscard]] std::string by_name(const engine::CaseState& state, const engine::Plan& plan);

}  // namespace protoflow::tests
