#include "runtime/outbox/policy.hpp"

#include <algorithm>

namespace protoflow::runtime {

std::chrono::milliseconds delay_after(const OutboxPolicy& policy,
                                      int attempts,
                                      std::optional<std::chrono::milliseconds> asked,
                                      double random) {
  constexpr int kDoublingsMax = 30;  // beyond any sensible longest delay, and far from overflow
  const auto factor = std::int64_t{1} << std::clamp(attempts - 1, 0, kDoublingsMax);
  const auto whole = std::min(policy.longest_delay, policy.first_delay * factor);
  const auto jittered = std::chrono::milliseconds(
      static_cast<std::int64_t>(static_cast<double>(whole.count()) * (0.5 + random / 2)));
  return std::max(jittered,
                  std::min(asked.value_or(std::chrono::milliseconds(0)), policy.longest_asked));
}

}  // namespace protoflow::runtime
