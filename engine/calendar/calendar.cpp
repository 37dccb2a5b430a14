#include "engine/calendar/calendar.hpp"

#include <algorithm>
#include <ranges>

#include "engine/model/limits.hpp"

namespace protoflow::engine {
namespace {

using model::DurationUnit;
using std::chrono::days;
using std::chrono::sys_days;

// 100 years, the longest that is counted.
constexpr std::int64_t kYearsMax = 100;
constexpr std::int64_t kMonthsMax = 12 * kYearsMax;
constexpr std::int64_t kDaysMax = 36'525;

/// Later is +1, earlier is -1: due dates count forward, reminders count back, by the same rules.
enum class Way : int { earlier = -1, later = 1 };

days one_day(Way way) {
  return days(static_cast<int>(way));
}

/// The date itself if it is open, otherwise the nearest open one that way.
sys_days open_day(sys_days date, Way way, const model::Calendar& calendar) {
  while (!is_open_day(date, calendar)) {
    date += one_day(way);
  }
  return date;
}

bool is_ever_open(const model::Calendar& calendar) {
  constexpr unsigned kWeek = 0b1111111;
  return (calendar.working & kWeek) != 0;
}

bool is_worked(sys_days date, const model::Calendar& calendar) {
  const unsigned from_monday = std::chrono::weekday(date).iso_encoding() - 1;
  return ((calendar.working >> from_monday) & 1U) != 0;
}

/// The nearest closed day beyond `date`; none: a day that is never counted to.
sys_days next_closed(sys_days date, Way way, const model::Calendar& calendar) {
  const auto& closed = calendar.closed;
  if (way == Way::later) {
    const auto next = std::ranges::upper_bound(closed, date, {}, &model::ClosedDay::day);
    return next == closed.end() ? sys_days::max() : next->day;
  }
  const auto next = std::ranges::lower_bound(closed, date, {}, &model::ClosedDay::day);
  return next == closed.begin() ? sys_days::min() : std::prev(next)->day;
}

sys_days count_open_days(sys_days date, std::int64_t count, Way way, const WorkTime& work_time) {
  const auto& calendar = work_time.calendar;
  if (!is_ever_open(calendar)) {
    return date + std::min(count, kDaysMax) * one_day(way);
  }
  const sys_days from = date;
  sys_days closed = next_closed(date, way, calendar);
  while (count > 0 && std::chrono::abs(date - from) < days(kDaysMax)) {
    date += one_day(way);
    if (date == closed) {
      closed = next_closed(date, way, calendar);
    } else if (is_worked(date, calendar)) {
      --count;
    }
  }
  return date;
}

/// A month after the 31st is the last day of a shorter month.
sys_days add_months(sys_days date, std::int64_t months) {
  const std::chrono::year_month_day from(date);
  const auto moved = from + std::chrono::months(months);
  return moved.ok() ? sys_days(moved) : sys_days(moved.year() / moved.month() / std::chrono::last);
}

sys_days count(sys_days date, model::Duration duration, Way way, const WorkTime& work_time) {
  const std::int64_t amount = std::max(duration.amount, 0);
  const std::int64_t sign = static_cast<int>(way);
  switch (duration.unit) {
    case DurationUnit::working_days:
      return count_open_days(date, amount, way, work_time);
    case DurationUnit::days:
      return date + days(sign * std::min(amount, kDaysMax));
    case DurationUnit::weeks:
      return date + days(sign * std::min(7 * amount, kDaysMax));
    case DurationUnit::months:
      return add_months(date, sign * std::min(amount, kMonthsMax));
    case DurationUnit::years:
      return add_months(date, sign * 12 * std::min(amount, kYearsMax));
    case DurationUnit::minutes:
    case DurationUnit::hours:
      return date;  // elapsed time, never counted in dates
  }
  return date;
}

std::chrono::minutes elapsed(model::Duration duration) {
  const std::int64_t minutes_per_unit = duration.unit == DurationUnit::hours ? 60 : 1;
  const std::int64_t amount = std::max(duration.amount, 0);
  return std::chrono::minutes(std::min(amount * minutes_per_unit, kDaysMax * 24 * 60));
}

bool is_closed_for(sys_days date, std::span<const model::ClosedDay> closed) {
  return std::ranges::binary_search(closed, date, {}, &model::ClosedDay::day);
}

}  // namespace

bool is_elapsed(DurationUnit unit) {
  return unit == DurationUnit::minutes || unit == DurationUnit::hours;
}

bool is_open_day(sys_days date, const model::Calendar& calendar) {
  return !is_ever_open(calendar) ||
         (is_worked(date, calendar) && !is_closed_for(date, calendar.closed));
}

LocalTime to_local(model::Instant instant, const model::ZoneTable& zone) {
  std::chrono::seconds offset{0};
  if (!zone.rows.empty()) {
    const auto next =
        std::ranges::upper_bound(zone.rows, instant, {}, &model::ZoneTable::Row::from);
    offset = next == zone.rows.begin() ? next->offset : std::prev(next)->offset;
  }
  const model::Instant as_if_utc = instant + offset;
  const auto date = std::chrono::floor<days>(as_if_utc);
  return {date, as_if_utc - date};
}

model::Instant to_instant(LocalTime local, const model::ZoneTable& zone) {
  const model::Instant as_if_utc = local.date + local.time_of_day;
  if (zone.rows.empty()) {
    return as_if_utc;
  }
  // The first row that is still in force at this local time: so of two such instants, the first.
  const auto is_over = [&](std::size_t row) {
    return row + 1 < zone.rows.size() &&
           as_if_utc - zone.rows[row].offset >= zone.rows[row + 1].from;
  };
  const auto places = std::views::iota(std::size_t{0}, zone.rows.size());
  const std::size_t row = *std::ranges::partition_point(places, is_over);
  const model::Instant found = as_if_utc - zone.rows[row].offset;
  const bool is_skipped = row > 0 && found < zone.rows[row].from;
  return is_skipped ? as_if_utc - zone.rows[row - 1].offset : found;
}

model::Instant due_after(model::Instant from, model::Duration within, const WorkTime& work_time) {
  if (from == model::kNever) {
    return from;
  }
  if (is_elapsed(within.unit)) {
    return std::min(from + elapsed(within), model::kLatestInstant);
  }
  const model::Calendar& calendar = work_time.calendar;
  sys_days date = count(to_local(from, work_time.zone).date, within, Way::later, work_time);
  date = open_day(date, Way::later, calendar);
  model::Instant due = to_instant({date, calendar.closes}, work_time.zone);
  while (due < from) {  // nothing to count, and today's hours are over
    date = open_day(date + days(1), Way::later, calendar);
    due = to_instant({date, calendar.closes}, work_time.zone);
  }
  return std::min(due, model::kLatestInstant);
}

model::Instant over_after(model::Instant from, model::Duration lasts, const WorkTime& work_time) {
  if (is_elapsed(lasts.unit)) {
    return std::min(from + elapsed(lasts), model::kLatestInstant);
  }
  const auto local = to_local(from, work_time.zone);
  const auto over = to_instant({count(local.date, lasts, Way::later, work_time), local.time_of_day},
                               work_time.zone);
  return std::min(over, model::kLatestInstant);
}

model::Instant open_for(model::Instant due, const ClosedDays& others, const WorkTime& work_time) {
  if (due == model::kNever) {
    return due;
  }
  constexpr days kAheadMax{366};
  const auto is_open = [&](sys_days date) {
    return is_open_day(date, work_time.calendar) &&
           std::ranges::none_of(others,
                                [&](const auto& closed) { return is_closed_for(date, closed); });
  };
  const auto from = to_local(due, work_time.zone).date;
  auto date = from;
  while (!is_open(date) && date - from < kAheadMax) {
    date += days(1);
  }
  const bool stays = date == from || !is_open(date);
  return stays ? due
               : std::min(to_instant({date, work_time.calendar.closes}, work_time.zone),
                          model::kLatestInstant);
}

model::Instant ahead_of(model::Instant due, model::Duration before, const WorkTime& work_time) {
  if (due == model::kNever) {
    return due;
  }
  if (is_elapsed(before.unit)) {
    return due - elapsed(before);
  }
  const model::Calendar& calendar = work_time.calendar;
  sys_days date = count(to_local(due, work_time.zone).date, before, Way::earlier, work_time);
  date = open_day(date, Way::earlier, calendar);
  model::Instant ahead = to_instant({date, calendar.opens}, work_time.zone);
  while (ahead > due) {  // nothing to count, and the day has not opened yet
    date = open_day(date - days(1), Way::earlier, calendar);
    ahead = to_instant({date, calendar.opens}, work_time.zone);
  }
  return ahead;
}

}  // namespace protoflow::engine
