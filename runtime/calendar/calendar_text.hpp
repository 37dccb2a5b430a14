// Writes calendars as programs elsewhere read them: iCalendar (RFC 5545), instants in UTC. Knows
// nothing of cases or persons.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

struct CalendarEntry {
  std::string uid;  // the same for as long as it is the same thing; names nobody
  std::string summary, description, link;  // the last two may be empty
  model::Instant start;                    // never: only of what is cancelled
  model::Instant stamp;                    // when it became so
  std::uint32_t sequence = 0;              // rises with each change of it
  bool is_deadline = false;                // takes no time, and nobody is busy then
  bool is_cancelled = false;
};

/// To whom an invitation goes, and from whom; addresses.
struct Invitation {
  std::string organizer, attendee;
};

/// A stable id made of what it is about, that tells nothing of it.
[[nodiscard]] std::string calendar_uid(std::string_view what);

/// A calendar to subscribe to; `name` is its own. The same entries give the same bytes.
[[nodiscard]] std::string calendar_text(std::span<const CalendarEntry> entries,
                                        std::string_view name);

/// One entry as an invitation, or, when it is cancelled, as its cancellation (RFC 5546).
[[nodiscard]] std::string invitation_text(const CalendarEntry& entry, const Invitation& invitation);

}  // namespace protoflow::runtime
