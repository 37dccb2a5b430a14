#include "runtime/clock/zone.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/clock/clock.hpp"

namespace protoflow::runtime {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

sys_days last_sunday(int year, unsigned month) {
  return sys_days(std::chrono::year(year) / std::chrono::month(month) /
                  std::chrono::Sunday[std::chrono::last]);
}

TEST(Zone, OfParisChangesItsClocksAsTheUnionDoesUntil2099) {
  const auto paris = load_zone("Europe/Paris", 2000, 2099);

  ASSERT_TRUE(paris.has_value()) << paris.error();
  ASSERT_EQ(paris->rows.size(), 201U);
  EXPECT_EQ(paris->name, "Europe/Paris");
  for (std::size_t i = 0; i < 100; ++i) {
    const int year = 2000 + static_cast<int>(i);
    const auto& spring = paris->rows[2 * i + 1];
    const auto& autumn = paris->rows[2 * i + 2];
    EXPECT_EQ(spring.from, last_sunday(year, 3) + hours(1)) << year;
    EXPECT_EQ(spring.offset, hours(2)) << year;
    EXPECT_EQ(autumn.from, last_sunday(year, 10) + hours(1)) << year;
    EXPECT_EQ(autumn.offset, hours(1)) << year;
  }
}

TEST(Zone, HoldsNoMoreThanTheYearsAskedFor) {
  const auto paris = load_zone("Europe/Paris", 2050, 2051);

  ASSERT_TRUE(paris.has_value());
  EXPECT_EQ(paris->rows.size(), 5U);
  EXPECT_LE(paris->rows.front().from, sys_days(std::chrono::year(2050) / 1 / 1));
  EXPECT_LT(paris->rows.back().from, sys_days(std::chrono::year(2052) / 1 / 1));
}

TEST(Zone, WithoutClockChangesHasOneRow) {
  for (const auto& [name, offset] : {std::pair("UTC", hours(0)),
                                     std::pair("Africa/Dakar", hours(0)),
                                     std::pair("Indian/Mayotte", hours(3)),
                                     std::pair("America/Cayenne", hours(-3))}) {
    const auto zone = load_zone(name, 2020, 2060);
    ASSERT_TRUE(zone.has_value()) << name;
    EXPECT_EQ(zone->rows.size(), 1U) << name;
    EXPECT_EQ(zone->rows.front().offset, offset) << name;
  }
}

TEST(Zone, RowsAreSortedWhateverTheZone) {
  for (const char* name : {"Africa/Casablanca",
                           "Asia/Gaza",
                           "America/Santiago",
                           "Africa/Cairo",
                           "Asia/Kabul",
                           "Australia/Lord_Howe",
                           "Europe/Kyiv"}) {
    const auto zone = load_zone(name, 1970, 2099);
    ASSERT_TRUE(zone.has_value()) << name;
    EXPECT_TRUE(std::ranges::is_sorted(zone->rows, {}, &model::ZoneTable::Row::from)) << name;
    EXPECT_EQ(std::ranges::adjacent_find(zone->rows, {}, &model::ZoneTable::Row::from),
              zone->rows.end())
        << name;
  }
}

TEST(Zone, UnknownIsNamedWithANearOne) {
  struct {
    const char* name;
    const char* near;
  } const rows[] = {{"Europe/Pariss", "\"Europe/Paris\"?"},
                    {"Paris", "\"Europe/Paris\"?"},
                    {"europe/paris", "\"Europe/Paris\"?"},
                    {"Europe/Brusels", "\"Europe/Brussels\"?"}};

  for (const auto& row : rows) {
    const auto zone = load_zone(row.name, 2020, 2030);
    ASSERT_FALSE(zone.has_value()) << row.name;
    EXPECT_NE(zone.error().find(row.name), std::string::npos);
    EXPECT_NE(zone.error().find(row.near), std::string::npos) << zone.error();
  }
}

TEST(Zone, UnlikeAnyOtherIsRefusedWithoutAGuess) {
  for (const std::string& name :
       {std::string(), std::string("../../etc/passwd"), std::string(100'000, 'x')}) {
    const auto zone = load_zone(name, 2020, 2030);
    ASSERT_FALSE(zone.has_value());
    EXPECT_EQ(zone.error().find("did you mean"), std::string::npos);
  }
}

TEST(ManualClock, StandsStillUntilItIsSet) {
  const model::Instant start = sys_days(std::chrono::year(2027) / 1 / 4);
  ManualClock clock(start);

  EXPECT_EQ(clock.now(), start);
  clock.advance(hours(2));
  EXPECT_EQ(clock.now(), start + hours(2));
  clock.set(start);
  EXPECT_EQ(clock.now(), start);
}

TEST(ManualClock, LosesNoAdvanceOfAnyThread) {
  ManualClock clock(model::Instant{});
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&clock] {
        for (int n = 0; n < 1000; ++n) {
          clock.advance(std::chrono::milliseconds(1));
        }
      });
    }
  }
  EXPECT_EQ(clock.now(), model::Instant(std::chrono::milliseconds(4000)));
}

TEST(SystemClock, TellsThePresent) {
  const auto before = std::chrono::system_clock::now() - std::chrono::milliseconds(1);
  const model::Instant now = SystemClock().now();

  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace protoflow::runtime
