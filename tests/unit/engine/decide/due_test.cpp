// Due instants in days: open for who owes and for who receives, stored with their line, and each
// move says why.
#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::days;
using tests::hour;
using tests::Play;
using tests::ProtocolSpec;

// Hour 0 is a Monday, 09:00; the working day ends at 18:00.
model::Instant evening_of(int day) {
  return hour(24 * day + 9);
}

// `search` is owed by the foyer, whose deputy is the mission; the school goes on with `course`.
ProtocolSpec two_steps() {
  ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer", "mission"}},
                {.name = "teacher", .partners = {"school"}},
                {.name = "tutor",
                 .binding = model::Binding::chosen_by,
                 .partners = {"bakery", "cafe"},
                 .chooser = "coordinator",
                 .answer_within = days(2)}};
  path.informations = {{.name = "urgent", .seen_by = {"adviser"}}};
  path.steps = {
      {.name = "search",
       .responsible = "adviser",
       .deadlines = {{.within = days(1), .when = tests::has("urgent")}, {.within = days(3)}}},
      {.name = "course",
       .responsible = "teacher",
       .after = tests::settled("search"),
       .deadlines = {{.within = days(2)}}}};
  path.endings = {{.name = "end", .when = tests::settled("course")}};
  return path;
}

struct ClosedDayRow {
  const char* claim;
  std::vector<tests::ClosedSpec> closed;
  int day;
};

TEST(DueInstantsInDays, FallOnADayOpenForWhoOwesAndWhoReceives) {
  const ClosedDayRow rows[] = {
      {"nobody is closed", {}, 3},
      {"who owes is closed", {{"foyer", 3}}, 4},
      {"who goes on with it is closed", {{"school", 3}}, 4},
      {"one after the other", {{"foyer", 3}, {"school", 4}}, 7},  // Saturday and Sunday after that
      {"closed on the way, never shorter nor longer", {{"foyer", 1}, {"school", 2}}, 3},
      {"somebody with no part in it", {{"mission", 3}, {"cafe", 3}}, 3},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    auto path = two_steps();
    path.closed = row.closed;
    Play play(plan_of(path));

    play.rehearse("h0 coordinator open");

    EXPECT_EQ(play.step("search").due, evening_of(row.day));
  }
}

TEST(DueInstantsInDays, AskTheCoordinationWhereNothingComesNext) {
  auto path = two_steps();
  path.closed = {{"mission", 2}};
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open; h1 adviser complete search");

  EXPECT_EQ(play.step("course").due, evening_of(3));
}

TEST(DueInstantsInDays, AskTheReviewersWhereThereIsAReview) {
  auto path = two_steps();
  path.steps[0].review = tests::ReviewSpec{.by = "coordinator", .within = days(1)};
  path.closed = {{"mission", 3}, {"school", 4}, {"mission", 1}};
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open");
  EXPECT_EQ(play.step("search").due, evening_of(4));

  play.rehearse("h1 adviser complete search");
  EXPECT_EQ(play.step("search").review_due, evening_of(2));
}

TEST(DueInstantsInDays, AreComputedAgainForTheDeputy) {
  auto path = two_steps();
  path.closed = {{"mission", 3}};
  Play play(plan_of(path));

  EXPECT_EQ(play.say("h0 coordinator open"),
            "case_opened step_offered(search to adviser@foyer calm)");
  EXPECT_EQ(play.say("h1 adviser decline search because ill"),
            "step_declined(search to adviser@mission) deadline_moved(search)");

  EXPECT_EQ(play.step("search").due, evening_of(4));
  EXPECT_EQ(play.events().back().why, "partner_closed");
}

TEST(DueInstantsInDays, AreComputedAgainWhenAnOfferExpires) {
  auto path = two_steps();
  path.steps[0].accept_within = days(1);
  path.closed = {{"mission", 3}};
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open; h40 tick");

  EXPECT_EQ(play.step("search").due, evening_of(4));
}

TEST(DueInstantsInDays, StayWhereTheyAreOnceLate) {
  auto path = two_steps();
  path.steps[0].late = {{.action = model::LateAction::escalate, .role_or_outcome = "coordinator"}};
  path.closed = {{"mission", 3}};
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open; h200 tick; h201 coordinator take search");

  EXPECT_EQ(play.step("search").due, evening_of(3));
  EXPECT_EQ(play.step("search").time, TimeState::escalated);
}

TEST(DueInstantsInDays, AreMovedToAnOpenDayByAHold) {
  auto path = two_steps();
  path.steps[0].hold = days(20);
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open; h1 adviser take search; h2 adviser hold search");
  play.rehearse("h50 adviser resume search");

  // Thursday evening and two days is a Saturday.
  EXPECT_EQ(play.step("search").due, evening_of(7));
  EXPECT_EQ(play.events().back().why, "held");
}

TEST(DueInstants, AreStoredWithTheirLineAndWhatItCountsFrom) {
  Play play(plan_of(two_steps()));

  play.rehearse("h0 coordinator open");
  EXPECT_EQ(play.step("search").due_rule, 2);
  EXPECT_EQ(play.step("search").due_from, hour(0));

  play.rehearse("h5 adviser record with urgent=yes");
  EXPECT_EQ(play.step("search").due_rule, 1);
  EXPECT_EQ(play.step("search").due, evening_of(1));
  EXPECT_EQ(play.events().back().why, "condition");
}

TEST(DueInstants, OfAnAnswerFallOnADayOpenForTheAskedPartnerAndTheChooser) {
  auto path = two_steps();
  path.closed = {{"bakery", 2}, {"mission", 3}};
  Play play(plan_of(path));

  play.rehearse("h0 coordinator open; h1 coordinator refer tutor to bakery");

  EXPECT_EQ(play.state().referrals[4].due, evening_of(4));
}

}  // namespace
}  // namespace protoflow::engine
