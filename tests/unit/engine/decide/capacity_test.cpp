// `at most N cases`: who is full is not asked first.
#include <gtest/gtest.h>

#include "engine/duty/load.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::Play;

tests::ProtocolSpec limited() {
  tests::ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer", "school"}, .cases_max = 2},
                {.name = "volunteer",
                 .binding = model::Binding::volunteer_of,
                 .partners = {"circle"},
                 .supervisor = "coordinator",
                 .cases_max = 1},
                {.name = "tutor",
                 .binding = model::Binding::chosen_by,
                 .partners = {"bakery", "cafe"},
                 .chooser = "coordinator",
                 .cases_max = 1}};
  path.steps = {{.name = "search", .responsible = "adviser"},
                {.name = "walk", .responsible = "volunteer"},
                {.name = "meet", .responsible = "tutor"}};
  path.endings = {{.name = "end", .when = tests::settled("search")}};
  return path;
}

struct Elsewhere {
  const char* role;
  const char* partner;
  const char* person;
  std::uint32_t cases;
};

struct Row {
  const char* claim;
  std::vector<Elsewhere> elsewhere;
  const char* before;
  const char* sentence;
  const char* wanted;
};

constexpr const char* kOthers =
    " step_offered(walk to volunteer@circle) step_offered(meet to tutor@mission)";

TEST(Capacity, AsksWhoeverHasRoom) {
  const std::vector<Row> rows = {
      {"nobody is full",
       {{"adviser", "foyer", "", 1}},
       "",
       "h0 coordinator open",
       "case_opened step_offered(search to adviser@foyer)"},
      {"the first is",
       {{"adviser", "foyer", "", 2}},
       "",
       "h0 coordinator open",
       "case_opened step_offered(search to adviser@school)"},
      {"both are",
       {{"adviser", "foyer", "", 2}, {"adviser", "school", "", 3}},
       "",
       "h0 coordinator open",
       "case_opened step_offered(search to coordinator@mission)"},
      {"the deputy is, when the first declines",
       {{"adviser", "school", "", 2}},
       "h0 coordinator open",
       "h1 adviser decline search because busy",
       "step_declined(search to coordinator@mission)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    Play play(plan_of(limited()));
    const auto& protocol = play.plan().protocol;
    for (const auto& [role, partner, person, cases] : row.elsewhere) {
      play.surroundings.loads.push_back({model::find<model::RoleId>(protocol.roles, role),
                                         model::find<model::PartnerId>(protocol.partners, partner),
                                         person,
                                         cases});
    }
    play.rehearse(row.before);

    const bool opens = std::string_view(row.sentence).ends_with("open");
    EXPECT_EQ(play.say(row.sentence), row.wanted + std::string(opens ? kOthers : ""));
  }
}

Load load(const Play& play, const char* role, const char* partner, const char* person = "") {
  const auto& protocol = play.plan().protocol;
  return {model::find<model::RoleId>(protocol.roles, role),
          model::find<model::PartnerId>(protocol.partners, partner),
          person,
          1};
}

TEST(Capacity, OfAVolunteerIsTheirOwn) {
  Play play(plan_of(limited()));
  play.surroundings.loads = {load(play, "volunteer", "circle", "volunteer#a")};
  play.rehearse("h0 coordinator open");

  EXPECT_EQ(play.say("h1 volunteer#a take walk"), "refused person_full volunteer");
  EXPECT_EQ(play.say("h1 volunteer#b take walk"), "step_taken(walk)");
}

TEST(Capacity, OfAReferralIsThePartners) {
  Play play(plan_of(limited()));
  play.surroundings.loads = {load(play, "tutor", "cafe")};
  play.rehearse("h0 coordinator open");

  EXPECT_EQ(play.say("h1 coordinator refer tutor to cafe"), "refused partner_full tutor@cafe");
  EXPECT_EQ(play.say("h1 coordinator refer tutor to bakery"),
            "referral_requested(tutor to bakery)");
}

TEST(Capacity, SaysWhySomebodyElseWasAsked) {
  Play play(plan_of(limited()));
  play.surroundings.loads = {load(play, "adviser", "foyer")};
  play.surroundings.loads[0].cases = 2;
  play.rehearse("h0 coordinator open");

  EXPECT_EQ(play.events()[1].why, "full");
  EXPECT_EQ(play.events()[1].deputy, 1);
}

TEST(Parts, AreThoseOfLimitedRolesAndOfThisCaseWhileItLives) {
  Play play(plan_of(limited()));
  play.rehearse("h0 coordinator open; h1 volunteer#a take walk");

  const auto parts = parts_of(play.plan().protocol, play.state());

  ASSERT_EQ(parts.size(), 2);
  EXPECT_EQ(play.plan().protocol[parts[0].partner].name, "foyer");
  EXPECT_EQ(parts[1].person, "volunteer#a");
}

TEST(Parts, LetACaseGoOnWithWhoeverHasItAlready) {
  auto path = limited();
  path.steps.push_back(
      {.name = "report", .responsible = "adviser", .after = tests::settled("walk")});
  Play play(plan_of(path));
  play.rehearse("h0 coordinator open; h1 adviser take search");
  play.surroundings.loads = {load(play, "adviser", "foyer")};
  play.surroundings.loads[0].cases = 2;

  EXPECT_EQ(play.say("h2 volunteer complete walk"),
            "step_taken(walk) step_completed(walk as done) step_offered(report to adviser@foyer)");
}

}  // namespace
}  // namespace protoflow::engine
