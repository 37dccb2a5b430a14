// The due instants of many live cases: one timer a case, by its place. A hierarchical wheel to the
// millisecond: eleven levels of 64 slots, so that any instant has its slot. It reads no clock and
// fires nothing by itself: the caller takes out what is due at an instant it names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/model/time.hpp"

namespace protoflow::engine {

class TimingWheel final {
 public:
  /// Nothing is due long before `begin`: what is comes out first, in no order.
  explicit TimingWheel(model::Instant begin);

  /// Sets or moves the timer of `place`; kNever takes it away. An instant that take() has already
  /// gone past is due at once. Memory is 16 bytes for each place up to the highest ever armed.
  void arm(std::uint32_t place, model::Instant at);

  /// Brings the timer of `place` nearer while something else is done: among millions it lies in
  /// memory that nobody has looked at for long.
  void fetch(std::uint32_t place) const;

  /// kNever: not armed.
  [[nodiscard]] model::Instant due(std::uint32_t place) const;

  /// The place whose instant is the earliest, if that is not after `now`; its timer is taken away.
  /// What is due comes out in the order of the instants; places of one instant, and instants that
  /// were already past when they were armed, in no order that means anything, but always the same.
  [[nodiscard]] std::optional<std::uint32_t> take(model::Instant now);

  /// When to take() again: no timer is due before; kNever without a timer. For a timer that is far
  /// away it may come too early, at most ten times before it is due.
  [[nodiscard]] model::Instant look_again() const;

  [[nodiscard]] std::size_t armed() const { return armed_; }

 private:
  static constexpr unsigned kBits = 6;
  static constexpr std::size_t kSlots = 64;
  static constexpr std::size_t kLevels = 11;
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  static constexpr std::uint32_t kSlotMark = 0x8000'0000;  // in `before`: the head of that slot

  struct Timer {  // one of a slot's doubly linked list
    std::uint64_t tick = kNotArmed;
    std::uint32_t before = kNone, after = kNone;
  };

  static constexpr std::uint64_t kNotArmed = ~std::uint64_t{0};

  struct FirstSlot {
    std::size_t slot = 0;
    std::uint64_t begin = 0;  // the first tick that belongs to it
  };

  void put(std::uint32_t place);
  void take_out(std::uint32_t place);
  void spread(const FirstSlot& first);
  [[nodiscard]] std::optional<FirstSlot> first_slot() const;

  std::vector<Timer> timers_;  // by place
  std::array<std::uint32_t, kLevels * kSlots> heads_;
  std::array<std::uint64_t, kLevels> used_{};  // a bit for each slot with a timer
  std::uint64_t passed_;                       // no timer is armed for a tick before
  std::size_t armed_ = 0;
};

}  // namespace protoflow::engine
