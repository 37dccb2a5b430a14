#include "engine/routine/recurrence.hpp"

#include <algorithm>
#include <limits>
#include <ranges>

namespace protoflow::engine {

namespace {

using model::DurationUnit;
using std::chrono::sys_days;

// One a day for a hundred years: no recurrence has more.
constexpr std::int64_t kSlotsMax = 36'525;

constexpr model::Duration kTimeToHold{5, DurationUnit::working_days};

sys_days date_of(model::Instant instant, const WorkTime& work_time) {
  return to_local(instant, work_time.zone).date;
}

// Nobody meets several times a day: anything shorter is a day.
model::Duration at_least_a_day(model::Duration every) {
  if (every.unit == DurationUnit::minutes || every.unit == DurationUnit::hours) {
    const int a_day = every.unit == DurationUnit::hours ? 24 : 24 * 60;
    return {std::max(1, every.amount / a_day), DurationUnit::days};
  }
  return {std::max(1, every.amount), every.unit};
}

model::Duration times(model::Duration every, std::int64_t count) {
  const auto amount = every.amount * count;
  const std::int64_t largest = std::numeric_limits<std::int32_t>::max();
  return {static_cast<std::int32_t>(std::min(amount, largest)), every.unit};
}

sys_days first_date_after(model::Duration every,
                          model::Instant counted_from,
                          model::Instant after,
                          const WorkTime& work_time) {
  if (every.unit == DurationUnit::working_days) {
    return date_of(due_after(std::max(after, counted_from), every, work_time), work_time);
  }
  const auto date = [&](std::int64_t count) {
    return date_of(due_after(counted_from, times(every, count), work_time), work_time);
  };
  const auto counts = std::views::iota(std::int64_t{1}, kSlotsMax);
  const auto last = date_of(after, work_time);
  return date(*std::ranges::partition_point(
      counts, [&](std::int64_t count) { return date(count) <= last; }));
}

}  // namespace

model::Instant opening_of(model::Instant day, const WorkTime& work_time) {
  const auto midnight = to_instant({date_of(day, work_time)}, work_time.zone);
  const auto open = due_after(midnight, {0, DurationUnit::days}, work_time);
  return to_instant({date_of(open, work_time), work_time.calendar.opens}, work_time.zone);
}

model::Instant next_slot(const model::Routine& routine,
                         model::Instant counted_from,
                         model::Instant after,
                         const WorkTime& work_time) {
  if (after == model::kNever || counted_from == model::kNever) {
    return model::kNever;
  }
  auto found = first_date_after(at_least_a_day(routine.every), counted_from, after, work_time);
  if (routine.for_first && routine.then_every) {
    const auto turn = due_after(counted_from, *routine.for_first, work_time);
    if (found > date_of(turn, work_time)) {
      found = first_date_after(
          at_least_a_day(*routine.then_every), turn, std::max(turn, after), work_time);
    }
  }
  return found > date_of(after, work_time)
             ? to_instant({found, work_time.calendar.opens}, work_time.zone)
             : model::kNever;
}

model::Instant held_until(const model::Routine& routine,
                          model::Instant planned,
                          model::Instant next,
                          const WorkTime& work_time) {
  return std::min(due_after(planned, routine.within.value_or(kTimeToHold), work_time), next);
}

}  // namespace protoflow::engine
