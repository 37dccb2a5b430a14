#include "engine/timer/timing_wheel.hpp"

#include <random>
#include <set>
#include <utility>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

using std::chrono::milliseconds;

constexpr model::Instant kBegin = std::chrono::sys_days{std::chrono::year{2027} / 1 / 4};

TEST(TimingWheel, TakesWhatIsDueInTheOrderOfTheInstants) {
  TimingWheel wheel(kBegin);
  wheel.arm(7, kBegin + std::chrono::years(90));
  wheel.arm(3, kBegin + std::chrono::days(30));
  wheel.arm(5, kBegin + milliseconds(1));

  EXPECT_EQ(wheel.take(kBegin), std::nullopt);
  EXPECT_EQ(wheel.take(kBegin + std::chrono::years(99)), 5u);
  EXPECT_EQ(wheel.take(kBegin + std::chrono::years(99)), 3u);
  EXPECT_EQ(wheel.take(kBegin + std::chrono::years(99)), 7u);
  EXPECT_EQ(wheel.take(model::kNever - milliseconds(1)), std::nullopt);
}

TEST(TimingWheel, KeepsOneTimerAPlaceAndNoneAtNever) {
  TimingWheel wheel(kBegin);
  wheel.arm(0, kBegin + milliseconds(10));
  wheel.arm(0, kBegin + milliseconds(20));
  wheel.arm(1, kBegin + milliseconds(5));
  wheel.arm(1, model::kNever);
  wheel.arm(900, model::kNever);

  EXPECT_EQ(wheel.armed(), 1u);
  EXPECT_EQ(wheel.due(0), kBegin + milliseconds(20));
  EXPECT_EQ(wheel.due(1), model::kNever);
  EXPECT_EQ(wheel.due(900), model::kNever);
  EXPECT_EQ(wheel.take(kBegin + milliseconds(19)), std::nullopt);
  EXPECT_EQ(wheel.take(kBegin + milliseconds(20)), 0u);
  EXPECT_EQ(wheel.look_again(), model::kNever);
}

TEST(TimingWheel, TakesAtOnceWhatWasPastWhenItWasArmed) {
  TimingWheel wheel(kBegin);
  wheel.arm(1, kBegin + std::chrono::hours(5));
  ASSERT_EQ(wheel.take(kBegin + std::chrono::hours(6)), 1u);

  wheel.arm(2, kBegin);
  wheel.arm(3, model::Instant::min());

  EXPECT_TRUE(wheel.take(kBegin + std::chrono::hours(6)));
  EXPECT_TRUE(wheel.take(kBegin + std::chrono::hours(6)));
  EXPECT_EQ(wheel.armed(), 0u);
}

// What a sorted set of (instant, place) does, whatever is armed, moved, taken away and taken out.
class SortedDues {
 public:
  void arm(std::uint32_t place, model::Instant at) {
    if (places_.size() <= place) {
      places_.resize(place + 1, model::kNever);
    }
    dues_.erase({places_[place], place});
    places_[place] = at;
    if (at != model::kNever) {
      dues_.insert({at, place});
    }
  }

  [[nodiscard]] model::Instant first() const {
    return dues_.empty() ? model::kNever : dues_.begin()->first;
  }

  [[nodiscard]] model::Instant due(std::uint32_t place) const {
    return place < places_.size() ? places_[place] : model::kNever;
  }

  [[nodiscard]] std::size_t armed() const { return dues_.size(); }

 private:
  std::set<std::pair<model::Instant, std::uint32_t>> dues_;
  std::vector<model::Instant> places_;
};

// Waits of all lengths, from nothing to 100 years: each level of the wheel is used.
milliseconds some_wait(std::mt19937_64& dice) {
  return milliseconds(static_cast<std::int64_t>(dice() >> (22 + dice() % 42)));
}

void compare(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  constexpr int kActs = 4000;
  constexpr std::uint32_t kPlaces = 300;
  std::mt19937_64 dice(seed);
  TimingWheel wheel(kBegin);
  SortedDues sorted;
  auto now = kBegin;
  for (int act = 0; act < kActs && !testing::Test::HasFailure(); ++act) {
    const auto place = static_cast<std::uint32_t>(dice() % kPlaces);
    const auto at = dice() % 4 == 0 ? model::kNever : now + some_wait(dice);
    wheel.arm(place, at);
    sorted.arm(place, at);
    ASSERT_LE(wheel.look_again(), sorted.first());
    if (dice() % 3 == 0) {
      now += some_wait(dice) / 1024;
    }
    while (dice() % 8 != 0) {
      const auto taken = wheel.take(now);
      ASSERT_EQ(taken.has_value(), sorted.first() <= now);
      if (!taken) {
        break;
      }
      ASSERT_EQ(sorted.due(*taken), sorted.first());
      sorted.arm(*taken, model::kNever);
    }
    ASSERT_EQ(wheel.armed(), sorted.armed());
  }
  for (std::uint32_t place = 0; place < kPlaces; ++place) {
    sorted.arm(place, sorted.due(place));
    EXPECT_EQ(wheel.due(place), sorted.due(place));
  }
}

TEST(TimingWheel, DoesWhatASortedSetDoes) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    compare(seed);
  }
}

// Looking again when told, nothing is due before its instant, and it takes few looks.
TEST(TimingWheel, SaysWhenToLookAgain) {
  TimingWheel wheel(kBegin);
  const auto due = kBegin + std::chrono::days(29) + milliseconds(12'345'678);
  wheel.arm(1, due);
  int looks = 0;
  for (auto now = kBegin; !wheel.take(now); now = wheel.look_again()) {
    ASSERT_LT(now, due);
    ASSERT_LE(++looks, 11);
  }
  EXPECT_EQ(wheel.armed(), 0u);
}

}  // namespace
}  // namespace protoflow::engine
