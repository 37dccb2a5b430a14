// Due instants: an author's duration added to an instant, in the protocol's own calendar and time
// zone. Pure: the zone's offsets come in as data.
//
// Rules (docs/language.md says them to authors):
// - minutes and hours are elapsed time.
// - days, weeks, months and years count from the local date of `from`, that day not counted; the
// result is the end of
//   the working hours of that date. A month after 31 January is the last day of February.
// - a date that is closed (a weekday not worked, or a closed day) moves to the next open day.
// - working days count open days only, the day of `from` not counted.
// - a local time that a clock change skips is read with the offset before the change; one that
// happens twice is the
//   first of the two.
#pragma once

#include <span>
#include <vector>

#include "engine/model/time.hpp"

namespace protoflow::engine {

/// A protocol's calendar and its zone, together because no date can be computed without both.
struct WorkTime {
  model::Calendar calendar;
  model::ZoneTable zone;
};

struct LocalTime {
  std::chrono::sys_days date;  // as if UTC
  std::chrono::milliseconds time_of_day{0};
};

[[nodiscard]] bool is_open_day(std::chrono::sys_days date, const model::Calendar& calendar);
[[nodiscard]] LocalTime to_local(model::Instant instant, const model::ZoneTable& zone);
[[nodiscard]] model::Instant to_instant(LocalTime local, const model::ZoneTable& zone);

/// The instant `within` after `from`; never before `from`. A calendar that never opens counts every
/// day as open. Amounts above 100 years are cut to 100 years.
[[nodiscard]] model::Instant due_after(model::Instant from,
                                       model::Duration within,
                                       const WorkTime& work_time);

/// The same time of day `lasts` after `from`: when something given for so long is over. Closed days
/// do not lengthen it.
[[nodiscard]] model::Instant over_after(model::Instant from,
                                        model::Duration lasts,
                                        const WorkTime& work_time);

/// Minutes and hours are elapsed time: they know no calendar.
[[nodiscard]] bool is_elapsed(model::DurationUnit unit);

/// The closed days of those who must all be there, each list sorted by day.
using ClosedDays = std::vector<std::span<const model::ClosedDay>>;

/// `due` itself when its date is open in the calendar and closed for none of `others`; otherwise
/// the end of the working hours of the next date that is. So a delay only ever grows. Where no such
/// date comes within a year, `due` stays.
[[nodiscard]] model::Instant open_for(model::Instant due,
                                      const ClosedDays& others,
                                      const WorkTime& work_time);

/// The instant `before` ahead of `due` (`remind 5 days before`): days count back from the local
/// date of `due` and give the opening hour of that date, moved back to an open day if it is closed.
/// Never after `due`.
[[nodiscard]] model::Instant ahead_of(model::Instant due,
                                      model::Duration before,
                                      const WorkTime& work_time);

}  // namespace protoflow::engine
