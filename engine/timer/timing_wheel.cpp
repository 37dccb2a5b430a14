#include "engine/timer/timing_wheel.hpp"

#include <algorithm>
#include <bit>

namespace protoflow::engine {

namespace {

// Ticks are instants in the same order, without a sign.
constexpr std::uint64_t kSign = std::uint64_t{1} << 63U;

std::uint64_t tick_of(model::Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count()) ^ kSign;
}

model::Instant instant_of(std::uint64_t tick) {
  return model::Instant(std::chrono::milliseconds(static_cast<std::int64_t>(tick ^ kSign)));
}

}  // namespace

TimingWheel::TimingWheel(model::Instant begin) : passed_(tick_of(begin)) {
  heads_.fill(kNone);
}

void TimingWheel::arm(std::uint32_t place, model::Instant at) {
  if (place >= timers_.size()) {
    if (at == model::kNever) {
      return;
    }
    timers_.resize(std::size_t{place} + 1);
  }
  if (timers_[place].tick == tick_of(at)) {
    return;
  }
  if (timers_[place].tick != kNotArmed) {
    take_out(place);
  }
  timers_[place].tick = tick_of(at);  // of kNever: kNotArmed
  if (at != model::kNever) {
    put(place);
  }
}

void TimingWheel::fetch(std::uint32_t place) const {
  if (place < timers_.size()) {
    __builtin_prefetch(&timers_[place], 1);
  }
}

model::Instant TimingWheel::due(std::uint32_t place) const {
  return place < timers_.size() ? instant_of(timers_[place].tick) : model::kNever;
}

std::optional<std::uint32_t> TimingWheel::take(model::Instant now) {
  const std::uint64_t until = tick_of(now);
  for (auto first = first_slot(); first && first->begin <= until; first = first_slot()) {
    passed_ = std::max(passed_, first->begin);
    if (first->slot < kSlots) {
      const std::uint32_t place = heads_[first->slot];
      take_out(place);
      timers_[place].tick = kNotArmed;
      return place;
    }
    spread(*first);
  }
  return std::nullopt;
}

model::Instant TimingWheel::look_again() const {
  const auto first = first_slot();
  return first ? instant_of(std::max(first->begin, passed_)) : model::kNever;
}

// The level is the highest group of six bits in which the tick differs from what has passed: all
// that stands on a level is due before all that stands on the next.
void TimingWheel::put(std::uint32_t place) {
  Timer& timer = timers_[place];
  const std::uint64_t tick = std::max(timer.tick, passed_);
  const std::uint64_t differs = (tick ^ passed_) | 1U;
  const auto level = static_cast<std::size_t>(std::bit_width(differs) - 1) / kBits;
  const std::size_t in_level = (tick >> (level * kBits)) % kSlots;
  const std::size_t slot = level * kSlots + in_level;
  timer.before = kSlotMark | static_cast<std::uint32_t>(slot);
  timer.after = heads_[slot];
  if (timer.after != kNone) {
    timers_[timer.after].before = place;
  }
  heads_[slot] = place;
  used_[level] |= std::uint64_t{1} << in_level;
  ++armed_;
}

void TimingWheel::take_out(std::uint32_t place) {
  const Timer& timer = timers_[place];
  if (timer.after != kNone) {
    timers_[timer.after].before = timer.before;
  }
  if ((timer.before & kSlotMark) == 0) {
    timers_[timer.before].after = timer.after;
  } else {
    const std::size_t slot = timer.before & ~kSlotMark;
    heads_[slot] = timer.after;
    if (timer.after == kNone) {
      used_[slot / kSlots] &= ~(std::uint64_t{1} << (slot % kSlots));
    }
  }
  --armed_;
}

// Its timers go to the levels below, now that its first tick has come.
void TimingWheel::spread(const FirstSlot& first) {
  std::uint32_t place = heads_[first.slot];
  heads_[first.slot] = kNone;
  used_[first.slot / kSlots] &= ~(std::uint64_t{1} << (first.slot % kSlots));
  while (place != kNone) {
    const std::uint32_t next = timers_[place].after;
    --armed_;
    put(place);
    place = next;
  }
}

std::optional<TimingWheel::FirstSlot> TimingWheel::first_slot() const {
  for (std::size_t level = 0; level < kLevels; ++level) {
    if (used_[level] == 0) {
      continue;
    }
    const auto in_level = static_cast<std::size_t>(std::countr_zero(used_[level]));
    const std::size_t shift = level * kBits;
    const std::uint64_t above =
        shift + kBits < 64 ? passed_ >> (shift + kBits) << (shift + kBits) : 0;
    return FirstSlot{.slot = level * kSlots + in_level,
                     .begin = above | (std::uint64_t{in_level} << shift)};
  }
  return std::nullopt;
}

}  // namespace protoflow::engine
