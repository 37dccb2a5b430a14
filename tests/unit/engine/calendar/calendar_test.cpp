#include "engine/calendar/calendar.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

using model::Duration;
using model::DurationUnit;
using model::Instant;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;

int number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

sys_days date(std::string_view text) {
  return sys_days(std::chrono::year(number(text, 0, 4)) /
                  std::chrono::month(static_cast<unsigned>(number(text, 5, 2))) /
                  std::chrono::day(static_cast<unsigned>(number(text, 8, 2))));
}

/// "2027-01-04 08:00", as UTC.
Instant utc(std::string_view text) {
  return date(text) + hours(number(text, 11, 2)) + minutes(number(text, 14, 2));
}

std::string shown(Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day ymd(day);
  const auto rest = std::chrono::floor<minutes>(instant - day).count();
  char text[32];
  std::snprintf(text,
                sizeof text,
                "%04d-%02u-%02u %02d:%02d",
                static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()),
                static_cast<int>(rest / 60),
                static_cast<int>(rest % 60));
  return text;
}

/// Europe/Paris around 2027 and 2028, as a table.
model::ZoneTable paris() {
  return {"Europe/Paris",
          {{utc("2026-10-25 01:00"), hours(1)},
           {utc("2027-03-28 01:00"), hours(2)},
           {utc("2027-10-31 01:00"), hours(1)},
           {utc("2028-03-26 01:00"), hours(2)},
           {utc("2028-10-29 01:00"), hours(1)}}};
}

WorkTime french_work_time() {
  WorkTime work_time;
  work_time.zone = paris();
  for (const char* day : {"2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01", "2027-11-01"}) {
    work_time.calendar.closed.push_back({date(day), "closed"});
  }
  return work_time;
}

// ---- local time
// ----------------------------------------------------------------------------------------------

struct LocalRow {
  const char* utc;
  const char* local;
};

class LocalTimes : public testing::TestWithParam<LocalRow> {};

TEST_P(LocalTimes, ReadBothWays) {
  const LocalTime local = to_local(utc(GetParam().utc), paris());

  EXPECT_EQ(shown(local.date + local.time_of_day), GetParam().local);
  EXPECT_EQ(shown(to_instant(local, paris())), GetParam().utc);
}

INSTANTIATE_TEST_SUITE_P(Table,
                         LocalTimes,
                         testing::Values(LocalRow{"2027-01-04 08:00", "2027-01-04 09:00"},
                                         LocalRow{"2027-07-01 23:00", "2027-07-02 01:00"},
                                         LocalRow{"2027-03-28 00:59", "2027-03-28 01:59"},
                                         LocalRow{"2027-03-28 01:00", "2027-03-28 03:00"},
                                         LocalRow{"2027-10-31 00:59", "2027-10-31 02:59"},
                                         LocalRow{"2027-10-31 02:00", "2027-10-31 03:00"},
                                         LocalRow{"2020-07-01 08:00", "2020-07-01 09:00"}));

TEST(LocalTime, SkippedByAClockChangeIsReadWithTheOffsetBeforeIt) {
  EXPECT_EQ(shown(to_instant({date("2027-03-28"), hours(2) + minutes(30)}, paris())),
            "2027-03-28 01:30");
}

TEST(LocalTime, ThatHappensTwiceIsTheFirstOfTheTwo) {
  EXPECT_EQ(shown(to_instant({date("2027-10-31"), hours(2) + minutes(30)}, paris())),
            "2027-10-31 00:30");
  const LocalTime second = to_local(utc("2027-10-31 01:30"), paris());
  EXPECT_EQ(second.time_of_day, hours(2) + minutes(30));
}

TEST(LocalTime, WithoutAZoneIsUtc) {
  const LocalTime local = to_local(utc("2027-01-04 08:00"), {});
  EXPECT_EQ(local.time_of_day, hours(8));
  EXPECT_EQ(to_instant(local, {}), utc("2027-01-04 08:00"));
}

// ---- tables of due instants
// ------------------------------------------------------------------------------------

struct DueRow {
  const char* from;
  std::int32_t amount;
  DurationUnit unit;
  const char* due;
};

class DueInstants : public testing::TestWithParam<DueRow> {};

TEST_P(DueInstants, FollowTheRules) {
  const auto [from, amount, unit, due] = GetParam();

  EXPECT_EQ(shown(due_after(utc(from), {amount, unit}, french_work_time())), due);
}

// clang-format off
constexpr auto kDays = DurationUnit::days;
constexpr auto kWorking = DurationUnit::working_days;
INSTANTIATE_TEST_SUITE_P(Table, DueInstants, testing::Values(
    // elapsed time, even over a clock change
    DueRow{"2027-01-04 08:00", 90,  DurationUnit::minutes, "2027-01-04 09:30"},
    DueRow{"2027-03-27 12:00", 48,  DurationUnit::hours,   "2027-03-29 12:00"},
    // days: the end of the hours (18:00 in Paris), moved off what is closed
    DueRow{"2027-01-04 08:00", 1,   kDays,                 "2027-01-05 17:00"},
    DueRow{"2027-01-04 23:30", 1,   kDays,                 "2027-01-06 17:00"},  // already the 5th in Paris
    DueRow{"2027-01-04 08:00", 5,   kDays,                 "2027-01-11 17:00"},  // Saturday -> Monday
    DueRow{"2026-12-22 08:00", 3,   kDays,                 "2026-12-28 17:00"},  // Christmas, then a weekend
    DueRow{"2027-03-25 08:00", 3,   kDays,                 "2027-03-30 16:00"},  // Sunday of the change, Easter Monday closed
    DueRow{"2027-10-28 08:00", 1,   kDays,                 "2027-10-29 16:00"},
    DueRow{"2027-10-28 08:00", 3,   kDays,                 "2027-11-02 17:00"},  // Sunday of the change, 1 November closed
    DueRow{"2027-01-04 08:00", 0,   kDays,                 "2027-01-04 17:00"},
    DueRow{"2027-01-04 17:00", 0,   kDays,                 "2027-01-04 17:00"},
    DueRow{"2027-01-04 17:01", 0,   kDays,                 "2027-01-05 17:00"},  // never before `from`
    DueRow{"2027-01-04 08:00", -3,  kDays,                 "2027-01-04 17:00"},
    // working days
    DueRow{"2027-01-04 08:00", 2,   kWorking,              "2027-01-06 17:00"},
    DueRow{"2027-01-07 08:00", 2,   kWorking,              "2027-01-11 17:00"},  // Friday, then Monday
    DueRow{"2027-01-09 08:00", 1,   kWorking,              "2027-01-11 17:00"},  // from a Saturday
    DueRow{"2026-12-23 08:00", 2,   kWorking,              "2026-12-28 17:00"},  // Christmas does not count
    DueRow{"2027-03-26 08:00", 1,   kWorking,              "2027-03-30 16:00"},
    DueRow{"2027-01-09 08:00", 0,   kWorking,              "2027-01-11 17:00"},
    DueRow{"2027-01-04 08:00", 20,  kWorking,              "2027-02-01 17:00"},
    // weeks, months, years
    DueRow{"2027-01-04 08:00", 2,   DurationUnit::weeks,   "2027-01-18 17:00"},
    DueRow{"2027-01-31 08:00", 1,   DurationUnit::months,  "2027-03-01 17:00"},  // 28 February is a Sunday
    DueRow{"2028-01-31 08:00", 1,   DurationUnit::months,  "2028-02-29 17:00"},  // leap year
    DueRow{"2027-03-31 08:00", 1,   DurationUnit::months,  "2027-04-30 16:00"},
    DueRow{"2027-02-26 08:00", 1,   DurationUnit::months,  "2027-03-26 17:00"},
    DueRow{"2027-12-31 08:00", 2,   DurationUnit::months,  "2028-02-29 17:00"},
    DueRow{"2028-02-29 08:00", 1,   DurationUnit::years,   "2029-02-28 17:00"},
    DueRow{"2027-01-04 08:00", 1,   DurationUnit::years,   "2028-01-04 17:00"},
    // cut to 100 years
    DueRow{"2027-01-04 08:00", 2'000'000'000, DurationUnit::years,   "2127-01-06 17:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, DurationUnit::months,  "2127-01-06 17:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, DurationUnit::weeks,   "2127-01-06 17:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, kDays,                 "2127-01-06 17:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, kWorking,              "2127-01-06 17:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, DurationUnit::hours,   "2127-01-05 08:00"},
    DueRow{"2027-01-04 08:00", 2'000'000'000, DurationUnit::minutes, "2127-01-05 08:00"}));

// clang-format on

class Reminders : public testing::TestWithParam<DueRow> {};

TEST_P(Reminders, CountBackByTheSameRules) {
  const auto [due, amount, unit, ahead] = GetParam();

  EXPECT_EQ(shown(ahead_of(utc(due), {amount, unit}, french_work_time())), ahead);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, Reminders, testing::Values(
    DueRow{"2027-01-15 17:00", 90, DurationUnit::minutes, "2027-01-15 15:30"},
    DueRow{"2027-01-15 17:00", 1,  kDays,                 "2027-01-14 08:00"},
    DueRow{"2027-01-15 17:00", 5,  kDays,                 "2027-01-08 08:00"},   // Sunday -> Friday
    DueRow{"2026-12-29 17:00", 4,  kDays,                 "2026-12-24 08:00"},   // Christmas -> the day before
    DueRow{"2027-03-30 16:00", 1,  kDays,                 "2027-03-26 08:00"},   // back over the clock change
    DueRow{"2027-03-31 16:00", 1,  kWorking,              "2027-03-30 07:00"},
    DueRow{"2027-03-30 16:00", 1,  kWorking,              "2027-03-26 08:00"},
    DueRow{"2027-01-15 17:00", 2,  DurationUnit::weeks,   "2026-12-31 08:00"},   // New Year -> the day before
    DueRow{"2027-03-31 16:00", 1,  DurationUnit::months,  "2027-02-26 08:00"},   // 28 February is a Sunday
    DueRow{"2027-01-15 17:00", 0,  kDays,                 "2027-01-15 08:00"},
    DueRow{"2027-01-15 05:00", 0,  kDays,                 "2027-01-14 08:00"})); // never after `due`

// clang-format on

TEST(DueInstant, OfNeverIsNever) {
  EXPECT_EQ(due_after(model::kNever, {1, kDays}, french_work_time()), model::kNever);
  EXPECT_EQ(ahead_of(model::kNever, {1, kDays}, french_work_time()), model::kNever);
}

TEST(OpenDay, IsAWorkingWeekdayThatIsNotClosed) {
  const model::Calendar calendar = french_work_time().calendar;
  EXPECT_TRUE(is_open_day(date("2026-12-24"), calendar));
  EXPECT_FALSE(is_open_day(date("2026-12-25"), calendar));
  EXPECT_FALSE(is_open_day(date("2026-12-26"), calendar));
  EXPECT_FALSE(is_open_day(date("2026-12-27"), calendar));
  EXPECT_TRUE(is_open_day(date("2026-12-28"), calendar));
}

TEST(Calendar, ThatNeverOpensCountsEveryDayAsOpen) {
  WorkTime work_time = french_work_time();
  work_time.calendar.working = 0;

  EXPECT_EQ(shown(due_after(utc("2026-12-23 08:00"), {2, kWorking}, work_time)),
            "2026-12-25 17:00");
}

TEST(Calendar, ClosedAllYearOpensTheYearAfter) {
  WorkTime work_time;
  for (sys_days day = date("2027-01-01"); day < date("2028-01-01"); day += days(1)) {
    work_time.calendar.closed.push_back({day, "works"});
  }
  EXPECT_EQ(shown(due_after(utc("2026-12-31 08:00"), {1, kDays}, work_time)), "2028-01-03 18:00");
  EXPECT_EQ(shown(ahead_of(utc("2028-01-03 18:00"), {1, kWorking}, work_time)), "2026-12-31 09:00");
}

// ---- properties
// --------------------------------------------------------------------------------------------------

struct Drawn {
  WorkTime work_time;
  Duration duration;
};

Drawn draw(std::mt19937& random) {
  Drawn drawn;
  drawn.work_time.zone = random() % 4 == 0 ? model::ZoneTable{} : paris();
  model::Calendar& calendar = drawn.work_time.calendar;
  calendar.working = static_cast<std::uint8_t>(random() % 128);
  calendar.opens = minutes(random() % 720);
  calendar.closes = calendar.opens + minutes(1 + random() % 720);
  for (sys_days day = date("2027-01-01"); day < date("2028-12-31");
       day += days(1 + random() % 60)) {
    calendar.closed.push_back({day, ""});
  }
  drawn.duration = {static_cast<std::int32_t>(random() % 40),
                    static_cast<DurationUnit>(2 + random() % 5)};
  return drawn;
}

Instant draw_instant(std::mt19937& random) {
  constexpr unsigned long kMinutesOfTwoYears = 2UL * 365 * 24 * 60;
  return utc("2027-01-01 00:00") + minutes(random() % kMinutesOfTwoYears);
}

TEST(DueInstant, IsMonotoneNeverEarlierAndAtTheEndOfAnOpenDay) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const Drawn drawn = draw(random);
    Instant first = draw_instant(random);
    Instant second = draw_instant(random);
    if (second < first) {
      std::swap(first, second);
    }
    const Instant due = due_after(first, drawn.duration, drawn.work_time);
    ASSERT_GE(due, first);
    ASSERT_LE(due, due_after(second, drawn.duration, drawn.work_time));
    Duration longer = drawn.duration;
    ++longer.amount;
    ASSERT_LE(due, due_after(first, longer, drawn.work_time));

    // Reading the result back would be blurred by hours that a clock change skips or doubles, so
    // the date is found again.
    const sys_days day = to_local(due, drawn.work_time.zone).date;
    const auto closes_on = [&](sys_days candidate) {
      return is_open_day(candidate, drawn.work_time.calendar) &&
             to_instant({candidate, drawn.work_time.calendar.closes}, drawn.work_time.zone) == due;
    };
    ASSERT_TRUE(closes_on(day) || closes_on(day - days(1))) << shown(due);
  }
}

TEST(Reminder, IsMonotoneNeverLaterAndAtTheOpeningOfAnOpenDay) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const Drawn drawn = draw(random);
    Instant first = draw_instant(random);
    Instant second = draw_instant(random);
    if (second < first) {
      std::swap(first, second);
    }
    const Instant ahead = ahead_of(second, drawn.duration, drawn.work_time);
    ASSERT_LE(ahead, second);
    ASSERT_GE(ahead, ahead_of(first, drawn.duration, drawn.work_time));

    const sys_days day = to_local(ahead, drawn.work_time.zone).date;
    ASSERT_TRUE(is_open_day(day, drawn.work_time.calendar)) << shown(ahead);
    ASSERT_EQ(to_instant({day, drawn.work_time.calendar.opens}, drawn.work_time.zone), ahead);
  }
}

TEST(DueInstant, OfElapsedTimeIgnoresTheCalendar) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 1000; ++round) {
    const Drawn drawn = draw(random);
    const Instant from = draw_instant(random);
    const auto amount = static_cast<std::int32_t>(random() % 1000);
    EXPECT_EQ(due_after(from, {amount, DurationUnit::hours}, drawn.work_time),
              from + hours(amount));
    EXPECT_EQ(ahead_of(from, {amount, DurationUnit::minutes}, drawn.work_time),
              from - minutes(amount));
  }
}

// ---- days open for all
// ----------------------------------------------------------------------------------------------

struct OpenForRow {
  const char* claim;
  const char* due;  // local time of Paris is an hour ahead in winter
  std::vector<const char*> first, second;
  const char* wanted;
};

TEST(OpenFor, MovesToTheEndOfTheNextDayThatIsOpenForAll) {
  const OpenForRow rows[] = {
      {"open for all", "2027-01-13 17:00", {}, {}, "2027-01-13 17:00"},
      {"an instant within the day stays",
       "2027-01-13 10:12",
       {"2027-01-14"},
       {},
       "2027-01-13 10:12"},
      {"closed for one", "2027-01-13 10:12", {"2027-01-13"}, {}, "2027-01-14 17:00"},
      {"closed for each in turn",
       "2027-01-13 17:00",
       {"2027-01-13"},
       {"2027-01-14"},
       "2027-01-15 17:00"},
      {"then a week-end", "2027-01-15 17:00", {"2027-01-15"}, {}, "2027-01-18 17:00"},
      {"a week-end alone", "2027-01-16 10:00", {}, {}, "2027-01-18 17:00"},
      {"the calendar's closed days too",
       "2027-03-27 12:00",
       {"2027-03-30"},
       {},
       "2027-03-31 16:00"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    std::vector<model::ClosedDay> first;
    std::vector<model::ClosedDay> second;
    for (const char* day : row.first) {
      first.push_back({date(day), ""});
    }
    for (const char* day : row.second) {
      second.push_back({date(day), ""});
    }

    EXPECT_EQ(shown(open_for(utc(row.due), {first, second}, french_work_time())), row.wanted);
  }
}

TEST(OpenFor, LeavesADueInstantWhereNoDayOfAYearIsOpen) {
  std::vector<model::ClosedDay> always;
  for (auto day = date("2027-01-01"); day < date("2029-01-01"); day += days(1)) {
    always.push_back({day, ""});
  }

  EXPECT_EQ(shown(open_for(utc("2027-02-03 10:00"), {always}, french_work_time())),
            "2027-02-03 10:00");
  EXPECT_EQ(open_for(model::kNever, {always}, french_work_time()), model::kNever);
}

}  // namespace
}  // namespace protoflow::engine
