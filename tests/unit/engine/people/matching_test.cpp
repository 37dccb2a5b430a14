#include "engine/people/matching.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

constexpr sys_days kDay{year{2027} / 3 / 1};
const model::Instant kAt = model::Instant(kDay) + std::chrono::hours{10};
constexpr model::RoleId kTutor{1};
constexpr model::PartnerId kAssociation{0};
constexpr model::CompetenceId kFrench{0};

model::Protocol protocol() {
  model::Protocol made;
  made.competences = {{.name = "french"}, {.name = "listening"}};
  made.partners = {{.name = "association"}, {.name = "company"}};
  made.roles = {{.name = "beneficiary", .binding = model::Binding::beneficiary},
                {.name = "tutor",
                 .binding = model::Binding::volunteer_of,
                 .partners = {kAssociation},
                 .requires_competences = {kFrench},
                 .cases_max = std::uint16_t{3}},
                {.name = "adviser", .partners = {kAssociation}, .requires_competences = {kFrench}}};
  return made;
}

Candidate volunteer(std::string person) {
  return {.person = std::move(person),
          .partner = kAssociation,
          .plays = {kTutor},
          .trainings = {{kFrench, kDay - days{100}, kDay + days{100}}}};
}

Wish wish() {
  return {.role = kTutor, .languages = {"ar"}, .known = {"known"}, .days = 0b11, .at = kAt};
}

std::string told(const std::vector<Candidate>& candidates) {
  std::string text;
  for (const auto& proposal : propose(protocol(), {}, wish(), candidates)) {
    text += (text.empty() ? "" : "; ") + candidates[proposal.candidate].person;
    for (const auto merit : proposal.merits) {
      text += " +" + std::string(kMeritNames[static_cast<std::size_t>(merit)]);
    }
    for (const auto obstacle : proposal.obstacles) {
      text += " -" + std::string(kObstacleNames[static_cast<std::size_t>(obstacle)]);
    }
  }
  return text;
}

struct Row {
  const char* what;
  void (*change)(Candidate&);
  const char* told;
};

class Proposes : public ::testing::TestWithParam<Row> {};

TEST_P(Proposes, WithTheReason) {
  auto candidate = volunteer("ada");
  candidate.cases = 2;
  candidate.available = 0;
  GetParam().change(candidate);

  EXPECT_EQ(told({candidate}), std::string("ada") + GetParam().told) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Reasons,
    Proposes,
    ::testing::Values(
        Row{"nothing for or against", [](Candidate&) {}, ""},
        Row{"another role", [](Candidate& c) { c.plays = {}; }, " -plays_another_role"},
        Row{"another partner", [](Candidate& c) { c.partner = {1}; }, " -of_another_partner"},
        Row{"no training", [](Candidate& c) { c.trainings = {}; }, " -not_trained"},
        Row{"lapsed yesterday",
            [](Candidate& c) { c.trainings[0].until = kDay - days{1}; },
            " -training_lapsed"},
        Row{"valid to this day", [](Candidate& c) { c.trainings[0].until = kDay; }, ""},
        Row{"valid from tomorrow",
            [](Candidate& c) { c.trainings[0].from = kDay + days{1}; },
            " -training_lapsed"},
        Row{"lapsed, and renewed",
            [](Candidate& c) {
              c.trainings[0].until = kDay - days{1};
              c.trainings.push_back({kFrench, kDay, kDay});
            },
            ""},
        Row{"absent", [](Candidate& c) { c.absences = {{kAt, model::kNever}}; }, " -absent"},
        Row{"back now", [](Candidate& c) { c.absences = {{kAt - days{5}, kAt}}; }, ""},
        Row{"as many cases as the role takes", [](Candidate& c) { c.cases = 3; }, " -full"},
        Row{"as many as she takes", [](Candidate& c) { c.cases_max = 2; }, " -full"},
        Row{"more than the role takes",
            [](Candidate& c) {
              c.cases = 3;
              c.cases_max = 9;
            },
            " -full"},
        Row{"few cases", [](Candidate& c) { c.cases = 1; }, " +has_few_cases"},
        Row{"a language", [](Candidate& c) { c.speaks = {"fr", "ar"}; }, " +shares_language"},
        Row{"both days", [](Candidate& c) { c.available = 0b111; }, " +is_available"},
        Row{"one day of the two", [](Candidate& c) { c.available = 0b1; }, ""}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

TEST(Propose, PutsWhoeverKnowsTheCaseFirstAndWhoeverCannotLast) {
  auto lapsed = volunteer("lapsed");
  lapsed.trainings[0].until = kDay - days{1};
  auto speaks = volunteer("speaks");
  speaks.speaks = {"ar"};
  auto busy = volunteer("busy");
  busy.cases = 2;
  const std::vector<Candidate> all = {lapsed, busy, volunteer("free"), speaks, volunteer("known")};

  EXPECT_EQ(told(all),
            "known +knows_the_case +is_available +has_few_cases; "
            "speaks +shares_language +is_available +has_few_cases; "
            "free +is_available +has_few_cases; busy +is_available; "
            "lapsed +is_available +has_few_cases -training_lapsed");
}

TEST(Propose, DoesNotDependOnTheOrderInWhichTheyCome) {
  std::vector<Candidate> all;
  for (int i = 0; i < 30; ++i) {
    auto candidate = volunteer("p" + std::to_string(i));
    candidate.cases = static_cast<std::uint16_t>(i % 5);
    candidate.speaks = {i % 3 == 0 ? "ar" : "fr"};
    all.push_back(std::move(candidate));
  }
  const auto expected = told(all);
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(all, random);
    EXPECT_EQ(told(all), expected) << "seed " << seed;
  }
}

TEST(LackingOn, AsksNothingOfRolesForWhichThePartnerAnswers) {
  EXPECT_TRUE(lacking_on(protocol(), model::RoleId{2}, {}, kDay).empty());
  EXPECT_EQ(lacking_on(protocol(), kTutor, {}, kDay).size(), 1U);
}

}  // namespace
}  // namespace protoflow::engine
