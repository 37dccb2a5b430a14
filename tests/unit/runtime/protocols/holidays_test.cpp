#include "runtime/protocols/holidays.hpp"

#include <gtest/gtest.h>

#include "engine/log/record.hpp"

namespace protoflow::runtime {
namespace {

std::string calendar(std::string_view events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//FR\r\n" + std::string(events) +
         "END:VCALENDAR\r\n";
}

std::string event(std::string_view lines) {
  return calendar("BEGIN:VEVENT\r\nUID:1@example.org\r\n" + std::string(lines) + "END:VEVENT\r\n");
}

// "2027-12-24 2027-12-25", or what is wrong.
std::string days_of(const std::string& text) {
  const auto closed = read_holidays(text);
  if (!closed) {
    return closed.error().problem == dsl::ReadProblem::too_large ? "too large" : "no calendar";
  }
  std::string days;
  for (const auto& one : *closed) {
    days += (days.empty() ? "" : " ") + engine::to_text(model::Instant(one.day)).substr(0, 10);
  }
  return days;
}

TEST(Holidays, ClosesTheDaysOfEventsOfWholeDays) {
  struct Case {
    std::string_view lines, days;
  };

  const Case cases[] = {
      {"DTSTART;VALUE=DATE:20271225\r\nDTEND;VALUE=DATE:20271226\r\n", "2027-12-25"},
      {"DTSTART;VALUE=DATE:20271225\r\n", "2027-12-25"},
      {"DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:20271227\r\n",
       "2027-12-24 2027-12-25 2027-12-26"},
      {"DTSTART;VALUE=DATE:20271224\r\nDURATION:P2D\r\n", "2027-12-24 2027-12-25"},
      {"DTSTART;VALUE=DATE:20271225\r\nDTEND;VALUE=DATE:20271201\r\n", "2027-12-25"},
      {"DTSTART:20271225T000000\r\nDTEND:20271226T000000\r\n", "2027-12-25"},
      {"DTSTART:20271225T090000\r\nDTEND:20271225T180000\r\n", ""},
      {"DTSTART:20271225T000000\r\nDTEND:20271225T120000\r\n", ""},
      {"DTSTART;VALUE=DATE:20271225\r\nSTATUS:CANCELLED\r\n", ""},
      {"DTSTART;VALUE=DATE:19991225\r\n", ""},
      {"DTSTART;VALUE=DATE:20591230\r\nDTEND;VALUE=DATE:20600105\r\n", "2059-12-30 2059-12-31"},
      {"DTSTART;VALUE=DATE:20271225\r\nLOCATION:\r\n", "2027-12-25"},
      {"DTSTART;VALUE=DATE:20270510\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n",
       "2027-05-10 2027-05-17 2027-05-24"},
      {"DTSTART;VALUE=DATE:20270510\r\nRRULE:FREQ=DAILY;UNTIL=20270512\r\nEXDATE;VALUE=DATE:"
       "20270511\r\n",
       "2027-05-10 2027-05-12"},
      {"DTSTART;VALUE=DATE:20270510\r\nRDATE;VALUE=DATE:20270601\r\n", "2027-05-10 2027-06-01"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(days_of(event(row.lines)), row.days) << row.lines;
  }
}

TEST(Holidays, CountsAYearlyDayOutOverAllItsYears) {
  const auto closed =
      read_holidays(event("SUMMARY:Fête du travail\\, "
                          "partout\r\nDTSTART;VALUE=DATE:19900501\r\nRRULE:FREQ=YEARLY\r\n"));

  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->size(), 40U);
  EXPECT_EQ(closed->front().reason, "Fête du travail, partout");
  EXPECT_EQ(engine::to_text(model::Instant(closed->front().day)), "2020-05-01T00:00:00.000Z");
  EXPECT_EQ(engine::to_text(model::Instant(closed->back().day)), "2059-05-01T00:00:00.000Z");
}

TEST(Holidays, ClosesNoDayTwiceAndReadsSeveralCalendarsOfOneFile) {
  const std::string christmas = event("DTSTART;VALUE=DATE:20271225\r\n");
  const std::string may = event("DTSTART;VALUE=DATE:20270501\r\n");

  EXPECT_EQ(days_of("\xEF\xBB\xBF" + christmas + may + christmas), "2027-05-01 2027-12-25");
}

TEST(Holidays, RefusesWhatIsNoCalendar) {
  std::string nested;
  for (int i = 0; i < 50'000; ++i) {
    nested += "BEGIN:VEVENT\r\n";
  }
  const std::string_view bad[] = {
      "",
      "garbage",
      "<!DOCTYPE html><html>sign in</html>",
      "BEGIN:VCALENDAR\r\n",
      "END:VCALENDAR\r\n",
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20271225\r\nEND:VEVENT\r\n",
  };
  for (const std::string_view text : bad) {
    EXPECT_EQ(days_of(std::string(text)), "no calendar") << text;
  }
  for (const std::string_view lines : {"SUMMARY:none\r\n",
                                       "DTSTART;VALUE=DATE:20271350\r\n",
                                       "DTSTART;VALUE=DATE:20271225\r\nRRULE:FREQ=OFTEN\r\n",
                                       "DTSTART;VALUE=DATE:20271225\r\nRRULE:FREQ=SECONDLY\r\n",
                                       "DTSTART;VALUE=DATE:20271225\r\nEXDATE;VALUE=DATE:x\r\n",
                                       "DTSTART;VALUE=DATE:20271225\r\nSUMMARY:No\xEBl\r\n"}) {
    EXPECT_EQ(days_of(event(lines)), "no calendar") << lines;
  }
  EXPECT_EQ(days_of(calendar(nested)), "no calendar");
  EXPECT_EQ(days_of(std::string("BEGIN:VCALENDAR\r\n\0END:VCALENDAR\r\n", 33)), "no calendar");
}

TEST(Holidays, BoundsItsWork) {
  EXPECT_EQ(days_of(std::string(kCalendarBytesMax + 1, ' ')), "too large");
  EXPECT_EQ(days_of(event("DTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20591231\r\n"
                          "RRULE:FREQ=DAILY\r\n")),
            "too large");
  const std::string daily = event("DTSTART;VALUE=DATE:16010101\r\nRRULE:FREQ=DAILY\r\n");
  EXPECT_EQ(days_of(daily).size(), std::size_t{14'610} * 11 - 1);
}

}  // namespace
}  // namespace protoflow::runtime
