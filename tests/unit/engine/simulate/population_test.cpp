#include "engine/simulate/population.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "engine/simulate/figures.hpp"
#include "engine/simulate/imagined.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

const Plan& plan() {
  static const Plan plan = tests::plan_of(tests::small_path());
  return plan;
}

std::string text_of(const PopulationFigures& found) {
  std::string text = std::to_string(found.opened) + " " + std::to_string(found.closed) + " " +
                     std::to_string(found.events) + " " + std::to_string(found.path.median);
  for (const auto& step : found.steps) {
    text += " " + std::to_string(step.done) + "/" + std::to_string(step.late) + "/" +
            std::to_string(step.waits_for_person);
  }
  for (const auto& partner : found.partners) {
    for (const auto minutes : partner.load) {
      text += " " + std::to_string(minutes);
    }
  }
  return text;
}

std::uint32_t late_steps(const PopulationFigures& found) {
  return std::accumulate(
      found.steps.begin(), found.steps.end(), 0U, [](std::uint32_t sum, const StepFigures& step) {
        return sum + step.late;
      });
}

TEST(Population, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const Scenario scenario{.cases = 40, .months = 6, .seed = 7};
  auto other = scenario;
  other.seed = 8;

  EXPECT_EQ(text_of(simulate_population(plan(), scenario)),
            text_of(simulate_population(plan(), scenario)));
  EXPECT_NE(text_of(simulate_population(plan(), scenario)),
            text_of(simulate_population(plan(), other)));
}

TEST(Population, LosesNobody) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto found = simulate_population(plan(), {.cases = 60, .months = 12, .seed = seed});
    SCOPED_TRACE("seed " + std::to_string(seed));

    EXPECT_EQ(found.opened, 60U);
    EXPECT_EQ(found.closed + found.still_open, found.opened);
    EXPECT_EQ(std::accumulate(found.endings.begin(), found.endings.end(), 0U), found.closed);
    EXPECT_EQ(found.path.count, found.closed);
    EXPECT_EQ(found.refused, 0U);
    for (const auto& step : found.steps) {
      EXPECT_LE(step.on_time + step.late, step.opened);
      EXPECT_LE(step.open.median, step.open.worst_tenth);
    }
  }
}

TEST(Population, IsLaterWherePeopleAreSlow) {
  const Scenario usual{.cases = 80, .months = 12};
  auto slow = usual;
  slow.roles.assign(plan().protocol.roles.size(), Behaviour{.delay = 300});

  EXPECT_GT(late_steps(simulate_population(plan(), slow)),
            late_steps(simulate_population(plan(), usual)));
}

TEST(Population, FollowsTheSharesOfAnOutcome) {
  const auto step = model::find<model::StepId>(plan().protocol.steps, "search");
  const auto& outcomes = plan().protocol[step].outcomes;
  ASSERT_GT(outcomes.size(), 1U);
  std::vector<std::string> figures;
  for (std::uint16_t chosen = 0; chosen < outcomes.size(); ++chosen) {
    figures.push_back(text_of(simulate_population(
        plan(), {.cases = 50, .months = 12, .outcomes = {{step, model::OutcomeId{chosen}, 100}}})));
  }

  EXPECT_NE(figures[0], figures[1]);
}

TEST(Population, CutsWhatIsBeyondItsLimits) {
  const auto found =
      simulate_population(plan(), {.cases = 1, .months = kSimulatedMonthsMax + 1000});

  constexpr std::size_t kWeeks = kSimulatedMonthsMax * 30 / 7;
  EXPECT_EQ(found.partners.front().load.size(), kWeeks);
}

TEST(SpreadOf, GivesTheMedianAndTheLongestTenth) {
  std::vector<std::chrono::milliseconds> lengths;
  for (int day = 100; day > 0; --day) {
    lengths.emplace_back(std::chrono::days{day});
  }
  const auto spread = spread_of(lengths);

  EXPECT_EQ(spread.count, 100U);
  EXPECT_EQ(spread.median, 500U);
  EXPECT_EQ(spread.worst_tenth, 900U);
  std::vector<std::chrono::milliseconds> none;
  EXPECT_EQ(spread_of(none).count, 0U);
}

TEST(InWorkingHours, MovesToTheNextHourAtWhichTheCalendarIsOpen) {
  const auto friday_evening = tests::hour(4 * 24 + 10);  // 19:00
  const auto monday_morning = tests::hour(7 * 24);

  EXPECT_EQ(in_working_hours(friday_evening, plan().work_time), monday_morning);
  EXPECT_EQ(in_working_hours(monday_morning, plan().work_time), monday_morning);
}

}  // namespace
}  // namespace protoflow::engine
