// What follows from several things at one instant, and who hears of it.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using model::LateAction;
using tests::hours;
using tests::Play;
using tests::ProtocolSpec;

// Both steps are settled by silence at the same instant, and each ends the case in its own way.
ProtocolSpec two_silences() {
  ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer"}}};
  path.steps = {{.name = "first",
                 .responsible = "adviser",
                 .deadlines = {{.within = hours(10)}},
                 .late = {{LateAction::settle, "silent"}},
                 .outcomes = {{.name = "silent", .ends = "second-ending"}}},
                {.name = "second",
                 .responsible = "adviser",
                 .deadlines = {{.within = hours(10)}},
                 .late = {{LateAction::settle, "silent"}},
                 .outcomes = {{.name = "silent", .ends = "first-ending"}}}};
  path.endings = {{.name = "first-ending"}, {.name = "second-ending"}};
  return path;
}

TEST(TwoSilences, EndTheCaseByTheFirstEndingWhateverTheOrderOfTheSteps) {
  for (const bool reversed : {false, true}) {
    auto path = two_silences();
    if (reversed) {
      std::ranges::reverse(path.steps);
    }
    Play play(plan_of(path));

    play.rehearse("h0 coordinator open; h10 tick");

    EXPECT_EQ(play.state().status, CaseStatus::closed);
    EXPECT_EQ(play.state().ending.value, 0);
  }
}

ProtocolSpec three_rounds() {
  ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer"}},
                {.name = "teacher", .partners = {"school"}}};
  path.steps = {
      {.name = "workshop",
       .responsible = "adviser",
       .informs = {"teacher"},
       .outcomes = {{.name = "again"}, {.name = "enough"}},
       .repeat = tests::RepeatSpec{.until = tests::is("workshop", "enough"), .times_max = 3}},
      {.name = "report", .responsible = "adviser", .after = tests::settled("workshop")}};
  path.endings = {{.name = "end", .when = tests::settled("report")}};
  return path;
}

TEST(Informed, HearOfARepeatOnceItIsOver) {
  Play play(plan_of(three_rounds()));
  play.rehearse("h0 coordinator open; h1 adviser complete workshop as again");
  EXPECT_EQ(play.letters().find("informed"), std::string::npos);

  play.rehearse("h2 adviser complete workshop as enough");

  EXPECT_EQ(play.letters(), "informed->teacher@school offered->adviser@foyer");
}

TEST(Informed, HearOfTheLastRoundThatIsAllowed) {
  Play play(plan_of(three_rounds()));
  play.rehearse("h0 coordinator open");
  std::ptrdiff_t heard = 0;
  for (const auto* round : {"h1", "h2", "h3"}) {
    play.rehearse(std::string(round) + " adviser complete workshop as again");
    heard += play.letters().find("informed") != std::string::npos ? 1 : 0;
  }

  EXPECT_EQ(heard, 1);
}

TEST(StalledCase, IsADutyOfTheCoordination) {
  auto path = three_rounds();
  path.endings = {{.name = "end", .when = tests::is("workshop", "enough")}};
  Play play(plan_of(path));

  for (const auto* round : {"h1", "h2", "h3"}) {
    play.rehearse(round == std::string("h1") ? "h0 coordinator open" : "tick");
    play.rehearse(std::string(round) + " adviser complete workshop as again");
  }
  play.rehearse("h4 adviser complete report");

  EXPECT_EQ(play.duties(), "decide  by coordinator@mission");
  const auto owed = duties(play.plan().protocol, play.state());
  EXPECT_EQ(owed[0].since, tests::hour(4));
  EXPECT_EQ(owed[0].since_version, play.state().version);
}

}  // namespace
}  // namespace protoflow::engine
