// When a routine meets: `every D`, or `every D for E, then every F`, counted from a first day.
// Pure: the calendar and the zone come in.
//
// Rules (docs/language.md says them to authors):
// - the dates are counted from the first day, never from the last meeting: what is held late,
// missed
//   or postponed moves no other date, and a month after the 31st is the last day of February, then
//   the 31st of March again;
// - a date that is closed moves to the next open day; two that would share a day are one;
// - a meeting is planned for the opening hour; there is at most one a day.
#pragma once

#include "engine/calendar/calendar.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::engine {

/// The opening hour of the first date of the routine that comes after the local date of `after`;
/// kNever when a hundred years are over.
[[nodiscard]] model::Instant next_slot(const model::Routine& routine,
                                       model::Instant counted_from,
                                       model::Instant after,
                                       const WorkTime& work_time);

/// The opening hour of the local date of `day`, or of the next open day.
[[nodiscard]] model::Instant opening_of(model::Instant day, const WorkTime& work_time);

/// Until when the occurrence that is planned for `planned` may be held: `within` D after its day
/// (five working days where the protocol says nothing), never later than the next one begins.
[[nodiscard]] model::Instant held_until(const model::Routine& routine,
                                        model::Instant planned,
                                        model::Instant next,
                                        const WorkTime& work_time);

}  // namespace protoflow::engine
