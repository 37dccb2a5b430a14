// The port to the present: the only way by which the time of day enters the program. The engine
// never reads it; whoever calls the engine passes an instant.
#pragma once

#include <atomic>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  /// May be called on any thread. It may go back when the machine's clock is corrected.
  [[nodiscard]] virtual model::Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] model::Instant now() const override;
};

/// Stands still until it is set: for demonstrations and tests. Every member may be called on any
/// thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(model::Instant start);

  [[nodiscard]] model::Instant now() const override;
  void set(model::Instant instant);
  void advance(std::chrono::milliseconds by);

 private:
  std::atomic<model::Instant::rep> milliseconds_;
};

}  // namespace protoflow::runtime
