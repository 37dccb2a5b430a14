#include "runtime/clock/clock.hpp"

namespace protoflow::runtime {

model::Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

ManualClock::ManualClock(model::Instant start) : milliseconds_(start.time_since_epoch().count()) {}

model::Instant ManualClock::now() const {
  return model::Instant(std::chrono::milliseconds(milliseconds_.load()));
}

void ManualClock::set(model::Instant instant) {
  milliseconds_.store(instant.time_since_epoch().count());
}

void ManualClock::advance(std::chrono::milliseconds by) {
  milliseconds_.fetch_add(by.count());
}

}  // namespace protoflow::runtime
