// What a table of events does not show: when things fall due, who is accountable, who is told.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::Play;

constexpr const char* kWelcomed =
    "h0 coordinator open; h1 adviser take welcome;"
    "h10 adviser complete welcome as engaged with minor=no,french=A1;";
constexpr const char* kToProject = "h20 adviser complete sharing-talk with sharing=yes;";
constexpr const char* kSearching = "h40 adviser complete project; h50 coordinator approve project;";

Play small_case(std::initializer_list<const char*> history) {
  Play play(tests::plan_of(tests::small_path()));
  for (const auto* sentences : history) {
    play.rehearse(sentences);
  }
  return play;
}

TEST(DueInstants, CountFromTheOpening) {
  const auto play = small_case({kWelcomed});

  EXPECT_EQ(play.step("housing").due, hour(10 + 96));
}

TEST(DueInstants, FollowTheFirstGuardThatHolds) {
  const auto play = small_case({kWelcomed, kToProject, kSearching});

  EXPECT_EQ(play.step("search").due, hour(50 + 240));
}

TEST(DueInstants, CountFromTheStepTheyName) {
  const auto play =
      small_case({kWelcomed, kToProject, kSearching, "h60 adviser complete search as found"});

  EXPECT_EQ(play.step("immersion").due, hour(60 + 200));
}

TEST(DueInstants, MoveByTheHoursOfAHold) {
  const auto play = small_case({kWelcomed,
                                "h12 volunteer take housing; h13 volunteer hold housing",
                                "h23 volunteer resume housing"});

  EXPECT_EQ(play.step("housing").due, hour(106 + 10));
}

TEST(DueInstants, MoveByTheHoursOfAReview) {
  const auto play = small_case({kWelcomed,
                                kToProject,
                                "h40 adviser complete project",
                                "h50 coordinator give_back project because hours"});

  EXPECT_EQ(play.step("project").due, hour(20 + 100 + 10));
}

TEST(DueInstants, MoveByTheHoursOfAPause) {
  const auto play = small_case({kWelcomed, "h30 coordinator pause; h35 coordinator resume_case"});

  EXPECT_EQ(play.step("housing").due, hour(106 + 5));
}

TEST(DueInstants, CountAPauseInsideAHoldOnce) {
  const auto play = small_case({kWelcomed,
                                "h12 volunteer take housing; h13 volunteer hold housing",
                                "h20 coordinator pause; h30 coordinator resume_case",
                                "h33 volunteer resume housing"});

  EXPECT_EQ(play.step("housing").due, hour(106 + 20));
  EXPECT_EQ(play.step("housing").held, std::chrono::hours(10));
}

TEST(DueInstants, CountAPauseInsideAReviewOnce) {
  const auto play = small_case({kWelcomed,
                                kToProject,
                                "h40 adviser complete project",
                                "h45 coordinator pause; h55 coordinator resume_case",
                                "h60 coordinator give_back project because hours"});

  EXPECT_EQ(play.step("project").due, hour(120 + 20));
}

TEST(DueInstants, LeaveLateWorkLateWhenItsReviewIsPaused) {
  auto play = small_case({kWelcomed,
                          kToProject,
                          "h121 adviser complete project",
                          "h122 coordinator pause; h150 coordinator resume_case"});

  EXPECT_EQ(play.say("h151 coordinator approve project"),
            "review_approved(project met_late) step_offered(search to adviser@mission calm)");
}

TEST(DueInstants, GiveReviewersTheHoursOfAPause) {
  const auto play = small_case({kWelcomed,
                                kToProject,
                                "h40 adviser complete project",
                                "h45 coordinator pause; h55 coordinator resume_case"});

  EXPECT_EQ(play.step("project").review_due, hour(40 + 48 + 10));
}

TEST(DueInstants, GiveAnAskedPartnerTheHoursOfAPause) {
  const auto play = small_case(
      {kWelcomed,
       kToProject,
       kSearching,
       "h60 adviser complete search as found",
       "h61 adviser refer tutor to cafe; h70 coordinator pause; h80 coordinator resume_case"});

  EXPECT_EQ(play.state().referrals[6].due, hour(61 + 48 + 10));
}

TEST(DueInstants, ThatHavePassedFireWhenTheyBecomeKnown) {
  auto play = small_case({kWelcomed, kToProject, kSearching, "h279 tick"});

  play.rehearse("h280 adviser record with french=B1; h285 tick");

  EXPECT_EQ(play.events().back().kind, EventKind::step_late);
  EXPECT_EQ(play.events().back().happened, hour(280));
}

TEST(DueInstants, OfLateEventsAreThoseOfTheDeadlines) {
  auto play = small_case({"h0 coordinator open; h1 adviser take welcome; h900 tick"});

  std::vector<model::Instant> instants;
  for (auto i = play.events().size() - 6; i < play.events().size(); ++i) {
    instants.push_back(play.events()[i].happened);
  }

  EXPECT_EQ(instants, (std::vector{hour(48), hour(60), hour(72), hour(72), hour(96), hour(96)}));
}

TEST(DueInstants, NeverFireBeforeTheirTimeWhenTheClockGoesBack) {
  auto play = small_case({"h0 coordinator open; h1 adviser take welcome; h50 tick"});

  EXPECT_EQ(play.say("h10 tick"), "");
  EXPECT_EQ(play.say("h50 tick"), "");
}

TEST(DueInstants, AreTheStepsOwnWhenTheClockIsSetBack) {
  auto play = small_case({kWelcomed});

  EXPECT_EQ(play.say("h9 volunteer take housing"), "step_taken(housing)");
  EXPECT_EQ(play.step("housing").since, hour(10));
}

TEST(Accountable, BothDoerAndReviewerDuringAReview) {
  const auto play = small_case({kWelcomed, kToProject, "h40 adviser complete project"});

  EXPECT_EQ(play.duties(),
            "step housing by volunteer@circle, step project by adviser@mission(adviser), "
            "review project by coordinator@mission");
}

TEST(Accountable, TheChooserUntilAPartnerHasAccepted) {
  const auto play = small_case({kWelcomed,
                                kToProject,
                                kSearching,
                                "h60 adviser complete search as found",
                                "h61 adviser refer tutor to cafe"});

  EXPECT_EQ(play.duties(),
            "step housing by volunteer@circle, step immersion by tutor@mission, "
            "answer tutor by tutor@cafe, choose tutor by adviser@mission");
}

TEST(Accountable, WhoeverItWasEscalatedTo) {
  const auto play = small_case({"h0 coordinator open; h1 adviser take welcome; h96 tick"});

  EXPECT_EQ(play.duties(), "step welcome by steering@board");
}

TEST(Reviewers, AreTakenFromTheRoleOnceItIsBound) {
  auto path = tests::small_path();
  path.steps[4].review->by = "tutor";
  Play play(tests::plan_of(path));
  play.rehearse(kWelcomed);
  play.rehearse("h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project");

  EXPECT_EQ(play.say("h41 adviser approve project"), "refused role_not_bound adviser@mission");
  EXPECT_EQ(play.duties(),
            "step housing by volunteer@circle, step project by adviser@mission(adviser), "
            "review project by tutor@mission, choose tutor by adviser@mission");
  play.rehearse("h41 adviser refer tutor to cafe");
  EXPECT_EQ(play.say("h42 tutor@cafe accept_referral tutor"),
            "referral_accepted(tutor to cafe) review_assigned(project)");
  EXPECT_EQ(play.say("h43 tutor@cafe approve project"),
            "review_approved(project met) step_offered(search to adviser@mission calm)");
}

TEST(Reviewers, NeverReviewTheirOwnWork) {
  auto path = tests::small_path();
  path.steps[4].review->by = "adviser";
  Play play(tests::plan_of(path));
  play.rehearse(kWelcomed);
  play.rehearse("h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project");

  EXPECT_EQ(play.say("h41 adviser approve project"), "refused reviewer_is_doer");
  EXPECT_EQ(play.say("h42 adviser#2 approve project"),
            "review_approved(project met) step_offered(search to adviser@mission calm)");
}

TEST(Reviewers, NeverReviewWhatTheyFinishedAfterAnEscalation) {
  auto path = tests::small_path();
  path.steps[4].late = {{model::LateAction::escalate, "steering", {}}};
  path.steps[4].review->by = "steering";
  Play play(tests::plan_of(path));
  play.rehearse(kWelcomed);
  play.rehearse("h20 adviser complete sharing-talk with sharing=yes; h30 adviser take project");
  play.rehearse("h121 steering complete project");

  EXPECT_EQ(play.say("h122 steering approve project"), "refused reviewer_is_doer");
}

TEST(Reviews, ThatLapsedMayBeDecidedByTheCoordination) {
  auto path = tests::small_path();
  path.steps[4].review->by = "teacher";
  Play play(tests::plan_of(path));
  play.rehearse(kWelcomed);
  play.rehearse("h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project");

  EXPECT_EQ(play.say("h80 coordinator approve project"), "refused not_yours teacher@school");
  play.rehearse("h88 tick");
  EXPECT_EQ(play.say("h89 coordinator begin_review project"), "refused not_yours teacher@school");
  EXPECT_EQ(play.say("h90 coordinator approve project"),
            "review_approved(project met) step_offered(search to adviser@mission calm)");
}

TEST(Escalation, DoesNotTakeWorkFromWhomItWasAlreadyEscalatedTo) {
  auto path = tests::small_path();
  path.steps[0].late = {{model::LateAction::escalate, "steering", {}},
                        {model::LateAction::escalate, "steering", tests::hours(10)}};
  Play play(tests::plan_of(path));
  play.rehearse(
      "h0 coordinator open; h1 adviser take welcome; h72 tick; h73 steering take welcome");

  EXPECT_EQ(play.say("h82 tick"), "step_escalated(welcome escalated)");
  EXPECT_EQ(play.duties(), "step welcome by steering@board(steering)");
}

TEST(LateRules, FireInTheOrderOfTheText) {
  auto play = small_case({"h0 coordinator open; h1 adviser take welcome; h72 tick"});

  EXPECT_EQ(play.say("h90 tick"), "");  // the rule of 12 hours stands below the one of 24
}

// A second way to reopen does not use up the rounds of the first.
TEST(Reopening, IsBoundedForEachStepThatReopens) {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}}}};
  path.steps = {
      {.name = "plan", .responsible = "coordinator"},
      {.name = "try",
       .responsible = "coordinator",
       .after = tests::settled("plan"),
       .outcomes = {{.name = "good"}, {.name = "bad", .reopens = "plan", .reopens_max = 1}}},
      {.name = "judge",
       .responsible = "coordinator",
       .after = tests::is("try", "good"),
       .outcomes = {{.name = "good"}, {.name = "bad", .reopens = "plan", .reopens_max = 1}}}};
  path.endings = {{.name = "end", .when = tests::settled("judge")}};
  Play play(tests::plan_of(path));
  play.rehearse(
      "h0 coordinator open; h1 coordinator complete plan; h2 coordinator complete try as bad");
  play.rehearse("h3 coordinator complete plan; h4 coordinator complete try as good");

  EXPECT_EQ(play.say("h5 coordinator complete judge as bad"),
            "step_taken(judge) step_completed(judge as bad) step_reopened(plan) "
            "step_reopened(try) step_reopened(judge) step_offered(plan to coordinator@mission)");
  play.rehearse("h6 coordinator complete plan");
  EXPECT_EQ(
      play.say("h7 coordinator complete try as bad"),
      "step_taken(try) step_completed(try as bad) step_not_needed(judge) case_closed(as end)");
}

TEST(Reopening, StartsAgainWithACleanSlate) {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}},
                                     {.name = "teacher", .partners = {"school"}}}};
  path.steps = {
      {.name = "plan",
       .responsible = "coordinator",
       .outcomes = {{.name = "good"}, {.name = "again", .reopens = "plan", .reopens_max = 1}},
       .review = tests::ReviewSpec{.by = "teacher", .returns_max = 1}}};
  path.endings = {{.name = "end", .when = tests::settled("plan")}};
  Play play(tests::plan_of(path));
  play.rehearse("h0 coordinator open; h1 coordinator complete plan as again");

  EXPECT_EQ(play.say("h2 teacher approve plan"),
            "review_approved(plan) step_reopened(plan) step_offered(plan to coordinator@mission)");
  EXPECT_EQ(play.step("plan").review, ReviewState::none);
  EXPECT_FALSE(play.step("plan").doer.known());
  EXPECT_EQ(play.step("plan").round, 2);
}

// Lessons until the level is A2, three times at most; then the exam.
Play lessons(std::optional<model::Duration> every,
             std::vector<tests::OutcomeSpec> outcomes = {{.name = "held"}},
             std::optional<tests::ReviewSpec> review = {}) {
  tests::ProtocolSpec path{
      .roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "teacher", .partners = {"school"}}},
      .informations = {
          {.name = "french", .levels = {"A1", "A2", "B1"}, .seen_by = {"coordinator"}}}};
  path.steps = {
      {.name = "lessons",
       .responsible = "teacher",
       .when = tests::negate(tests::has("french", model::Compare::equal, "B1")),
       .records = {"french"},
       .outcomes = std::move(outcomes),
       .review = std::move(review),
       .repeat = tests::RepeatSpec{.until = tests::has("french", model::Compare::equal, "A2"),
                                   .times_max = 3,
                                   .every = every}},
      {.name = "exam", .responsible = "coordinator", .after = tests::settled("lessons")},
      {.name = "test", .responsible = "coordinator", .records = {"french"}}};
  path.endings = {{.name = "end", .when = tests::settled("exam")}, {.name = "stopped"}};
  Play play(tests::plan_of(path));
  play.rehearse("h0 coordinator open; h1 coordinator record with french=A1");
  return play;
}

constexpr const char* kLesson = "h2 teacher complete lessons as held with french=A1";

TEST(Repeat, BeginsANewRoundUntilTheGuardHolds) {
  auto play = lessons({});

  EXPECT_EQ(play.say("h2 teacher complete lessons"),
            "step_taken(lessons) step_completed(lessons as held) step_reopened(lessons as held) "
            "step_offered(lessons to teacher@school)");
  EXPECT_EQ(play.step("lessons").round, 2);
  EXPECT_FALSE(play.step("lessons").outcome.known());
  EXPECT_EQ(play.say("h3 teacher complete lessons with french=A2"),
            "step_taken(lessons) step_completed(lessons as held) "
            "step_offered(exam to coordinator@mission)");
}

TEST(Repeat, StopsAfterTheLastRoundWhateverTheGuardSays) {
  auto play = lessons({});
  play.rehearse("h2 teacher complete lessons; h3 teacher complete lessons");

  EXPECT_EQ(play.say("h4 teacher complete lessons"),
            "step_taken(lessons) step_completed(lessons as held) "
            "step_offered(exam to coordinator@mission)");
  EXPECT_EQ(play.step("lessons").round, 3);
}

TEST(Repeat, ComesAfterTheReview) {
  auto play = lessons({}, {{.name = "held"}}, tests::ReviewSpec{.by = "coordinator"});

  EXPECT_EQ(play.say("h2 teacher complete lessons"),
            "step_taken(lessons) step_completed(lessons as held)");
  EXPECT_EQ(play.say("h3 coordinator approve lessons"),
            "review_approved(lessons) step_reopened(lessons as held) "
            "step_offered(lessons to teacher@school)");
}

TEST(Repeat, GivesWayToAnOutcomeThatEndsTheCase) {
  auto play = lessons({}, {{.name = "held"}, {.name = "moved-away", .ends = "stopped"}});

  EXPECT_EQ(play.say("h2 teacher complete lessons as moved-away"),
            "step_taken(lessons) step_completed(lessons as moved-away) step_withdrawn(exam) "
            "step_withdrawn(test) case_closed(as stopped)");
}

TEST(Repeat, WaitsForItsDelayWhileWhatDependsOnItWaits) {
  auto play = lessons(tests::hours(50));

  EXPECT_EQ(play.say(kLesson),
            "step_taken(lessons) step_completed(lessons as held) step_reopened(lessons as held)");
  EXPECT_EQ(next_due(play.plan(), play.state()), hour(52));
  EXPECT_EQ(play.say("h51 coordinator take exam"), "refused step_waits");
  EXPECT_EQ(play.say("h51 teacher take lessons"), "refused step_waits");
  EXPECT_EQ(play.say("h52 tick"), "step_offered(lessons to teacher@school)");
  EXPECT_EQ(play.step("lessons").opened, hour(52));
  EXPECT_EQ(play.say("h500 tick"), "");
}

TEST(Repeat, IsOverWhenTheGuardComesTrueBetweenTwoRounds) {
  auto play = lessons(tests::hours(50));
  play.rehearse(kLesson);

  EXPECT_EQ(play.say("h10 coordinator record with french=A2"),
            "information_recorded step_settled(lessons as held) "
            "step_offered(exam to coordinator@mission)");
  EXPECT_EQ(play.step("lessons").work, WorkState::done);
  EXPECT_EQ(play.say("h60 tick"), "");
}

// Done once, it cannot become not needed: what comes after "lessons held" still opens.
TEST(Repeat, IsOverWhenTheStepMayNotOpenAgain) {
  auto play = lessons(tests::hours(50));
  play.rehearse(kLesson);

  EXPECT_EQ(play.say("h10 coordinator record with french=B1"),
            "information_recorded step_settled(lessons as held) "
            "step_offered(exam to coordinator@mission)");
}

TEST(Repeat, BeginsLaterByTheHoursOfAPause) {
  auto play = lessons(tests::hours(50));
  play.rehearse(kLesson);
  play.rehearse("h10 coordinator pause; h30 coordinator resume_case");

  EXPECT_EQ(next_due(play.plan(), play.state()), hour(72));
  EXPECT_EQ(play.say("h72 tick"), "step_offered(lessons to teacher@school)");
}

TEST(Repeat, IsNoStandstillBetweenTwoRounds) {
  auto play = lessons(tests::hours(50));
  play.rehearse("h2 coordinator complete test");

  EXPECT_EQ(play.say("h3 teacher complete lessons"),
            "step_taken(lessons) step_completed(lessons as held) step_reopened(lessons as held)");
  EXPECT_EQ(play.state().stalled_since, model::kNever);
  EXPECT_EQ(play.duties(), "");
}

TEST(Stalled, IsSaidOnceAndTheCoordinationMayChooseAnEnding) {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}}}};
  path.steps = {{.name = "plan", .responsible = "coordinator"}};
  path.endings = {{.name = "never", .when = tests::not_needed("plan")}};
  Play play(tests::plan_of(path));
  play.rehearse("h0 coordinator open");

  EXPECT_EQ(play.say("h1 coordinator complete plan"),
            "step_taken(plan) step_completed(plan as done) case_stalled(tells coordinator)");
  EXPECT_EQ(play.say("h2 tick"), "");
  EXPECT_NE(play.duties(), "");
  EXPECT_EQ(play.say("h3 coordinator close never"), "case_closed(as never)");
  EXPECT_EQ(play.duties(), "") << "what is closed asks for no decision";
}

TEST(DueInstants, ThatMovedDuringAHoldAreKnownWhenTheHoldIsOver) {
  auto path = tests::small_path();
  path.steps[3].deadlines.insert(path.steps[3].deadlines.begin(),
                                 {.within = tests::hours(60), .when = tests::has("minor")});
  Play play(tests::plan_of(path));
  play.rehearse(kWelcomed);
  play.rehearse("h12 volunteer take housing; h13 volunteer hold housing");
  play.rehearse("h20 adviser record with minor=yes");

  EXPECT_EQ(play.say("h61 tick"), "step_resumed(housing) deadline_moved(housing)");
  EXPECT_EQ(play.step("housing").due, hour(10 + 60 + 48));
}

// Both are ruled out by the same outcome; neither may win because it is declared first.
TEST(WhatSettlesTogether, IsDecidedOnTheSameState) {
  const auto after_yes = tests::is("ask", "yes");
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}}}};
  path.steps = {
      {.name = "ask", .responsible = "coordinator", .outcomes = {{.name = "yes"}, {.name = "no"}}},
      {.name = "one", .responsible = "coordinator", .after = after_yes},
      {.name = "two",
       .responsible = "coordinator",
       .after = after_yes,
       .unless = tests::not_needed("one")}};
  path.endings = {{.name = "end", .when = tests::settled("ask")}};
  for (int order = 0; order < 2; ++order) {
    Play play(tests::plan_of(path));
    play.rehearse("h0 coordinator open; h1 coordinator complete ask as no");

    EXPECT_EQ(play.step("two").work, WorkState::not_needed);
    std::ranges::reverse(path.steps);
  }
}

TEST(SilenceAtTheSameInstant, SettlesAllBeforeAnythingFollows) {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}}}};
  const auto silent = [](const char* name) {
    return tests::StepSpec{.name = name,
                           .responsible = "coordinator",
                           .deadlines = {{.within = tests::hours(10)}},
                           .late = {{model::LateAction::settle, "none", {}}},
                           .outcomes = {{.name = "some"}, {.name = "none"}}};
  };
  path.steps = {silent("one"), silent("two")};
  path.endings = {{.name = "end", .when = tests::is("one", "none"), .immediately = true}};
  Play play(tests::plan_of(path));
  play.rehearse("h0 coordinator open");

  EXPECT_EQ(play.say("h10 tick"),
            "step_late(one late) step_late(two late) step_settled(one as none met_late) "
            "step_settled(two as none met_late) case_closed(as end)");
}

}  // namespace
}  // namespace protoflow::engine
