// The instants that a packed case has said so far: what was said before is said again in one byte.
// Private to engine/packed.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/model/time.hpp"

namespace protoflow::engine {

// Both sides remember the instants that were said, and count from the last new one. The two low
// bits of an instant's number say how to read the rest.
class Instants final {
 public:
  static constexpr std::uint64_t kAgain = 0, kMilliseconds = 1, kMinutes = 2, kRare = 3;
  static constexpr std::uint64_t kSayNever = 0, kSaySame = 1, kSayBefore = 2, kSayWhole = 3;

  [[nodiscard]] model::Instant last() const { return last_; }

  /// How many other instants were said since this one; nullopt if it is not remembered.
  [[nodiscard]] std::optional<std::uint64_t> ago(model::Instant instant) const {
    for (std::uint64_t ago = 0; ago < std::min<std::uint64_t>(said_, kRemembered); ++ago) {
      if (said_ago(ago) == instant) {
        return ago;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] model::Instant said_ago(std::uint64_t ago) const {
    return remembered_[(said_ - 1 - ago) % kRemembered];
  }

  [[nodiscard]] std::size_t said() const { return said_; }

  [[nodiscard]] bool remembers_all() const { return said_ <= kRemembered; }

  /// Requires that both remember all they have said.
  [[nodiscard]] bool begins_as(const Instants& other) const {
    return said_ <= other.said_ &&
           std::equal(remembered_.begin(),
                      remembered_.begin() + static_cast<std::ptrdiff_t>(said_),
                      other.remembered_.begin());
  }

  /// As it was when so many were said, with what was then the last new one.
  void go_back(std::size_t said, model::Instant last) {
    said_ = said;
    last_ = last;
  }

  void remember(model::Instant instant) {
    remembered_[said_++ % kRemembered] = instant;
    last_ = instant;
  }

 private:
  static constexpr std::size_t kRemembered = 32;
  std::array<model::Instant, kRemembered> remembered_;
  std::size_t said_ = 0;
  model::Instant last_ = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};
};

}  // namespace protoflow::engine
