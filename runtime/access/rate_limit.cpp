#include "runtime/access/rate_limit.hpp"

#include <algorithm>

namespace protoflow::runtime {

// Never longer ahead than an empty bucket takes, even where the clock has gone back.
model::Instant RateLimit::full_at(std::string_view who, model::Instant now) const {
  const auto found = full_.find(who);
  const auto at = found == full_.end() ? now : found->second;
  return std::clamp(at, now, now + rate_.burst * rate_.every);
}

std::optional<std::chrono::milliseconds> RateLimit::wait(std::string_view who,
                                                         model::Instant now) const {
  const auto one_left = now + (rate_.burst - 1) * rate_.every;
  const auto at = full_at(who, now);
  return at > one_left ? std::optional(at - one_left) : std::nullopt;
}

void RateLimit::take(std::string_view who, model::Instant now) {
  const auto at = full_at(who, now) + rate_.every;
  if (full_.size() >= kKeptMax && !full_.contains(who)) {
    std::erase_if(full_, [&](const auto& each) { return each.second <= now; });
    if (full_.size() >= kKeptMax) {
      full_.clear();  // so many at once that no one of them counts
    }
  }
  full_.insert_or_assign(std::string(who), at);
}

}  // namespace protoflow::runtime
