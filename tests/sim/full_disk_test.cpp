// The disk is full while people work: they are told to try again, nothing acknowledged is lost, and
// work goes on once there is room.
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "engine/log/record.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/daemon/daemon.hpp"
#include "tests/sim/scene.hpp"

namespace protoflow::testing {

namespace {

struct Told {
  std::size_t done = 0;
  std::size_t not_now = 0;
  std::vector<std::string> other;
  std::vector<std::string> cases;  // acknowledged
};

/// Opens cases until as many were refused for want of room.
Told open_until_full(const Door& door, const std::string& name, std::size_t refusals) {
  Told told;
  for (int i = 0; told.not_now < refusals && i < 5000; ++i) {
    const auto reply = door.act(
        {{"protocol", "vigil"}, {"person", "of-office"}, {"command_id", name + std::to_string(i)}});
    if (reply.done()) {
      ++told.done;
      told.cases.push_back(reply.body["case"].get<std::string>());
    } else if (reply.status == 503 && reply.headers.contains("retry-after")) {
      ++told.not_now;
    } else {
      told.other.push_back(std::to_string(reply.status) + " " + reply.body.dump());
    }
  }
  return told;
}

std::uint64_t largest_file(const std::filesystem::path& folder) {
  std::uint64_t largest = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    largest = std::max<std::uint64_t>(largest, entry.file_size());
  }
  return largest;
}

void expect_kept(const Scene& scene, const Told& told) {
  const auto log = scene.audit();
  EXPECT_EQ(log.faults, std::vector<std::string>());
  for (const auto& id : told.cases) {
    EXPECT_TRUE(log.cases.contains(id)) << id;
  }
}

}  // namespace

TEST(FullDisk, IsSaidAndWorkGoesOnOnceThereIsRoom) {
  Scene scene;
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  open_cases(scene.door, "before", 2);
  scene.daemon->limit_files(largest_file(scene.settings.folder) + 100'000);
  const auto full = open_until_full(scene.door, "full-", 20);
  EXPECT_EQ(full.not_now, 20U);
  EXPECT_EQ(full.other, std::vector<std::string>());
  ASSERT_FALSE(scene.daemon->ending(std::chrono::milliseconds(0))) << "a full disk has ended it";
  EXPECT_EQ(scene.door.get("/v1/cases").status, 200);

  scene.daemon->limit_files(std::nullopt);
  std::string opened;
  EXPECT_TRUE(eventually([&] {
    opened = open_case(scene.door, "after");
    return !opened.empty();
  }));
  EXPECT_EQ(scene.daemon->stop().status, 0);
  expect_kept(scene, full);
  EXPECT_EQ(scene.verify().status, 0);
  ASSERT_TRUE(scene.start());
  EXPECT_EQ(scene.door.get("/v1/cases/" + opened).status, 200);
  const auto log = scene.audit();
  EXPECT_TRUE(
      eventually([&] { return delivery_faults(log, ids_in(scene.settings.notices)).empty(); }));
}

TEST(FullDisk, AndAKillOnTopOfItLoseNothing) {
  Scene scene;
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  scene.daemon->limit_files(largest_file(scene.settings.folder) + 50'000);
  const auto full = open_until_full(scene.door, "full-", 3);
  EXPECT_EQ(full.other, std::vector<std::string>());
  scene.daemon->kill_hard();
  ASSERT_TRUE(scene.start()) << scene.daemon->log();
  EXPECT_FALSE(open_case(scene.door, "after").empty());
  expect_kept(scene, full);
}

// A deadline that cannot be written is neither lost nor tried without pause.
TEST(FullDisk, DefersDeadlinesAndFiresThemOnce) {
  Scene scene;
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  scene.daemon->limit_files(0);
  const auto full = open_until_full(scene.door, "full-", 1);
  EXPECT_EQ(full.done, 0U);
  scene.daemon->limit_files(std::nullopt);
  const auto ago = runtime::SystemClock().now() - std::chrono::milliseconds(58'000);
  ASSERT_FALSE(open_case(scene.door, "one", engine::to_text(ago)).empty());
  scene.daemon->limit_files(0);
  const auto trouble = [&] {
    const auto log = scene.daemon->log();
    std::size_t count = 0;
    for (auto at = log.find("not written"); at != std::string::npos;
         at = log.find("not written", at + 1)) {
      ++count;
    }
    return count;
  };
  const auto before = trouble();
  ASSERT_TRUE(eventually([&] { return trouble() > before; })) << scene.daemon->log();
  (void)scene.daemon->ending(std::chrono::seconds(2));
  EXPECT_LT(trouble() - before, 200U) << "it tries again without pause";
  scene.daemon->limit_files(std::nullopt);
  LogAudit log;
  EXPECT_TRUE(eventually([&] {
    log = scene.audit();
    return log.fired["step_reminded"] > 0;
  })) << scene.daemon->log();
  EXPECT_EQ(log.faults, std::vector<std::string>());
}

}  // namespace protoflow::testing
