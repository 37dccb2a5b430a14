#include "runtime/scheduler/scheduler.hpp"

#include <algorithm>
#include <utility>

namespace protoflow::runtime {

namespace {

// The wall clock may be corrected while a timer of the steady clock runs, so no sleep is longer
// than this.
constexpr std::chrono::milliseconds kSleepMax{30'000};

constexpr std::chrono::milliseconds kSleepMin{20};

// A failed write leaves its deadline due. A disk that is full is still full a moment later.
constexpr std::chrono::milliseconds kTryAgain{1'000};

}  // namespace

Scheduler::Scheduler(Loop& loop,
                     const Clock& clock,
                     std::function<model::Instant()> next_due,
                     std::function<void()> tick)
    : loop_(loop), clock_(clock), next_due_(std::move(next_due)), tick_(std::move(tick)) {}

void Scheduler::look() {
  const auto due = next_due_();
  if (timer_ != TimerId::none && due == armed_) {
    return;
  }
  if (timer_ != TimerId::none) {
    loop_.cancel(timer_);
  }
  armed_ = due;
  auto sleep = kSleepMax;
  if (due != model::kNever) {
    sleep = std::clamp(due - clock_.now(), due == fired_ ? kTryAgain : kSleepMin, kSleepMax);
  }
  timer_ = loop_.after(sleep, [this] { wake(); });
}

void Scheduler::wake() {
  timer_ = TimerId::none;
  const auto due = next_due_();
  if (due <= clock_.now()) {
    fired_ = due;
    tick_();
  }
  look();
}

}  // namespace protoflow::runtime
