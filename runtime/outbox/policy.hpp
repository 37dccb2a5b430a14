// When the outbox tries again and when it gives up: the numbers, and nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

namespace protoflow::runtime {

struct OutboxPolicy {
  std::chrono::milliseconds first_delay{1'000};  // before the second attempt; doubles each time
  std::chrono::milliseconds longest_delay{std::chrono::minutes(15)};
  std::chrono::milliseconds longest_asked{
      std::chrono::hours(24)};       // most that a receiver may ask for
  int attempts_max = 12;             // then dead, until someone revives it
  std::size_t under_way_max = 64;    // sends at once on one channel
  std::size_t waiting_max = 65'536;  // notices in memory while the file cannot be written
  std::chrono::milliseconds write_again{1'000};  // after the file could not be written
  std::chrono::hours keep_sent{30 * 24};  // then a notice that is sent everywhere is forgotten
  std::chrono::milliseconds forget_every{std::chrono::hours(1)};
  std::function<double()> random{};  // in [0, 1); empty: a generator seeded by the system
};

/// From half to the whole of the doubled delay, so that what failed together does not come back
/// together. `attempts`: made so far, at least 1. `asked`: what the receiver asked for, which is
/// respected.
[[nodiscard]] std::chrono::milliseconds delay_after(const OutboxPolicy& policy,
                                                    int attempts,
                                                    std::optional<std::chrono::milliseconds> asked,
                                                    double random);

}  // namespace protoflow::runtime
