// A time zone's offsets, read from the system's tz database (Howard Hinnant's date-tz) and given to
// the engine as data. It keeps no zone and knows no calendar.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

/// The offsets in force from the start of `from_year` to the end of `to_year` (UTC). Years from
/// 1970 to 2099. Where the database's list ends (2037) in a zone that still changes its clocks, its
/// last 28 years repeat, as the calendar does. Error: one sentence that names the zone and, where
/// there is one, a zone of a near name.
[[nodiscard]] std::expected<model::ZoneTable, std::string> load_zone(std::string_view name,
                                                                     int from_year,
                                                                     int to_year);

}  // namespace protoflow::runtime
