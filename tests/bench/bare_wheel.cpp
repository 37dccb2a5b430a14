#include "tests/bench/bare_wheel.hpp"

#include <bit>

namespace protoflow::bench {

BareWheel::BareWheel(std::size_t timers)
    : ticks_(timers), next_(timers), previous_(timers), slots_(timers, kNowhere) {
  heads_.fill(kNobody);
}

void BareWheel::arm(std::uint32_t timer, std::uint64_t tick) {
  const unsigned level = static_cast<unsigned>(std::bit_width((tick ^ tick_) | 1U) - 1) / kBits;
  const auto in_level = static_cast<unsigned>(tick >> (level * kBits)) % kSlots;
  const unsigned slot = level * kSlots + in_level;
  ticks_[timer] = tick;
  slots_[timer] = static_cast<std::uint16_t>(slot);
  next_[timer] = heads_[slot];
  previous_[timer] = kNobody;
  if (heads_[slot] != kNobody) {
    previous_[heads_[slot]] = timer;
  }
  heads_[slot] = timer;
  used_[level] |= std::uint64_t{1} << in_level;
}

void BareWheel::cancel(std::uint32_t timer) {
  const unsigned slot = slots_[timer];
  if (next_[timer] != kNobody) {
    previous_[next_[timer]] = previous_[timer];
  }
  if (previous_[timer] != kNobody) {
    next_[previous_[timer]] = next_[timer];
  } else {
    heads_[slot] = next_[timer];
    if (heads_[slot] == kNobody) {
      used_[slot / kSlots] &= ~(std::uint64_t{1} << slot % kSlots);
    }
  }
  slots_[timer] = kNowhere;
}

std::uint32_t BareWheel::fire() {
  for (;;) {
    unsigned level = 0;
    while (level < kLevels && used_[level] == 0) {
      ++level;
    }
    if (level == kLevels) {
      return kNobody;
    }
    const auto in_level = static_cast<unsigned>(std::countr_zero(used_[level]));
    const unsigned slot = level * kSlots + in_level;
    if (level == 0) {
      const std::uint32_t timer = heads_[slot];
      tick_ = ticks_[timer];
      cancel(timer);
      return timer;
    }
    const unsigned shift = level * kBits;
    tick_ = (tick_ >> (shift + kBits) << (shift + kBits)) | (std::uint64_t{in_level} << shift);
    std::uint32_t timer = heads_[slot];
    heads_[slot] = kNobody;
    used_[level] &= ~(std::uint64_t{1} << in_level);
    while (timer != kNobody) {
      const std::uint32_t following = next_[timer];
      arm(timer, ticks_[timer]);
      timer = following;
    }
  }
}

}  // namespace protoflow::bench
