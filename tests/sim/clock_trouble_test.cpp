// Clocks that jump, forwards and backwards, while the daemon runs and while it does not.
#include <gtest/gtest.h>

#include "engine/log/record.hpp"
#include "tests/sim/scene.hpp"

namespace protoflow::testing {

namespace {

constexpr auto kMorning = "2027-01-04T08:00:00.000Z";

struct Timed : Scene {
  explicit Timed(const std::string& clock = kMorning) { settings.clock = clock; }

  [[nodiscard]] bool start_at(const std::string& clock) {
    settings.clock = clock;
    return start();
  }

  /// Waits until nothing is due at the instant any more.
  [[nodiscard]] LogAudit settled(const std::string& clock) const {
    const auto now = engine::to_instant(clock).value();
    LogAudit log;
    EXPECT_TRUE(eventually([&] {
      log = audit();
      return log.next_due > now;
    }));
    return log;
  }

  [[nodiscard]] Reply move_clock(const std::string& now) const {
    return door.post("/v1/clock", {{"now", now}});
  }
};

/// The instants of a case's events that nobody sent, in the order of the log.
std::vector<std::string> fired_instants(const std::vector<std::string>& lines) {
  std::vector<std::string> instants;
  for (const auto& line : lines) {
    const auto json = Json::parse(line);
    if (json["command"].get<std::string>().starts_with("tick-")) {
      instants.push_back(json["happened"].get<std::string>());
    }
  }
  return instants;
}

void expect_in_order(const LogAudit& log) {
  for (const auto& [id, lines] : log.cases) {
    const auto instants = fired_instants(lines);
    EXPECT_FALSE(instants.empty());
    EXPECT_TRUE(std::ranges::is_sorted(instants)) << id;
  }
}

}  // namespace

TEST(ClockTrouble, AJumpFarAheadOverARestartFiresEachDeadlineOnceInOrder) {
  Timed timed;
  ASSERT_TRUE(timed.start_with_people()) << timed.daemon->log();
  open_cases(timed.door, "a", 3);
  ASSERT_EQ(timed.daemon->stop().status, 0);
  constexpr auto kYearsLater = "2031-06-01T08:00:00.000Z";
  ASSERT_TRUE(timed.start_at(kYearsLater)) << timed.daemon->log();
  const auto log = timed.settled(kYearsLater);
  EXPECT_EQ(log.faults, std::vector<std::string>());
  EXPECT_GE(log.fired_in_all(), 3 * kWriters * 5);
  expect_in_order(log);

  timed.daemon->kill_hard();
  ASSERT_TRUE(timed.start_at(kYearsLater)) << timed.daemon->log();
  EXPECT_EQ(timed.move_clock("2031-06-02T08:00:00.000Z").status, 200);
  EXPECT_EQ(timed.audit().events, log.events) << "something has fired twice";
  EXPECT_EQ(timed.daemon->stop().status, 0);
  EXPECT_EQ(timed.verify().status, 0);
}

TEST(ClockTrouble, AnEarlierClockFiresNothingEarlyAndNothingTwice) {
  Timed timed;
  ASSERT_TRUE(timed.start_with_people()) << timed.daemon->log();
  open_cases(timed.door, "a", 2);
  ASSERT_EQ(timed.move_clock("2027-01-04T08:01:30.000Z").status, 200);
  const auto before = timed.audit();
  EXPECT_GT(before.fired_in_all(), 0U);
  ASSERT_EQ(timed.daemon->stop().status, 0);

  ASSERT_TRUE(timed.start_at("2026-12-31T08:00:00.000Z")) << timed.daemon->log();
  ASSERT_EQ(timed.move_clock("2027-01-04T08:01:29.000Z").status, 200);
  EXPECT_EQ(timed.audit().events, before.events);
  ASSERT_EQ(timed.move_clock("2027-01-04T09:00:00.000Z").status, 200);
  const auto after = timed.settled("2027-01-04T09:00:00.000Z");
  EXPECT_GT(after.fired_in_all(), before.fired_in_all());
  EXPECT_EQ(after.faults, std::vector<std::string>());
  expect_in_order(after);
}

TEST(ClockTrouble, ACommandUnderAnEarlierClockIsDatedAfterWhatItFollows) {
  Timed timed;
  ASSERT_TRUE(timed.start_with_people()) << timed.daemon->log();
  const auto id = open_case(timed.door, "one");
  ASSERT_FALSE(id.empty());
  ASSERT_EQ(timed.daemon->stop().status, 0);
  ASSERT_TRUE(timed.start_at("2026-12-31T08:00:00.000Z")) << timed.daemon->log();
  const auto reply = timed.door.act(
      {{"case", id}, {"command", "take"}, {"step", "welcome"}, {"person", "of-office"}});
  ASSERT_EQ(reply.status, 200) << reply.body.dump();
  EXPECT_EQ(reply.body["events"][0]["happened"], kMorning);
  ASSERT_EQ(timed.daemon->stop().status, 0);
  const auto verified = timed.verify();
  EXPECT_EQ(verified.status, 0) << verified.output;
}

TEST(ClockTrouble, AClockIsNotMovedBackwards) {
  Timed timed;
  ASSERT_TRUE(timed.start()) << timed.daemon->log();
  EXPECT_EQ(timed.move_clock("2027-01-04T07:59:59.999Z").status, 400);
  EXPECT_EQ(timed.move_clock("2027-01-04T08:00:00.000Z").status, 200);
  EXPECT_EQ(timed.move_clock("soon").status, 400);
}

}  // namespace protoflow::testing
