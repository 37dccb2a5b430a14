// How long an author's duration lasts, as far as two of them can be compared without a calendar.
#pragma once

#include <cstdint>

#include "engine/model/time.hpp"

namespace protoflow::dsl {

inline constexpr std::int64_t kMinutesOfDay = std::int64_t{24} * 60;

/// Minutes: at least, as a rule, at most. A month has 28 to 31 days; a working day stands for
/// itself and its part of the week-end.
struct Length {
  std::int64_t least = 0, usual = 0, most = 0;
};

[[nodiscard]] Length length_of(model::Duration duration);

/// True when `left` lasts as long as `right` or longer, in every month and week.
[[nodiscard]] bool surely_as_long(model::Duration left, model::Duration right);

}  // namespace protoflow::dsl
