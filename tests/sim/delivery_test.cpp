// Notices reach their readers whatever happens between: a stream that breaks, a receiver that is
// away, an outbox that is gone.
#include <atomic>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/client/client.hpp"
#include "runtime/daemon/daemon.hpp"
#include "tests/sim/receiver.hpp"
#include "tests/sim/scene.hpp"

namespace protoflow::testing {

namespace {

/// Follows the event stream from the first notice on, and again from where it was each time the
/// daemon goes.
class Follower {
 public:
  explicit Follower(const Door& door)
      : thread_([this, &door](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            follow(door, stop);
          }
        }) {}

  [[nodiscard]] std::vector<std::string> ids() const {
    const std::scoped_lock lock(mutex_);
    return ids_;
  }

  [[nodiscard]] std::size_t connections() const { return connections_; }

 private:
  void follow(const Door& door, const std::stop_token& stop) {
    const auto [address, token] = door.place();
    const auto ended =
        runtime::follow({.url = address + "/v1/stream",
                         .last_event_id = last_,
                         .headers = {{"Authorization", "Bearer " + token}},
                         .silence = std::chrono::milliseconds(300)},
                        [&](std::string_view id, std::string_view, std::string_view text) {
                          connections_ += fresh_ ? 1U : 0U;
                          fresh_ = false;
                          last_ = id;
                          const std::scoped_lock lock(mutex_);
                          ids_.push_back(Json::parse(text)["id"].get<std::string>());
                          return !stop.stop_requested();
                        });
    fresh_ = true;
    if (!ended) {
      std::this_thread::yield();
    }
  }

  mutable std::mutex mutex_;
  std::vector<std::string> ids_;
  std::string last_ = "0";
  bool fresh_ = true;
  std::atomic<std::size_t> connections_ = 0;
  std::jthread thread_;
};

}  // namespace

TEST(Delivery, AStreamThatIsFollowedAgainMissesNothing) {
  Scene scene;
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  const Follower follower(scene.door);
  for (const std::string name : {"a", "b", "c"}) {
    open_cases(scene.door, name, 6);
    if (name == "b") {
      ASSERT_EQ(scene.daemon->stop().status, 0);
    } else {
      scene.daemon->kill_hard();
    }
    ASSERT_TRUE(scene.start()) << scene.daemon->log();
  }
  open_cases(scene.door, "d", 6);
  const auto log = scene.audit();
  EXPECT_GE(log.notices.size(), 4 * 6 * kWriters);
  EXPECT_TRUE(eventually([&] { return delivery_faults(log, follower.ids()).empty(); },
                         std::chrono::seconds(20)));
  EXPECT_EQ(delivery_faults(log, follower.ids()), std::vector<std::string>());
  EXPECT_GE(follower.connections(), 2U);
}

TEST(Delivery, AReceiverThatWasUnwillingGetsEverythingInOrder) {
  Scene scene;
  Receiver receiver;
  scene.settings.webhook = receiver.url();
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  open_cases(scene.door, "before", 1);
  receiver.unwilling = true;
  open_cases(scene.door, "meanwhile", 2);
  ASSERT_TRUE(eventually([&] { return receiver.turned_away() > 0; }));
  receiver.unwilling = false;
  const auto log = scene.audit();
  EXPECT_TRUE(eventually([&] { return delivery_faults(log, receiver.ids()).empty(); }));
  EXPECT_EQ(delivery_faults(log, receiver.ids()), std::vector<std::string>());
}

TEST(Delivery, AReceiverThatWasAwayOverARestartGetsEverythingInOrder) {
  Scene scene;
  auto receiver = std::make_unique<Receiver>();
  const auto port = receiver->port();
  scene.settings.webhook = receiver->url();
  receiver.reset();
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  open_cases(scene.door, "away", 2);
  ASSERT_EQ(scene.daemon->stop().status, 0);
  ASSERT_TRUE(scene.start()) << scene.daemon->log();
  receiver = std::make_unique<Receiver>(port);
  const auto log = scene.audit();
  EXPECT_TRUE(eventually([&] { return delivery_faults(log, receiver->ids()).empty(); }));
  EXPECT_EQ(delivery_faults(log, receiver->ids()), std::vector<std::string>());
}

TEST(Delivery, AnOutboxThatIsGoneIsDerivedAgain) {
  Scene scene;
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();
  open_cases(scene.door, "a", 2);
  ASSERT_EQ(scene.daemon->stop().status, 0);
  for (const auto* rest : {"", "-wal", "-shm"}) {
    std::filesystem::remove(scene.file(runtime::kOutboxFile + std::string(rest)));
  }
  std::filesystem::remove(scene.settings.notices);
  ASSERT_TRUE(scene.start()) << scene.daemon->log();
  const auto log = scene.audit();
  EXPECT_TRUE(
      eventually([&] { return delivery_faults(log, ids_in(scene.settings.notices)).empty(); }));
  const auto listed = scene.door.get("/v1/notices");
  EXPECT_EQ(listed.status, 200);
  EXPECT_FALSE(listed.body["notices"].empty());
}

}  // namespace protoflow::testing
