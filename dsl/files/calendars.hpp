// The closed days of other files, `closed as in "holidays.ics"`: each file is asked for once, and
// what was read is kept, so that it can be stored with the protocol.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "dsl/files/shelf.hpp"

namespace protoflow::dsl {

struct UsedCalendar {
  std::string path;
  std::vector<model::ClosedDay> closed;

  friend bool operator==(const UsedCalendar&, const UsedCalendar&) = default;
};

struct Calendars {
  struct Asked {
    std::string path;
    std::expected<std::vector<model::ClosedDay>, ReadFault> answer;
  };

  const Shelf& shelf;
  std::vector<Asked> asked;
};

/// What the file `from` calls `written`. The shelf must be able to read closed days.
[[nodiscard]] std::expected<std::vector<model::ClosedDay>, ReadFault> closed_days(
    Calendars& calendars, std::string_view from, std::string_view written);

/// Those that could be read, in the order in which they were asked for.
[[nodiscard]] std::vector<UsedCalendar> take_read(Calendars calendars);

}  // namespace protoflow::dsl
