// How often somebody may ask: a bucket that holds `burst` requests and fills again, one `every` so
// long. One instant is kept for each who asks. Pure: the present comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

struct Rate {
  std::uint32_t burst = 1;             // at least 1
  std::chrono::milliseconds every{1};  // at least 1 ms
};

/// How often one may ask the API. The operator is not counted.
struct ApiRates {
  Rate person{.burst = 300, .every = std::chrono::milliseconds(50)};  // with one token
  Rate stranger{.burst = 30, .every = std::chrono::seconds(2)};  // wrong tokens, from one address
};

class RateLimit {
 public:
  explicit RateLimit(Rate rate) : rate_(rate) {}

  /// How long `who` must wait; nothing: not at all.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait(std::string_view who,
                                                              model::Instant now) const;

  /// One request of `who`, who does not have to wait.
  void take(std::string_view who, model::Instant now);

  /// How many are remembered; those whose bucket is full again are forgotten beyond kKeptMax.
  [[nodiscard]] std::size_t kept() const { return full_.size(); }

  static constexpr std::size_t kKeptMax = 10'000;

 private:
  [[nodiscard]] model::Instant full_at(std::string_view who, model::Instant now) const;

  Rate rate_;
  std::map<std::string, model::Instant, std::less<>> full_;  // when the bucket is full again
};

}  // namespace protoflow::runtime
