#include "runtime/calendar/calendar_text.hpp"

#include <cstdio>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>
#include <libical/ical.h>

#include "tests/support/casebook_world.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

CalendarEntry entry(std::string summary = "Rendez-vous") {
  return {.uid = calendar_uid("session/1"),
          .summary = std::move(summary),
          .description = "Référence\u00A0: ab12",
          .link = "https://pages.example.org/sessions/ab12",
          .start = testing::instant("2027-03-05T17:00:00.000Z"),
          .stamp = testing::instant("2027-03-01T08:00:00.000Z"),
          .sequence = 7};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\r\n", at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// What python3-icalendar reads: "UID|SUMMARY|DTSTART|SEQUENCE" for each event, after the method.
std::string read_by_another(const std::string& text) {
  const testing::Folder folder;
  std::ofstream(folder / "calendar.ics", std::ios::binary) << text;
  const auto command = "/usr/bin/python3 '" + in_sources("/tests/support/read_calendar.py") +
                       "' '" + (folder / "calendar.ics").string() + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string said;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    said += static_cast<char>(c);
  }
  return said;
}

bool other_reader_is_there() {
  return std::system("/usr/bin/python3 -c 'import icalendar' 2>/dev/null") == 0;
}

TEST(CalendarText, IsReadBackByLibical) {
  const std::vector<CalendarEntry> entries = {entry(),
                                              entry("Une étape vous attend; tout, \\ tout")};
  const auto text = calendar_text(entries, "protoflow");
  const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar(
      icalparser_parse_string(text.c_str()), icalcomponent_free);

  ASSERT_NE(calendar, nullptr);
  EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0) << text;
  EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VEVENT_COMPONENT), 2);
  icalcomponent* second = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  second = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  EXPECT_STREQ(icalcomponent_get_summary(second), "Une étape vous attend; tout, \\ tout");
  EXPECT_STREQ(icaltime_as_ical_string(icalcomponent_get_dtstart(second)), "20270305T170000Z");
  EXPECT_EQ(icalcomponent_get_sequence(second), 7);
}

TEST(CalendarText, IsReadBackByASecondProgram) {
  ASSERT_TRUE(other_reader_is_there())
      << "python3-icalendar is not installed: `./dev test` does it";
  const std::vector<CalendarEntry> entries = {entry("Une étape; et, \\ \"tout\" ça")};

  EXPECT_EQ(read_by_another(calendar_text(entries, "protoflow")),
            "PUBLISH\n" + entry().uid +
                "|Une étape; et, \\ \"tout\" ça|2027-03-05 17:00:00+00:00|7|CONFIRMED\n");
  auto cancelled = entry();
  cancelled.is_cancelled = true;
  cancelled.sequence = 9;
  EXPECT_EQ(read_by_another(invitation_text(cancelled, {"a@example.org", "b@example.org"})),
            "CANCEL\n" + entry().uid +
                "|Rendez-vous|2027-03-05 17:00:00+00:00|9|CANCELLED\n"
                "mailto:a@example.org>mailto:b@example.org\n");
}

TEST(CalendarText, HasShortLinesThatEndInCrlfWhateverIsInIt) {
  std::string longer;
  for (int times = 0; times < 200; ++times) {
    longer += "é😀ا";
  }
  for (const auto& summary : {std::string("=cmd|' /C calc'!A0"),
                              std::string("a\r\nATTENDEE:mailto:x@example.org"),
                              std::string("a\nBEGIN:VALARM\nb"),
                              std::string("\u202Eesrever\u2066"),
                              std::string("\xFF\xFE\x00x", 4),
                              longer}) {
    const std::vector<CalendarEntry> entries = {entry(summary)};
    const auto text = calendar_text(entries, summary);

    EXPECT_TRUE(text.ends_with("END:VCALENDAR\r\n"));
    for (const auto& line : lines_of(text)) {
      EXPECT_LE(line.size(), 75U) << line;
      EXPECT_EQ(line.find_first_of("\r\n"), line.npos);
      EXPECT_FALSE(line.starts_with("ATTENDEE") || line.starts_with("BEGIN:VALARM")) << line;
    }
    EXPECT_EQ(text.find("\u202E"), text.npos);
  }
}

TEST(CalendarText, IsTheSameForTheSameEntries) {
  const std::vector<CalendarEntry> entries = {entry()};

  EXPECT_EQ(calendar_text(entries, "protoflow"), calendar_text(entries, "protoflow"));
  EXPECT_EQ(calendar_uid("ines").find("ines"), std::string::npos);
}

}  // namespace
}  // namespace protoflow::runtime
