// An outbox in a folder of its own, on a loop of its own thread, with channels that record: what
// every test of it needs.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/outbox/outbox.hpp"
#include "tests/unit/runtime/channel/running_channel.hpp"
#include "tests/unit/runtime/outbox/recording_channel.hpp"

namespace protoflow::runtime {

using Numbers = std::vector<std::uint64_t>;

/// Delays of no more than a few milliseconds, without chance.
inline OutboxPolicy quick() {
  OutboxPolicy policy;
  policy.first_delay = std::chrono::milliseconds(1);
  policy.longest_delay = std::chrono::milliseconds(4);
  policy.write_again = std::chrono::milliseconds(2);
  policy.random = [] { return 1.0; };
  return policy;
}

class OutboxTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "outbox-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }

  void TearDown() override {
    close();
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::string path() const { return folder_ / "outbox.db"; }

  std::expected<void, OutboxError> open_with(std::vector<std::unique_ptr<Channel>> channels,
                                             OutboxPolicy policy = quick()) {
    auto opened = running_.ask([&] {
      return Outbox::open(path(), running_.loop, clock_, std::move(channels), std::move(policy));
    });
    if (!opened) {
      return std::unexpected(opened.error());
    }
    outbox_ = std::move(*opened);
    return {};
  }

  void open(std::map<std::string, Recording*> recordings, OutboxPolicy policy = quick()) {
    std::vector<std::unique_ptr<Channel>> channels;
    for (const auto& [name, recording] : recordings) {
      channels.push_back(std::make_unique<RecordingChannel>(name, *recording));
    }
    const auto opened = open_with(std::move(channels), std::move(policy));
    ASSERT_TRUE(opened.has_value()) << opened.error().what;
  }

  void close() {
    running_.ask([&] {
      outbox_.reset();
      return 0;
    });
  }

  void post(std::vector<OutgoingNotice> notices, std::uint64_t scanned) {
    running_.ask([&] {
      outbox_->post(std::move(notices), scanned);
      return 0;
    });
  }

  OutboxHealth health() {
    return running_.ask([&] { return outbox_->health(); });
  }

  void wait_until(const std::function<bool()>& condition) { running_.wait_until(condition); }

  void wait_until_idle() {
    wait_until([&] {
      const OutboxHealth now = outbox_->health();
      return now.waiting == 0 &&
             std::ranges::all_of(now.channels, [](const auto& c) { return c.pending == 0; });
    });
  }

  std::filesystem::path folder_;
  ManualClock clock_{model::Instant(std::chrono::milliseconds(1'800'000'000'000))};
  RunningLoop running_;
  std::unique_ptr<Outbox> outbox_;
};

}  // namespace protoflow::runtime
