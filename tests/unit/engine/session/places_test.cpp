// What a session and the cases that come to it tell each other.
#include <gtest/gtest.h>

#include "tests/support/meeting.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::Meeting;

Meeting planned_for(int places, std::initializer_list<const char*> cases) {
  Meeting meeting;
  for (const auto* id : cases) {
    meeting.open_case(id);
  }
  meeting.rehearse("h1 trainer plan_session at h100 for " + std::to_string(places));
  for (const auto* id : cases) {
    meeting.rehearse("adviser enrol " + std::string(id));
  }
  (void)meeting.letters();
  return meeting;
}

TEST(ThroughASession, OwesAnEnrolmentThenAsksForComing) {
  Meeting meeting;
  meeting.open_case("one");
  const auto before = meeting.duties_in("one");
  meeting.rehearse("h1 trainer plan_session at h100 for 1; h2 adviser enrol one");

  EXPECT_EQ(before, "enrol:learn->adviser@mission enrol:dine->adviser@mission");
  EXPECT_EQ(meeting.duties_in("one"), "step:learn->adviser@mission enrol:dine->adviser@mission");
  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::taken);
  EXPECT_EQ(meeting.step("one", "learn").offer_due, model::kNever);
}

TEST(ThroughASession, TellsWhoeverEnrolsAndTheBeneficiary) {
  Meeting meeting;
  meeting.open_case("one");
  meeting.open_case("two");
  meeting.rehearse("h1 trainer plan_session at h100 for 1");
  (void)meeting.letters();

  meeting.rehearse("h2 adviser enrol one; h3 adviser enrol two");
  EXPECT_EQ(meeting.letters(),
            "case/one:place_given->adviser case/one:place_given->beneficiary "
            "case/two:place_awaited->adviser case/two:place_awaited->beneficiary");
  meeting.rehearse("h4 adviser withdraw_enrolment one");
  EXPECT_EQ(meeting.letters(),
            "case/one:place_lost->adviser case/one:place_lost->beneficiary "
            "case/two:place_given->adviser case/two:place_given->beneficiary");
  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::offered);
  EXPECT_EQ(meeting.step("one", "learn").offer_due, hour(4 + 48));
}

TEST(ThroughASession, IsDoneByHavingComeWhenItWasHeld) {
  auto meeting = planned_for(2, {"one"});
  meeting.rehearse("h150 trainer record_attendance present one");

  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::done);
  EXPECT_EQ(meeting.step("one", "learn").settled, hour(100));
  EXPECT_EQ(meeting.step("one", "practise").work, WorkState::offered);
  EXPECT_EQ(meeting.duties_in("one"),
            "enrol:practise->adviser@mission enrol:dine->adviser@mission");
}

TEST(ThroughASession, IsToBeEnrolledAnewByWhoDidNotCome) {
  auto meeting = planned_for(2, {"one"});
  meeting.rehearse("h101 trainer record_attendance excused one");

  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::offered);
  EXPECT_EQ(meeting.duties_in("one"), "enrol:learn->adviser@mission enrol:dine->adviser@mission");
  EXPECT_NE(meeting.letters().find("case/one:not_attended->adviser"), std::string::npos);
}

TEST(ThroughASession, IsDoneAfterAllWhenTheHostCorrectsWhoCame) {
  auto meeting = planned_for(2, {"one"});
  meeting.rehearse(
      "h101 trainer record_attendance absent one; h102 trainer record_attendance present one");

  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::done);
}

TEST(ThroughASession, StaysDoneWhenACorrectionSaysOtherwiseAndTellsWhoAnswersForIt) {
  auto meeting = planned_for(2, {"one"});
  meeting.rehearse("h101 trainer record_attendance present one");
  (void)meeting.letters();
  meeting.rehearse("h102 trainer record_attendance absent one");

  EXPECT_EQ(meeting.step("one", "learn").work, WorkState::done);
  EXPECT_EQ(meeting.letters(), "case/one:attendance_corrected->adviser");
}

TEST(ThroughASession, SettlesTheStepsOfAllWhoCameAndLeavesWhatIsSettled) {
  auto meeting = planned_for(2, {"one", "two"});
  meeting.open_case("three");
  meeting.rehearse("h99 adviser enrol three");
  meeting.say_in("two", "adviser complete learn");

  // The place that `two` gives back goes to `three`, who waited.
  EXPECT_EQ(meeting.session().enrolments[1].seat, Seat::left);
  EXPECT_EQ(meeting.session().enrolments[2].seat, Seat::enrolled);
  meeting.rehearse("h101 trainer record_attendance present one,three");
  for (const auto* id : {"one", "two", "three"}) {
    EXPECT_EQ(meeting.step(id, "learn").work, WorkState::done) << id;
  }
}

TEST(ThroughASession, GivesThePlaceBackWhenTheCaseCloses) {
  auto meeting = planned_for(1, {"one", "two"});
  meeting.say_in("one", "adviser close left");

  EXPECT_EQ(meeting.at("one").status, CaseStatus::closed);
  EXPECT_EQ(enrolment_of(meeting.session(), "one")->seat, Seat::left);
  EXPECT_EQ(enrolment_of(meeting.session(), "two")->seat, Seat::enrolled);
  EXPECT_EQ(meeting.step("two", "learn").work, WorkState::taken);
}

TEST(ThroughASession, GivesBackAPlaceItNeverNeeded) {
  Meeting meeting;
  meeting.open_case("one");
  meeting.say_in("one", "adviser close left");
  meeting.rehearse("h1 trainer plan_session at h100 for 1; h2 adviser enrol one");

  EXPECT_EQ(enrolment_of(meeting.session(), "one")->seat, Seat::left);
}

TEST(ThroughASession, HearsOnceThatItIsMovedOrCancelledAsDoAllWhoTakePart) {
  auto meeting = planned_for(1, {"one", "two"});
  meeting.rehearse("h10 trainer reschedule_session at h200");
  EXPECT_EQ(meeting.letters(),
            "session/s1:session_moved->trainer session/s1:session_moved->tutor "
            "case/one:session_moved->adviser case/one:session_moved->beneficiary "
            "case/two:session_moved->adviser case/two:session_moved->beneficiary");
  EXPECT_EQ(meeting.at("one").places.at(0).at, hour(200));

  meeting.rehearse("h11 trainer cancel_session");
  EXPECT_EQ(meeting.letters(),
            "session/s1:session_cancelled->trainer session/s1:session_cancelled->tutor "
            "case/one:place_lost->adviser case/one:place_lost->beneficiary "
            "case/two:place_lost->adviser case/two:place_lost->beneficiary");
  EXPECT_EQ(meeting.duties_in("one"), "enrol:learn->adviser@mission enrol:dine->adviser@mission");
  EXPECT_EQ(meeting.duties_in("two"), "enrol:learn->adviser@mission enrol:dine->adviser@mission");
}

TEST(ThroughASession, IsRemindedOfTheDayBefore) {
  auto meeting = planned_for(1, {"one"});
  meeting.rehearse("h80 tick");

  EXPECT_EQ(meeting.letters(),
            "session/s1:session_reminder->trainer session/s1:session_reminder->tutor "
            "session/s1:task_late->tutor session/s1:task_late->trainer "
            "case/one:session_reminder->adviser case/one:session_reminder->beneficiary");
}

TEST(ThroughASession, KeepsItsPlaceWhileTheCaseIsPaused) {
  auto meeting = planned_for(1, {"one"});
  meeting.say_in("one", "coordinator pause");
  meeting.rehearse("h101 trainer record_attendance present one");
  const auto paused = meeting.step("one", "learn").work;
  meeting.say_in("one", "coordinator resume_case");

  EXPECT_EQ(paused, WorkState::done);
  EXPECT_EQ(meeting.step("one", "practise").work, WorkState::offered);
}

TEST(ThroughASession, TakesNoWordOfASessionFromAPerson) {
  Meeting meeting;
  meeting.open_case("one");
  for (const auto* command : {"session_enrolled",
                              "session_waitlisted",
                              "session_moved",
                              "session_left",
                              "session_attended",
                              "session_reminded"}) {
    EXPECT_EQ(meeting.say_in("one", "adviser " + std::string(command) + " learn"),
              "refused not_possible_now")
        << command;
  }
}

}  // namespace
}  // namespace protoflow::engine
