// Time as the engine sees it: instants in UTC to the millisecond, durations as an author writes
// them, a calendar, and a time zone given as data. Nothing here reads a clock or a zone file.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace protoflow::model {

/// Milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// "never" and "not set" for an instant that may be absent.
inline constexpr Instant kNever = Instant::max();

enum class DurationUnit : std::uint8_t { minutes, hours, days, working_days, weeks, months, years };

/// What an author writes after `within`. Amounts are never negative.
struct Duration {
  std::int32_t amount = 0;
  DurationUnit unit = DurationUnit::days;

  friend bool operator==(const Duration&, const Duration&) = default;
};

struct ClosedDay {
  std::chrono::sys_days day;
  std::string reason;

  friend bool operator==(const ClosedDay&, const ClosedDay&) = default;
};

/// The protocol's working time. `working` has bit 0 for Monday … bit 6 for Sunday.
struct Calendar {
  std::uint8_t working = 0b0011111;
  std::chrono::minutes opens{9 * 60};
  std::chrono::minutes closes{18 * 60};
  std::vector<ClosedDay> closed;  // sorted by day, no day twice

  friend bool operator==(const Calendar&, const Calendar&) = default;
};

/// The offsets of one time zone, as data: from `from` on (UTC) local time is UTC + offset.
/// The first row holds for everything before it too. Made by runtime/clock from the system's tz
/// database, so that the engine stays pure.
struct ZoneTable {
  struct Row {
    Instant from;
    std::chrono::seconds offset{0};
  };

  std::string name = "UTC";
  std::vector<Row> rows;  // sorted by from
};

}  // namespace protoflow::model
