#include "runtime/mail/schedule.hpp"

#include <gtest/gtest.h>

#include "runtime/clock/zone.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::instant;

const model::ZoneTable kParis = load_zone("Europe/Paris", 2026, 2028).value();
constexpr DayTime kEight{8 * 60}, kTwenty{20 * 60};

struct Row {
  const char* now;
  const char* due;  // empty: never
  const char* leaves;
  bool in_digest;
};

void check(const Contact& contact, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    const auto due = *row.due == '\0' ? model::kNever : instant(row.due);
    const auto leaving = when_to_send(contact, instant(row.now), due, kParis);

    EXPECT_EQ(engine::to_text(leaving.at), row.leaves) << row.now;
    EXPECT_EQ(leaving.in_digest, row.in_digest) << row.now;
  }
}

TEST(MailSchedule, SendsAtOnceToWhoAsksForNothingElse) {
  check({}, {{"2027-03-01T02:00:00.000Z", "", "2027-03-01T02:00:00.000Z", false}});
}

TEST(MailSchedule, WaitsForTheEndOfTheQuietHoursOverMidnightAndClockChanges) {
  check({.quiet = QuietHours{kTwenty, kEight}},
        {{"2027-03-01T18:59:59.999Z", "", "2027-03-01T18:59:59.999Z", false},
         {"2027-03-01T19:00:00.000Z", "", "2027-03-02T07:00:00.000Z", false},
         {"2027-03-02T06:59:59.999Z", "", "2027-03-02T07:00:00.000Z", false},
         {"2027-03-02T07:00:00.000Z", "", "2027-03-02T07:00:00.000Z", false},
         {"2027-03-27T22:00:00.000Z", "", "2027-03-28T06:00:00.000Z", false},
         {"2027-10-30T22:00:00.000Z", "", "2027-10-31T07:00:00.000Z", false}});
  check({.quiet = QuietHours{kEight, kTwenty}},
        {{"2027-03-01T07:00:00.000Z", "", "2027-03-01T19:00:00.000Z", false},
         {"2027-03-01T19:00:00.000Z", "", "2027-03-01T19:00:00.000Z", false}});
}

TEST(MailSchedule, GathersInTheDigestWhatCanWaitForIt) {
  check(
      {.digest = kEight},
      {{"2027-03-01T06:00:00.000Z", "", "2027-03-01T07:00:00.000Z", true},
       {"2027-03-01T07:00:00.000Z", "", "2027-03-01T07:00:00.000Z", true},
       {"2027-03-01T07:00:00.001Z", "", "2027-03-02T07:00:00.000Z", true},
       {"2027-03-01T12:00:00.000Z", "2027-03-01T17:00:00.000Z", "2027-03-01T12:00:00.000Z", false},
       {"2027-03-01T12:00:00.000Z", "2027-02-01T17:00:00.000Z", "2027-03-02T07:00:00.000Z", true},
       {"2027-03-01T12:00:00.000Z", "2027-03-02T08:00:00.000Z", "2027-03-02T07:00:00.000Z", true}});
}

TEST(MailSchedule, KeepsQuietEvenForADigestAndForWhatIsUrgent) {
  check({.quiet = QuietHours{kTwenty, kEight}, .digest = DayTime{6 * 60}},
        {{"2027-03-01T12:00:00.000Z", "", "2027-03-02T07:00:00.000Z", true},
         {"2027-03-01T20:00:00.000Z",
          "2027-03-01T23:00:00.000Z",
          "2027-03-02T07:00:00.000Z",
          false}});
}

TEST(MailSchedule, NeverSendsBeforeItWasToldNorMoreThanTwoDaysLater) {
  for (int digest = 0; digest < 24; digest += 5) {
    for (int from = 0; from < 24; from += 3) {
      const Contact contact{.quiet = QuietHours{DayTime(from * 60), DayTime((from + 7) % 24 * 60)},
                            .digest = DayTime(digest * 60)};
      for (auto now = instant("2027-03-27T00:10:00.000Z");
           now < instant("2027-03-29T00:00:00.000Z");
           now += std::chrono::minutes(97)) {
        const auto leaving = when_to_send(contact, now, model::kNever, kParis);
        EXPECT_GE(leaving.at, now);
        EXPECT_LE(leaving.at, now + std::chrono::hours(49));
      }
    }
  }
}

}  // namespace
}  // namespace protoflow::runtime
