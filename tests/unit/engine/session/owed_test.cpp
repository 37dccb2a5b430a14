#include "engine/session/owed.hpp"

#include <gtest/gtest.h>

#include "tests/support/meeting.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;

const Plan& plan() {
  static const Plan plan = tests::plan_of(tests::workshop_path());
  return plan;
}

constexpr model::SessionId kWorkshop{0};
constexpr model::SessionId kFeast{1};

// Monday 4 January 2027; a month later is Thursday 4 February, at closing time.
constexpr auto kMonthLater = 31 * 24 + 9;

TEST(OwedOccurrences, BeginWithTheProtocol) {
  const auto owed = owed_occurrences(plan(), {}, hour(0));

  ASSERT_EQ(owed.size(), 2U);
  EXPECT_EQ(owed[0].session, kWorkshop);
  EXPECT_EQ(owed[0].around, hour(kMonthLater));
  EXPECT_EQ(owed[0].by, hour(kMonthLater - 24));
  EXPECT_EQ(plan().protocol[owed[0].partner].name, "school");
  EXPECT_EQ(owed[1].session, kFeast);
}

TEST(OwedOccurrences, CountFromTheLastThatWasNotCancelled) {
  const std::vector<KnownOccurrence> known = {
      {kWorkshop, SessionStatus::closed, hour(0)},
      {kFeast, SessionStatus::planned, hour(900)},
      {kWorkshop, SessionStatus::cancelled, hour(5000)},
  };
  const auto owed = owed_occurrences(plan(), known, hour(-1000));

  ASSERT_EQ(owed.size(), 1U);
  EXPECT_EQ(owed[0].session, kWorkshop);
  EXPECT_EQ(owed[0].around, hour(kMonthLater));
}

TEST(OwedOccurrences, OweAnewTheOneThatWasCancelled) {
  const std::vector<KnownOccurrence> known = {{kFeast, SessionStatus::cancelled, hour(10)}};

  EXPECT_EQ(owed_occurrences(plan(), known, hour(0)).size(), 2U);
}

}  // namespace
}  // namespace protoflow::engine
