// The floor of the timers: a timing wheel of six levels of 64 slots by index, to the millisecond,
// that knows nothing beyond 2^36 ms (two years) and nothing of instants. 18 bytes a timer, in
// arrays.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace protoflow::bench {

class BareWheel final {
 public:
  explicit BareWheel(std::size_t timers);

  /// `tick` is not before the last one that was fired. Requires that it is not armed.
  void arm(std::uint32_t timer, std::uint64_t tick);
  void cancel(std::uint32_t timer);

  [[nodiscard]] bool is_armed(std::uint32_t timer) const { return slots_[timer] != kNowhere; }

  /// The next to fire, in order; kNobody when none is left.
  [[nodiscard]] std::uint32_t fire();

  [[nodiscard]] std::uint64_t tick() const { return tick_; }

  static constexpr std::uint32_t kNobody = 0xFFFF'FFFF;

 private:
  static constexpr std::uint16_t kNowhere = 0xFFFF;
  static constexpr unsigned kLevels = 6, kBits = 6, kSlots = 64;

  std::vector<std::uint64_t> ticks_;
  std::vector<std::uint32_t> next_, previous_;
  std::vector<std::uint16_t> slots_;
  std::array<std::uint32_t, kLevels * kSlots> heads_;
  std::array<std::uint64_t, kLevels> used_{};
  std::uint64_t tick_ = 0;
};

}  // namespace protoflow::bench
