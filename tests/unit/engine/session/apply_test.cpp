#include "engine/session/apply.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

SessionState planned(std::uint16_t capacity) {
  SessionState state;
  apply(state,
        {.kind = EventKind::session_planned,
         .happened = tests::hour(1),
         .session = {0},
         .session_status = SessionStatus::planned,
         .at = tests::hour(100),
         .capacity = capacity});
  return state;
}

void seat(SessionState& state, std::string case_id, Seat seat, int hour) {
  apply(state,
        {.kind = EventKind::case_enrolled,
         .happened = tests::hour(hour),
         .enrolments = {{.case_id = std::move(case_id), .seat = seat}}});
}

TEST(ApplySession, RemembersWhenItBeginsAndSinceWhenThatIsKnown) {
  auto state = planned(3);
  apply(state, {.kind = EventKind::session_reminded, .happened = tests::hour(90), .session = {0}});
  const bool was_reminded = state.reminded;
  apply(state,
        {.kind = EventKind::session_rescheduled,
         .happened = tests::hour(95),
         .at = tests::hour(200)});

  EXPECT_TRUE(was_reminded);
  EXPECT_FALSE(state.reminded);
  EXPECT_EQ(state.at, tests::hour(200));
  EXPECT_EQ(state.armed, tests::hour(95));
  EXPECT_EQ(state.planned, tests::hour(1));
  EXPECT_EQ(state.version, 3U);
}

TEST(ApplySession, PutsAtTheEndOfTheLineWhoeverComesBack) {
  auto state = planned(1);
  seat(state, "one", Seat::enrolled, 2);
  seat(state, "two", Seat::waiting, 3);
  seat(state, "one", Seat::left, 4);
  seat(state, "one", Seat::waiting, 5);

  ASSERT_EQ(state.enrolments.size(), 2U);
  EXPECT_EQ(state.enrolments[0].case_id, "two");
  EXPECT_EQ(state.enrolments[1].case_id, "one");
  EXPECT_EQ(state.enrolments[1].since, tests::hour(5));
  EXPECT_EQ(places_taken(state), 0U);
}

TEST(ApplySession, IsHeldWhenItIsFirstWrittenDownWhoCame) {
  auto state = planned(2);
  seat(state, "one", Seat::enrolled, 2);
  for (const int hour : {110, 120}) {
    apply(state,
          {.kind = EventKind::attendance_recorded,
           .happened = tests::hour(hour),
           .session_status = SessionStatus::held,
           .enrolments = {{.case_id = "one",
                           .attendance = hour == 110 ? Attendance::absent : Attendance::excused}}});
  }

  EXPECT_EQ(state.held, tests::hour(110));
  EXPECT_EQ(enrolment_of(state, "one")->attendance, Attendance::excused);
  EXPECT_EQ(enrolment_of(state, "two"), nullptr);
}

}  // namespace
}  // namespace protoflow::engine
