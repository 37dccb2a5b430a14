// The two days on which the clock of Europe/Paris is changed, and instants at the end of what can
// be written.
#include <gtest/gtest.h>

#include "engine/calendar/calendar.hpp"
#include "engine/log/record.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {
namespace {

using model::Duration;
using model::DurationUnit;
using std::chrono::hours;

model::Instant at(std::string_view text) {
  return to_instant(std::string(text) + ":00.000Z").value();
}

// On 28 March 2027, 02:00 to 03:00 does not exist; on 31 October, it comes twice.
WorkTime paris(std::chrono::minutes closes, std::uint8_t working = 0b1111111) {
  WorkTime work_time;
  work_time.calendar.working = working;
  work_time.calendar.opens = std::chrono::minutes(30);
  work_time.calendar.closes = closes;
  work_time.zone = {"Europe/Paris",
                    {{at("2026-10-25T01:00"), hours(1)},
                     {at("2027-03-28T01:00"), hours(2)},
                     {at("2027-10-31T01:00"), hours(1)}}};
  return work_time;
}

struct Row {
  const char* claim;
  const char* from;
  Duration within;
  std::chrono::minutes closes;
  const char* due;
};

constexpr std::chrono::minutes kEvening{18 * 60};
constexpr std::chrono::minutes kNight{2 * 60 + 30};  // within the hour that is skipped or doubled

TEST(ClockChange, MovesNoDueInstantButThoseOfTheLocalClock) {
  const Row rows[] = {
      {"24 hours over the skipped one",
       "2027-03-27T20:00",
       {24, DurationUnit::hours},
       kEvening,
       "2027-03-28T20:00"},
      {"24 hours over the doubled one",
       "2027-10-30T20:00",
       {24, DurationUnit::hours},
       kEvening,
       "2027-10-31T20:00"},
      {"90 minutes from within the doubled hour, its first",
       "2027-10-31T00:30",
       {90, DurationUnit::minutes},
       kEvening,
       "2027-10-31T02:00"},
      {"90 minutes from within the doubled hour, its second",
       "2027-10-31T01:30",
       {90, DurationUnit::minutes},
       kEvening,
       "2027-10-31T03:00"},
      {"a day over the skipped hour ends by the new time",
       "2027-03-27T20:00",
       {1, DurationUnit::days},
       kEvening,
       "2027-03-28T16:00"},
      {"a day over the doubled hour ends by the new time",
       "2027-10-30T15:00",
       {1, DurationUnit::days},
       kEvening,
       "2027-10-31T17:00"},
      {"a day that ends in the skipped hour",
       "2027-03-27T00:00",
       {1, DurationUnit::days},
       kNight,
       "2027-03-28T01:30"},
      {"a day that ends in the doubled hour, at its first",
       "2027-10-30T00:00",
       {1, DurationUnit::days},
       kNight,
       "2027-10-31T00:30"},
      {"a week", "2027-10-27T10:00", {1, DurationUnit::weeks}, kEvening, "2027-11-03T17:00"},
      {"a month", "2027-03-10T10:00", {1, DurationUnit::months}, kEvening, "2027-04-10T16:00"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    const auto due = due_after(at(row.from), row.within, paris(row.closes));

    EXPECT_EQ(to_text(due), to_text(at(row.due)));
    EXPECT_GE(due, at(row.from));
  }
}

TEST(ClockChange, GivesNoDelayBackwards) {
  for (auto from = at("2027-10-30T22:00"); from < at("2027-10-31T04:00");
       from += std::chrono::minutes(7)) {
    for (const auto closes : {kNight, kEvening}) {
      for (const auto within :
           {Duration{0, DurationUnit::days}, Duration{1, DurationUnit::working_days}}) {
        EXPECT_GE(due_after(from, within, paris(closes)), from) << to_text(from);
        EXPECT_LE(ahead_of(from, within, paris(closes)), from) << to_text(from);
      }
    }
  }
}

TEST(ClockChange, KeepsTheTimeOfDayOfWhatLasts) {
  const auto over = over_after(at("2027-03-27T09:00"), {1, DurationUnit::days}, paris(kEvening));

  EXPECT_EQ(to_text(over), to_text(at("2027-03-28T08:00")));
}

TEST(TheLastInstant, IsWhereEveryDelayEnds) {
  const auto late = at("9999-12-30T10:00");

  for (const auto unit : {DurationUnit::minutes,
                          DurationUnit::days,
                          DurationUnit::working_days,
                          DurationUnit::months,
                          DurationUnit::years}) {
    const Duration within{1'000'000, unit};
    EXPECT_LE(due_after(late, within, paris(kEvening)), model::kLatestInstant);
    EXPECT_LE(over_after(late, within, paris(kEvening)), model::kLatestInstant);
    EXPECT_EQ(to_instant(to_text(due_after(late, within, paris(kEvening)))).value(),
              due_after(late, within, paris(kEvening)));
  }
  EXPECT_EQ(due_after(model::kLatestInstant, {1, DurationUnit::hours}, paris(kEvening)),
            model::kLatestInstant);
}

}  // namespace
}  // namespace protoflow::engine
