// The floors of a transition: the same twelve steps in the same order, with nothing around them. A
// table of bytes with a bare timing wheel; and live Boost.MSM objects, one a step, without a timer.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/lifecycle/work.hpp"
#include "tests/bench/bare_wheel.hpp"

namespace protoflow::bench {

/// One recorded event of the path, as a table sees it.
struct BareTransition {
  std::uint8_t step = 0;
  engine::WorkEvent event = engine::WorkEvent::offer;
  std::uint8_t facts = 0;
  enum class Timer : std::uint8_t { stays, arms, cancels } timer = Timer::stays;
};

/// What makes the path: opening and closing, offers, takes, completions, a return.
[[nodiscard]] std::vector<BareTransition> bare_path();

class TableCases final {
 public:
  explicit TableCases(std::uint32_t cases);

  /// `count` transitions of cases in random order; a case that has ended begins again.
  void run(std::uint64_t count);

 private:
  struct Case {
    std::array<std::uint8_t, 12> work{};
    std::uint8_t place = 0;  // in the path
    std::array<std::uint8_t, 3> spare{};
  };

  void advance(std::uint32_t number);

  std::vector<BareTransition> path_;
  std::vector<engine::Cell<engine::WorkState>> table_;
  std::vector<Case> cases_;
  BareWheel wheel_;
  std::uint64_t random_ = 2027;
};

class MsmCases final {
 public:
  explicit MsmCases(std::uint32_t cases);
  MsmCases(const MsmCases&) = delete;
  MsmCases& operator=(const MsmCases&) = delete;
  ~MsmCases();

  void run(std::uint64_t count);

  [[nodiscard]] static std::size_t bytes_of_a_case();

 private:
  struct Case;

  void advance(std::uint32_t number);

  std::vector<BareTransition> path_;
  std::vector<Case> cases_;
  std::uint64_t random_ = 2027;
};

/// A linear congruential generator: the same order of cases for all.
[[nodiscard]] inline std::uint32_t next_case(std::uint64_t& random, std::uint32_t cases) {
  random = random * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::uint32_t>(((random >> 32U) * cases) >> 32U);
}

}  // namespace protoflow::bench
