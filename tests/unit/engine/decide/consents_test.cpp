// Consents: until when they last, taken back at any moment, and what stops without them.
#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::hours;
using tests::Play;
using tests::ProtocolSpec;

ProtocolSpec sharing_path() {
  ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer"}},
                {.name = "tutor", .partners = {"bakery"}}};
  path.consents = {"sharing"};
  path.informations = {{.name = "moved", .seen_by = {"adviser"}}};
  path.steps = {{.name = "ask", .responsible = "adviser", .asks_consent = "sharing"},
                {.name = "meet",
                 .responsible = "tutor",
                 .after = tests::settled("ask"),
                 .when = tests::negate(tests::has("moved")),
                 .accept_within = hours(48),
                 .deadlines = {{.within = hours(100)}},
                 .remind_before = {hours(10)},
                 .hold = hours(40),
                 .requires_consents = {"sharing"},
                 .review = tests::ReviewSpec{.by = "coordinator", .within = hours(20)}},
                {.name = "housing", .responsible = "adviser"}};
  path.endings = {{.name = "end", .when = tests::settled("ask")}};
  return path;
}

constexpr const char* kGiven =
    "h0 coordinator open; h1 adviser record with moved=no;"
    "h1 adviser complete ask with sharing=yes;";

Play after(const char* history, ProtocolSpec path = sharing_path()) {
  Play play(plan_of(path));
  play.rehearse(kGiven);
  play.rehearse(history);
  return play;
}

struct StopRow {
  const char* before;
  const char* letters;
};

// Whatever the work's state, it stops and waits; whoever had it is told.
TEST(ConsentWithdrawn, StopsWhatRequiresIt) {
  const StopRow rows[] = {
      {"h2 tick", "stopped->tutor@bakery"},
      {"h2 tutor take meet", "stopped->tutor@bakery(tutor)"},
      {"h2 tutor take meet; h3 tutor hold meet", "stopped->tutor@bakery(tutor)"},
      {"h2 tutor take meet; h3 tutor complete meet", "stopped->tutor@bakery(tutor)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.before);
    auto play = after(row.before);
    (void)play.letters();  // of what came before

    EXPECT_EQ(play.say("h5 beneficiary withdraw_consent sharing"),
              "consent_withdrawn(sharing) step_stopped(meet)");

    EXPECT_EQ(play.letters(),
              "consent_withdrawn->adviser@foyer consent_withdrawn->coordinator@mission " +
                  std::string(row.letters));
    EXPECT_EQ(play.step("meet").work, WorkState::waiting);
    EXPECT_EQ(play.step("meet").responsibility, ResponsibilityState::idle);
    EXPECT_EQ(next_due(play.plan(), play.state()), model::kNever);
  }
}

TEST(ConsentWithdrawn, IsWrittenDownByAnyoneWithAPartInTheCase) {
  auto play = after("h2 tick");

  EXPECT_EQ(play.say("h3 tutor@foyer withdraw_consent sharing"),
            "refused not_yours coordinator@mission");
  EXPECT_EQ(play.say("h3 tutor withdraw_consent sharing"),
            "consent_withdrawn(sharing) step_stopped(meet)");
  EXPECT_EQ(play.say("h4 tutor withdraw_consent sharing"), "refused consent_not_given sharing");
}

TEST(ConsentWithdrawn, LeavesNothingToBeDoneOnTheStep) {
  auto play = after("h2 tutor take meet; h5 beneficiary withdraw_consent sharing");

  EXPECT_EQ(play.say("h6 tutor complete meet"), "refused step_waits");
}

TEST(ConsentGivenAgain, GoesOnWithWhatWasLeftOfTheDelay) {
  auto play = after("h2 tutor take meet; h5 beneficiary withdraw_consent sharing");

  EXPECT_EQ(play.say("h35 beneficiary record with sharing=yes"),
            "consent_answered step_started_again(meet to tutor@bakery)");

  EXPECT_EQ(play.step("meet").work, WorkState::offered);
  EXPECT_EQ(play.step("meet").due, hour(101 + 30));
  EXPECT_EQ(play.step("meet").offer_due, hour(35 + 48));
  EXPECT_EQ(play.step("meet").shift, std::chrono::hours(30));
}

TEST(ConsentGivenAgain, CountsAHoldThatWasUnderWay) {
  auto play = after(
      "h2 tutor take meet; h3 tutor hold meet;"
      "h5 beneficiary withdraw_consent sharing;"
      "h35 beneficiary record with sharing=yes");

  EXPECT_EQ(play.step("meet").due, hour(101 + 32));
  EXPECT_EQ(play.step("meet").held, std::chrono::hours(2));
}

TEST(ConsentRefusedWhenAskedAgain, RulesTheStepOut) {
  auto play = after("h2 tutor take meet; h5 beneficiary withdraw_consent sharing");

  EXPECT_EQ(play.say("h35 beneficiary record with sharing=no"),
            "consent_answered step_not_needed(meet dropped)");
}

TEST(StoppedStep, IsRuledOutWhenItsGuardTurnsFalse) {
  auto play = after("h2 tick; h5 beneficiary withdraw_consent sharing");

  EXPECT_EQ(play.say("h7 adviser record with moved=yes"),
            "information_recorded step_not_needed(meet dropped)");
}

TEST(ConsentWithdrawnDuringAPause, StopsTheStepWhenTheCaseGoesOn) {
  auto play = after("h2 tutor take meet; h10 coordinator pause");

  EXPECT_EQ(play.say("h12 beneficiary withdraw_consent sharing"), "consent_withdrawn(sharing)");
  play.rehearse("h20 coordinator resume_case; h30 beneficiary record with sharing=yes");

  EXPECT_EQ(play.step("meet").due, hour(101 + 20));
}

ProtocolSpec a_month() {
  auto path = sharing_path();
  path.consents_last = model::Duration{1, model::DurationUnit::months};
  return path;
}

TEST(ConsentThatLasts, IsAskedForAgainAndExpiresAtItsTimeOfDay) {
  auto play = after("h2 tutor complete meet; h3 coordinator approve meet", a_month());

  // Given on Monday 4 January at 10:00: over on Thursday 4 February at 10:00.
  EXPECT_EQ(play.state().consent_terms[0].until, hour(31 * 24 + 1));
  EXPECT_EQ(play.say("h800 tick"), "consent_reminded(sharing) consent_expired(sharing)");
  EXPECT_EQ(play.events()[play.events().size() - 2].happened, hour(17 * 24 + 1));
  EXPECT_EQ(play.events().back().happened, hour(31 * 24 + 1));
  EXPECT_NE(play.letters().find("consent_reminder->adviser@foyer consent_expired->adviser@foyer"),
            std::string::npos);
}

TEST(ConsentThatLasts, StopsWorkWhenItExpiresAlsoDuringAPause) {
  auto play = after("h2 tutor take meet; h3 tutor hold meet; h4 coordinator pause", a_month());

  EXPECT_EQ(play.say("h800 tick"), "consent_reminded(sharing) consent_expired(sharing)");
  play.rehearse("h801 coordinator resume_case");

  EXPECT_EQ(play.step("meet").work, WorkState::waiting);
}

TEST(ConsentThatLasts, BeginsAnewWhenItIsGivenAgain) {
  auto play = after("h700 beneficiary record with sharing=yes", a_month());

  EXPECT_EQ(play.state().consent_terms[0].since, hour(700));
  EXPECT_FALSE(play.state().consent_terms[0].reminded);
}

// Its clock was that of the work before: nothing of it falls due now.
TEST(ConsentGivenAgain, AfterTheCaseWasClosedBringsNoDueInstantOfBefore) {
  auto path = sharing_path();
  path.informations.push_back({.name = "alone", .seen_by = {"adviser"}});
  path.steps[1].deadlines = {{.within = hours(100), .when = tests::has("alone")}};
  path.endings.push_back({.name = "left", .at_any_time_by = "beneficiary"});
  auto play = after(
      "h1 adviser record with alone=yes; h5 beneficiary withdraw_consent sharing;"
      "h6 beneficiary close left; h7 coordinator reopen_case because mistaken;"
      "h8 adviser record with alone=no; h9 adviser record with sharing=yes",
      path);

  EXPECT_EQ(play.step("meet").work, WorkState::offered);
  EXPECT_EQ(play.step("meet").due, model::kNever);
}

}  // namespace
}  // namespace protoflow::engine
