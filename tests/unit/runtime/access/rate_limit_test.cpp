#include "runtime/access/rate_limit.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

using std::chrono::milliseconds;

constexpr model::Instant kStart{std::chrono::days(20'000)};

RateLimit three_a_second() {
  return RateLimit({.burst = 3, .every = milliseconds(1000)});
}

bool may(RateLimit& limit, std::string_view who, model::Instant now) {
  const bool free = !limit.wait(who, now);
  if (free) {
    limit.take(who, now);
  }
  return free;
}

TEST(RateLimit, LetsABurstThroughThenOneAtATime) {
  auto limit = three_a_second();
  EXPECT_TRUE(may(limit, "a", kStart));
  EXPECT_TRUE(may(limit, "a", kStart));
  EXPECT_TRUE(may(limit, "a", kStart));
  EXPECT_EQ(limit.wait("a", kStart), milliseconds(1000));
  EXPECT_EQ(limit.wait("a", kStart + milliseconds(400)), milliseconds(600));
  EXPECT_TRUE(may(limit, "a", kStart + milliseconds(1000)));
  EXPECT_FALSE(may(limit, "a", kStart + milliseconds(1000)));
}

TEST(RateLimit, CountsEachForThemselves) {
  auto limit = three_a_second();
  for (int i = 0; i < 3; ++i) {
    may(limit, "a", kStart);
  }
  EXPECT_FALSE(may(limit, "a", kStart));
  EXPECT_TRUE(may(limit, "b", kStart));
}

TEST(RateLimit, IsFullAgainAfterAWhileAndNoFuller) {
  auto limit = three_a_second();
  for (int i = 0; i < 3; ++i) {
    may(limit, "a", kStart);
  }
  const auto later = kStart + std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(may(limit, "a", later));
  }
  EXPECT_FALSE(may(limit, "a", later));
}

TEST(RateLimit, MakesNobodyWaitForAClockThatHasGoneBack) {
  auto limit = three_a_second();
  for (int i = 0; i < 3; ++i) {
    may(limit, "a", kStart + std::chrono::days(300));
  }
  EXPECT_LE(limit.wait("a", kStart).value(), milliseconds(1000));
}

TEST(RateLimit, RemembersNoMoreThanItMust) {
  RateLimit limit({.burst = 2, .every = milliseconds(1000)});
  for (std::size_t i = 0; i <= RateLimit::kKeptMax; ++i) {
    limit.take(std::to_string(i), kStart + std::chrono::seconds(i));
  }
  EXPECT_LT(limit.kept(), 100u);
  for (std::size_t i = 0; i <= 2 * RateLimit::kKeptMax; ++i) {
    limit.take(std::to_string(i), kStart);
  }
  EXPECT_LE(limit.kept(), RateLimit::kKeptMax);
}

}  // namespace
}  // namespace protoflow::runtime
