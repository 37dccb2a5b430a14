#include "runtime/daemon/observing.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"
#include "tests/unit/runtime/outbox/running_outbox.hpp"

namespace protoflow::runtime {
namespace {

struct Observing : OutboxTest {
  std::vector<std::string> reasons() {
    return running_.ask([&] { return why_not_ready(parts()); });
  }

  RunningParts parts() {
    return {.casebook = *world_.casebook,
            .outbox = *outbox_,
            .store = store_,
            .log = world_.folder / "events.db"};
  }

  testing::CasebookWorld world_;
  MeasuredStore store_{world_.store, [](auto, auto) {}};
};

TEST_F(Observing, IsReadyUntilTheDiskIsNotFound) {
  Recording recording;
  open({{"webhook", &recording}});
  EXPECT_EQ(reasons(), std::vector<std::string>());

  world_.store.fail_next({StoreErrorCode::unavailable, "the disk is full"});
  store_.append({.stream = "case/a", .lines = {"{}"}}, [](auto) {});

  EXPECT_EQ(reasons(), std::vector<std::string>{"The last events could not be written."});
}

TEST_F(Observing, SaysHowLongTheOldestHasWaited) {
  Recording recording;
  recording.rule = [](const OutgoingNotice&) -> SendResult {
    return Retry{"not now", std::chrono::hours(1)};
  };
  open({{"webhook", &recording}});
  post({notice(16)}, 1);
  wait_until([&] { return outbox_->oldest_pending("webhook").has_value(); });

  const auto seen = running_.ask([&] {
    const auto entered = outbox_->oldest_pending("webhook").value();
    return observe(parts(), entered + std::chrono::seconds(90));
  });

  ASSERT_EQ(seen.channels.size(), 1U);
  EXPECT_EQ(seen.channels[0].pending, 1U);
  EXPECT_EQ(seen.channels[0].oldest, std::chrono::seconds(90));
  EXPECT_GT(seen.free_bytes, 0U);
}

}  // namespace
}  // namespace protoflow::runtime
