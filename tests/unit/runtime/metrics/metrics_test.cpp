#include "runtime/metrics/metrics.hpp"

#include <gtest/gtest.h>

#include "runtime/metrics/measured_store.hpp"
#include "tests/support/memory_store.hpp"

namespace protoflow::runtime {
namespace {

TEST(Metrics, CountsAnswersByAddressAndStatus) {
  Metrics metrics;
  const Answered refused{.id = "a",
                         .method = "POST",
                         .route = "/v1/cases/{case}/commands",
                         .status = 409,
                         .took = std::chrono::milliseconds(3)};

  metrics.answered(refused);
  metrics.answered(refused);

  const auto text = metrics.text({});
  EXPECT_TRUE(text.contains(
      R"(protoflow_requests_total{method="POST",route="/v1/cases/{case}/commands",status="409"} 2)"))
      << text;
  EXPECT_TRUE(text.contains(R"(protoflow_request_seconds_bucket{le="0.0025"} 0)")) << text;
  EXPECT_TRUE(text.contains(R"(protoflow_request_seconds_bucket{le="0.005"} 2)")) << text;
}

TEST(Metrics, SaysWhatIsObservedNow) {
  Metrics metrics;
  Observed now{.ready = true, .cases = 3, .timers = 2, .late = std::chrono::seconds(5)};
  now.channels.push_back({"webhook", 7, 1, std::chrono::seconds(60)});
  (void)metrics.text(now);
  now.cases = 4;

  const auto text = metrics.text(now);

  for (const auto* line : {"protoflow_ready 1",
                           "protoflow_cases 4",
                           "protoflow_timers 2",
                           "protoflow_timers_late_seconds 5",
                           "protoflow_deliveries_pending{channel=\"webhook\"} 7",
                           "protoflow_deliveries_given_up{channel=\"webhook\"} 1",
                           "protoflow_deliveries_oldest_seconds{channel=\"webhook\"} 60"}) {
    EXPECT_TRUE(text.contains(std::string("\n") + line + "\n")) << line << " is not in\n" << text;
  }
}

TEST(MeasuredStore, SaysWhatBecameOfEachAppend) {
  testing::MemoryStore inner;
  std::vector<std::string> results;
  MeasuredStore store(inner, [&](std::string_view result, auto) { results.emplace_back(result); });
  const auto append = [&](std::uint64_t version) {
    store.append({.stream = "case/a", .expected_version = version, .lines = {"{}"}}, [](auto) {});
  };

  append(0);
  append(0);

  EXPECT_EQ(results, (std::vector<std::string>{"written", "conflict"}));
  EXPECT_EQ(store.failed_since(), std::nullopt);
}

TEST(MeasuredStore, RemembersThatTheDiskWasNotFound) {
  testing::MemoryStore inner;
  MeasuredStore store(inner, [](auto, auto) {});
  inner.fail_next({StoreErrorCode::unavailable, "the disk is full"});

  store.append({.stream = "case/a", .lines = {"{}"}}, [](auto) {});
  EXPECT_TRUE(store.failed_since());

  store.append({.stream = "case/a", .lines = {"{}"}}, [](auto) {});
  EXPECT_EQ(store.failed_since(), std::nullopt);
}

}  // namespace
}  // namespace protoflow::runtime
