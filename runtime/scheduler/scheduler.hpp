// Wakes the casebook when the next deadline is due. Nothing else makes time pass.
#pragma once

#include <functional>

#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

class Scheduler {
 public:
  /// `next_due` says when; `tick` fires. Both run on the loop.
  Scheduler(Loop& loop,
            const Clock& clock,
            std::function<model::Instant()> next_due,
            std::function<void()> tick);

  /// The next due instant may have changed.
  void look();

 private:
  void wake();

  Loop& loop_;
  const Clock& clock_;
  std::function<model::Instant()> next_due_;
  std::function<void()> tick_;
  TimerId timer_ = TimerId::none;
  model::Instant armed_ = model::kNever;
  model::Instant fired_ = model::kNever;  // the last due instant that was fired
};

}  // namespace protoflow::runtime
