// An instant as people write it: with its offset, or by the clock on the wall where the protocol is
// lived. Reading it asks no clock and knows no zone.
#pragma once

#include <optional>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

struct Moment {
  Moment(model::Instant said, bool on_the_wall = false) : instant(said), local(on_the_wall) {}

  model::Instant instant;  // as if UTC, when `local`
  bool local = false;

  /// In the protocol's zone. A time that the clocks skip is as much later; one that they show twice
  /// is the first.
  [[nodiscard]] model::Instant in(const model::ZoneTable& zone) const;

  friend bool operator==(const Moment&, const Moment&) = default;
};

/// RFC 3339, the seconds and their fraction (to the millisecond) left out at will, the `T` a blank
/// at will: `2027-01-04T08:00:00.000Z`, `2027-01-04T09:00+01:00`; without an offset,
/// `2027-01-04 09:00`, by the clock on the wall. Nothing when it is not one.
[[nodiscard]] std::optional<Moment> read_moment(std::string_view text);

}  // namespace protoflow::runtime
