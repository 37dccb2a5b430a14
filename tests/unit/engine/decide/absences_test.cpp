// Persons and partners that are not there: what they have goes to whoever answers next.
#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::hours;
using tests::Play;
using tests::ProtocolSpec;

ProtocolSpec shared_work() {
  ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission", "town"}},
                {.name = "adviser", .partners = {"foyer", "school"}},
                {.name = "teacher", .partners = {"college"}},
                {.name = "tutor",
                 .binding = model::Binding::chosen_by,
                 .partners = {"bakery", "cafe"},
                 .chooser = "adviser",
                 .answer_within = hours(48)}};
  path.steps = {{.name = "search",
                 .responsible = "adviser",
                 .accept_within = hours(20),
                 .deadlines = {{.within = hours(100)}},
                 .hold = hours(400),
                 .review = tests::ReviewSpec{.by = "teacher", .within = hours(50)}},
                {.name = "meet", .responsible = "tutor"}};
  path.endings = {{.name = "end", .when = tests::settled("search")}};
  return path;
}

Play after(const char* history) {
  Play play(plan_of(shared_work()));
  play.rehearse("h0 coordinator open");
  play.rehearse(history);
  return play;
}

struct Row {
  const char* claim;
  const char* before;
  const char* sentence;
  const char* wanted;
};

TEST(Absence, GivesWhatFallsDueMeanwhileToTheRole) {
  const Row rows[] = {
      {"beyond the due instant",
       "h1 adviser#a take search",
       "h2 coordinator person_absent adviser#a until h200",
       "person_absent(adviser#a) absence_begun step_left(search to adviser@foyer)"},
      {"back before it is due",
       "h1 adviser#a take search",
       "h2 coordinator person_absent adviser#a until h90",
       "person_absent(adviser#a) absence_begun"},
      {"nobody knows until when",
       "h1 adviser#a take search",
       "h2 coordinator person_absent adviser#a",
       "person_absent(adviser#a) absence_begun step_left(search to adviser@foyer)"},
      {"later",
       "h1 adviser#a take search",
       "h2 coordinator person_absent adviser#a from h50 until h200",
       "person_absent(adviser#a)"},
      {"later has come",
       "h1 adviser#a take search; h2 coordinator person_absent adviser#a from h50 until h200",
       "h60 tick",
       "absence_begun step_left(search to adviser@foyer)"},
      {"somebody else's",
       "h1 adviser#a take search",
       "h2 coordinator person_absent adviser#b until h200",
       "person_absent(adviser#b) absence_begun"},
      {"said by themselves",
       "h1 adviser#a take search",
       "h2 adviser#a person_absent adviser#a until h200",
       "person_absent(adviser#a) absence_begun step_left(search to adviser@foyer)"},
      {"said by somebody else",
       "h1 adviser#a take search",
       "h2 adviser#b person_absent adviser#a until h200",
       "refused not_yours coordinator@mission"},
      {"over already",
       "h1 adviser#a take search",
       "h20 coordinator person_absent adviser#a from h2 until h10",
       "refused absence_is_over"},
      {"back without having been away",
       "h1 adviser#a take search",
       "h2 coordinator person_returned adviser#a",
       "refused person_not_absent"},
      {"a review",
       "h1 adviser#a complete search; h2 teacher#a begin_review search",
       "h3 coordinator person_absent teacher#a until h200",
       "person_absent(teacher#a) absence_begun review_assigned(search)"},
      {"in a pause",
       "h1 adviser#a take search; h2 coordinator pause",
       "h3 coordinator person_absent adviser#a until h200",
       "person_absent(adviser#a) absence_begun step_left(search to adviser@foyer)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    auto play = after(row.before);

    EXPECT_EQ(play.say(row.sentence), row.wanted);
  }
}

constexpr const char* kAway =
    "h1 adviser#a take search; h2 coordinator person_absent adviser#a until h200;";

TEST(AbsentPerson, IsNotAskedForWhatFallsDueMeanwhile) {
  auto play = after(kAway);

  EXPECT_EQ(play.duties().find("adviser#a"), std::string::npos);
  EXPECT_EQ(play.say("h5 adviser#a take search"), "refused person_absent");
}

TEST(AbsentPerson, WhoIsBackHasAgainWhatNobodyTook) {
  auto play = after(kAway);

  EXPECT_EQ(play.say("h10 adviser#a person_returned adviser#a"),
            "person_returned step_regained(search to adviser@foyer)");

  EXPECT_EQ(play.step("search").work, WorkState::taken);
  EXPECT_EQ(play.say("h11 adviser#b complete search"), "refused already_taken");
  EXPECT_EQ(play.say("h11 adviser#a complete search"), "step_completed(search as done)");
}

TEST(AbsentPerson, WhoIsBackAtTheSaidInstantHasItAgainToo) {
  auto play = after(
      "h1 adviser#a take search; h1 adviser#a hold search;"
      "h2 coordinator person_absent adviser#a until h200");

  EXPECT_EQ(play.say("h201 tick"), "person_returned step_regained(search to adviser@foyer)");
  EXPECT_EQ(play.events().back().happened, hour(200));
  EXPECT_EQ(play.step("search").work, WorkState::held);
}

TEST(AbsentPerson, WhoIsBackDoesNotTakeItFromWhoeverHasItNow) {
  auto play = after(kAway);
  play.rehearse("h5 adviser#b take search");

  EXPECT_EQ(play.say("h10 coordinator person_returned adviser#a"), "person_returned");
}

TEST(AbsentPerson, WhoIsBackDoesNotTakeWhatIsBeingHandedOver) {
  auto play = after(
      "h1 adviser#a take search; h2 coordinator person_absent adviser#a until h200;"
      "h3 adviser#b hand_over search to school");

  EXPECT_EQ(play.say("h10 coordinator person_returned adviser#a"), "person_returned");
}

TEST(AbsentReviewer, WhoIsBackReviewsAgain) {
  auto play = after(
      "h1 adviser#a complete search; h2 teacher#a begin_review search;"
      "h3 coordinator person_absent teacher#a until h200");

  EXPECT_EQ(play.say("h10 coordinator person_returned teacher#a"),
            "person_returned review_assigned(search)");
  EXPECT_EQ(play.state().person(play.step("search").reviewer), "teacher#a");
}

TEST(RemovedPerson, GivesUpEverythingForGood) {
  auto play = after("h1 adviser#a take search");

  EXPECT_EQ(play.say("h2 coordinator person_removed adviser#a"),
            "person_removed step_left(search to adviser@foyer)");
  EXPECT_EQ(play.events().back().why, "removed");
  EXPECT_EQ(play.say("h3 coordinator person_returned adviser#a"), "person_returned");
  EXPECT_EQ(play.step("search").work, WorkState::offered);
}

TEST(PartnerThatLeaves, IsReplacedByWhoeverAnswersNext) {
  const Row rows[] = {
      {"the deputy",
       "h1 adviser take search",
       "h2 coordinator partner_left foyer because merger",
       "partner_left(to foyer) step_left(search to adviser@school) "
       "step_left(meet to tutor@school)"},
      {"the coordination, without a deputy",
       "h1 adviser complete search",
       "h2 coordinator partner_left college",
       "partner_left(to college) review_assigned(search)"},
      {"a referral ends",
       "h1 adviser refer tutor to cafe; h2 tutor@cafe accept_referral tutor",
       "h3 coordinator partner_left cafe",
       "partner_left(to cafe) referral_revoked(tutor to cafe) step_assigned(meet to tutor@foyer)"},
      {"a question need not be answered",
       "h1 adviser refer tutor to cafe",
       "h3 coordinator partner_left cafe",
       "partner_left(to cafe) referral_revoked(tutor to cafe)"},
      {"no part in the case",
       "h1 tick",
       "h2 coordinator partner_left bakery",
       "partner_left(to bakery)"},
      {"gone already",
       "h1 coordinator partner_left cafe",
       "h2 coordinator partner_left cafe",
       "refused partner_has_left"},
      {"the last that coordinates",
       "h1 coordinator partner_left mission",
       "h2 coordinator@town partner_left town",
       "refused last_coordinator coordinator@town"},
      {"nobody who joins had left",
       "h1 tick",
       "h2 coordinator partner_joined cafe",
       "refused not_possible_now"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    auto play = after(row.before);

    EXPECT_EQ(play.say(row.sentence), row.wanted);
  }
}

TEST(RemovedPerson, LeavesWhatTheyHadToAColleagueWhoMayHaveIt) {
  const Row rows[] = {
      {"who plays the role",
       "h1 adviser#a take search",
       "h2 coordinator person_removed adviser#a to adviser#b",
       "person_removed step_delegated(search)"},
      {"who does not",
       "h1 adviser#a take search",
       "h2 coordinator person_removed adviser#a to teacher#b",
       "person_removed step_left(search to adviser@foyer)"},
      {"who is away beyond the due instant",
       "h1 adviser#a take search; h1 coordinator person_absent adviser#b until h200",
       "h2 coordinator person_removed adviser#a to adviser#b",
       "person_removed step_left(search to adviser@foyer)"},
      {"a review",
       "h1 adviser#a complete search; h2 teacher#a begin_review search",
       "h3 coordinator person_removed teacher#a to teacher#b",
       "person_removed review_assigned(search)"},
      {"what is held",
       "h1 adviser#a take search; h1 adviser#a hold search",
       "h2 coordinator person_removed adviser#a to adviser#b",
       "person_removed step_delegated(search)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    auto play = after(row.before);

    EXPECT_EQ(play.say(row.sentence), row.wanted);
  }
}

TEST(RemovedPerson, LeavesToTheColleagueTheWorkAsItStands) {
  auto play = after(
      "h1 adviser#a take search; h1 adviser#a hold search;"
      "h2 coordinator person_removed adviser#a to adviser#b");

  EXPECT_EQ(play.step("search").work, WorkState::held);
  EXPECT_EQ(play.say("h3 adviser#b resume search"), "step_resumed(search)");
}

TEST(PartnerThatHasLeft, IsPassedOverWhenADeputyDeclines) {
  auto play = after("h1 coordinator partner_left school");

  EXPECT_EQ(play.say("h2 adviser decline search because busy"),
            "step_declined(search to coordinator@mission)");
}

TEST(PartnerThatHasLeft, IsAskedAgainOnceItHasJoined) {
  auto play = after("h1 coordinator partner_left school; h2 coordinator partner_joined school");

  EXPECT_EQ(play.say("h3 adviser decline search because busy"),
            "step_declined(search to adviser@school)");
}

TEST(PartnerThatHasLeft, HasNobodyWhoMayFinishItsWork) {
  auto play = after("h1 adviser take search; h2 coordinator partner_left foyer");

  EXPECT_EQ(play.say("h3 adviser complete search"), "refused not_yours adviser@school");
}

}  // namespace
}  // namespace protoflow::engine
