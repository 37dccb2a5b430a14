#include <gtest/gtest.h>

#include "engine/log/record.hpp"
#include "engine/model/limits.hpp"
#include "engine/routine/recurrence.hpp"
#include "tests/unit/engine/partnership/partnership_play.hpp"

namespace protoflow::engine {
namespace {

using model::DurationUnit;
using std::chrono::days;
using tests::day;
using tests::PartnershipPlay;

PartnershipPlay founded() {
  PartnershipPlay play;
  (void)play.found();
  for (const char* name : {"mission", "foyer", "school", "town"}) {
    (void)play.agree(name);
  }
  (void)play.letters();
  return play;
}

Command held(const PartnershipPlay& play, std::string_view by = "school") {
  auto command = play.by(by, CommandKind::hold_routine);
  command.routine = tests::routine(play.plan(), "exchange");
  command.attended = {{2}, {1}, {2}};
  return command;
}

Command put_off(const PartnershipPlay& play, std::string_view date) {
  auto command = play.by("school", CommandKind::postpone_routine);
  command.routine = tests::routine(play.plan(), "exchange");
  command.reason = "snow";
  command.date = day(date);
  return command;
}

TEST(Routine, IsRemindedThenDueThenMissedAndTheNextIsPlanned) {
  auto play = founded();

  EXPECT_EQ(play.tick(day("2027-01-08")), "routine_reminded(exchange)");
  EXPECT_EQ(play.letters(),
            "routine_reminder->school routine_reminder->mission routine_reminder->foyer "
            "routine_reminder->town");
  EXPECT_EQ(play.tick(day("2027-01-11")), "routine_due(exchange)");
  EXPECT_EQ(play.letters(), "routine_due->school");
  EXPECT_EQ(play.tick(day("2027-01-15")),
            "routine_missed(exchange) routine_planned(exchange school 2027-01-18) "
            "routine_late_told(exchange) routine_reminded(exchange)");
  EXPECT_EQ(play.routine().missed, 1U);
}

TEST(Routine, WhenHeldPlansTheNextAndSaysWhoWasThere) {
  auto play = founded();
  (void)play.tick(day("2027-01-11"));
  (void)play.letters();

  EXPECT_EQ(play.say(held(play)),
            "routine_held(exchange) routine_planned(exchange school 2027-01-18)");
  EXPECT_EQ(play.routine().last.attended, (std::vector<model::PartnerId>{{1}, {2}}));
  EXPECT_EQ(play.routine().held, 1U);
}

TEST(Routine, IsNotHeldTwiceInOneDay) {
  auto play = founded();
  (void)play.tick(day("2027-01-11"));
  (void)play.say(held(play));

  EXPECT_EQ(play.say(held(play)), "refused held_already");
  EXPECT_EQ(play.routine().held, 1U);
  (void)play.tick(day("2027-01-12"));
  EXPECT_EQ(play.say(held(play)),
            "routine_held(exchange) routine_planned(exchange school 2027-01-25)");
}

TEST(Routine, HeldLateMovesNoOtherDate) {
  auto play = founded();
  (void)play.tick(day("2027-01-14"));

  EXPECT_EQ(play.say(held(play)),
            "routine_held(exchange) routine_planned(exchange school 2027-01-18)");
}

TEST(Routine, HeldInTimeAndSaidAfterItWasMissedCountsAsHeld) {
  auto play = founded();
  (void)play.tick(day("2027-01-15"));
  ASSERT_EQ(play.routine().missed, 1U);
  auto command = held(play);
  command.happened = day("2027-01-12");

  EXPECT_EQ(play.say(command), "routine_held(exchange)");
  EXPECT_EQ(play.routine().missed, 0U);
  EXPECT_EQ(play.routine().held, 1U);
  EXPECT_EQ(play.routine().last.state, OccurrenceState::held);
  EXPECT_EQ(play.routine().late_since, model::kNever);
  EXPECT_EQ(play.routine().number, 2U);
  EXPECT_EQ(play.say(command), "refused held_already");
}

TEST(Routine, StaysLateUntilItIsHeldAndIsThenTheResponsibleRolesAgain) {
  auto play = founded();
  (void)play.tick(day("2027-01-15"));
  (void)play.letters();

  EXPECT_EQ(play.tick(day("2027-01-22")),
            "routine_due(exchange) routine_escalated(exchange town) routine_missed(exchange) "
            "routine_planned(exchange town 2027-01-25) routine_reminded(exchange)");
  EXPECT_EQ(play.say(held(play)), "refused not_yours");
  EXPECT_EQ(play.say(held(play, "town")),
            "routine_held(exchange) routine_planned(exchange school 2027-02-01)");
}

TEST(Routine, IsPostponedToADayBeforeTheNext) {
  auto play = founded();
  (void)play.tick(day("2027-01-11"));
  auto command = put_off(play, "2027-01-13");
  command.reason.clear();
  EXPECT_EQ(play.say(command), "refused why_needed");
  command = put_off(play, "2027-01-13");
  command.date = model::kNever;
  EXPECT_EQ(play.say(command), "refused date_needed");
  EXPECT_EQ(play.say(put_off(play, "2027-01-08")), "refused date_passed");
  EXPECT_EQ(play.say(put_off(play, "2027-01-18")), "refused date_after_the_next");
  EXPECT_EQ(play.say(put_off(play, "2027-01-16")), "refused date_after_the_next") << "a Saturday";

  EXPECT_EQ(play.say(put_off(play, "2027-01-13")), "routine_postponed(exchange)");
  EXPECT_EQ(play.routine().state, OccurrenceState::postponed);
  EXPECT_EQ(play.tick(day("2027-01-13")), "routine_due(exchange)");
  EXPECT_EQ(play.say(put_off(play, "2027-01-14")), "routine_postponed(exchange)");
  (void)play.tick(day("2027-01-14"));
  EXPECT_EQ(play.say(held(play)),
            "routine_held(exchange) routine_planned(exchange school 2027-01-18)");
  EXPECT_EQ(play.routine().postponed, 2U);
}

TEST(Routine, IsHeldByWhoAnswersForItAndWithSomebody) {
  auto play = founded();
  auto command = held(play, "foyer");
  EXPECT_EQ(play.say(command), "refused not_yours");
  command = held(play);
  command.attended.clear();
  EXPECT_EQ(play.say(command), "refused attendance_needed");
  command = held(play);
  command.routine = tests::routine(play.plan(), "feedback");
  EXPECT_EQ(play.say(command), "refused routine_not_here");
  command.routine = {};
  EXPECT_EQ(play.say(command), "refused routine_not_here");
}

struct Answer {
  RecordedAnswer answer;
  const char* code;
};

class AnswerIsRefused : public testing::TestWithParam<Answer> {};

TEST_P(AnswerIsRefused, AndNothingIsLost) {
  auto play = founded();
  auto command = held(play);
  command.answers = {{.question = 0, .value = {.number = 3}}, GetParam().answer};
  const auto before = describe(play.state(), play.plan().protocol);

  EXPECT_EQ(play.say(command), GetParam().code);
  EXPECT_EQ(describe(play.state(), play.plan().protocol), before);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    AnswerIsRefused,
    testing::Values(
        Answer{{.question = 0, .value = {.number = 3}}, "refused question_not_asked"},
        Answer{{.question = 3, .value = {.number = 3}}, "refused question_not_asked"},
        Answer{{.question = 65535, .value = {.number = 1}}, "refused question_not_asked"},
        Answer{{.question = 1, .value = {.number = 2}}, "refused answer_out_of_range"},
        Answer{{.question = 1, .value = {.number = -1}}, "refused answer_out_of_range"},
        Answer{{.question = 2, .value = {.number = 4}}, "refused answer_out_of_range"},
        Answer{{.question = 2, .value = {.text = std::string(model::kSaidTextMax + 1, 'x')}},
               "refused text_too_long"}));

TEST(Routine, RefusesAScaleBeyondItsEnds) {
  for (const std::int64_t number : {0, 6, -1, 1'000'000}) {
    auto play = founded();
    auto command = held(play);
    command.answers = {{.question = 0, .value = {.number = number}}};
    EXPECT_EQ(play.say(command), "refused answer_out_of_range") << number;
  }
}

TEST(Routine, CountsAnswersAndNeverTellsThem) {
  auto play = founded();
  for (const std::int64_t number : {5, 2}) {
    auto command = held(play);
    command.answers = {{.question = 0, .value = {.number = number}},
                       {.question = 2, .value = {.text = std::string(model::kSaidTextMax, 'x')}}};
    ASSERT_TRUE(play.say(command).starts_with("routine_held"));
    (void)play.tick(day("2027-01-12"));
  }
  EXPECT_EQ(play.routine().totals[0], (AnswerTotal{.count = 2, .sum = 7}));
  EXPECT_EQ(play.routine().totals[2].count, 2U);
  EXPECT_EQ(describe(play.state(), play.plan().protocol).find("xx"), std::string::npos);
}

struct Cell {
  CommandKind kind;
  const char *planned, *due, *postponed, *missed, *withdrawn;
};

class CommandOnOccurrence : public testing::TestWithParam<Cell> {};

TEST_P(CommandOnOccurrence, IsAllowedOrRefusedInEveryState) {
  const auto& cell = GetParam();
  const std::array expected{cell.planned, cell.due, cell.postponed, cell.missed, cell.withdrawn};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(expected[i]);
    auto play = founded();
    if (i == 1) {
      (void)play.tick(day("2027-01-11"));
    } else if (i == 2) {
      ASSERT_EQ(play.say(put_off(play, "2027-01-12")), "routine_postponed(exchange)");
    } else if (i == 3) {
      (void)play.tick(day("2027-01-14") + std::chrono::hours(10));
      ASSERT_EQ(play.routine().last.state, OccurrenceState::missed);
    } else if (i == 4) {
      ASSERT_TRUE(play.say("", CommandKind::supersede).starts_with("partnership_superseded"));
    }
    auto command = cell.kind == CommandKind::hold_routine
                       ? held(play)
                       : put_off(play, i == 3 ? "2027-01-19" : "2027-01-14");
    EXPECT_EQ(play.say(command), expected[i]);
  }
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, CommandOnOccurrence, testing::Values(
    Cell{CommandKind::hold_routine,
         "routine_held(exchange) routine_planned(exchange school 2027-01-18)",
         "routine_held(exchange) routine_planned(exchange school 2027-01-18)",
         "routine_held(exchange) routine_planned(exchange school 2027-01-18)",
         "routine_held(exchange) routine_planned(exchange school 2027-01-25)",
         "refused partnership_superseded"},
    Cell{CommandKind::postpone_routine,
         "routine_postponed(exchange)", "routine_postponed(exchange)", "routine_postponed(exchange)",
         "routine_postponed(exchange)", "refused partnership_superseded"}));

// clang-format on

// -- dates
// -----------------------------------------------------------------------------------------------

model::ZoneTable paris() {
  const auto hour = std::chrono::hours(1);
  return {.name = "Europe/Paris",
          .rows = {{day("2026-01-01"), hour},
                   {tests::moment("2027-03-28T01:00:00.000Z"), 2 * hour},
                   {tests::moment("2027-10-31T01:00:00.000Z"), hour}}};
}

std::string dates(const model::Routine& routine, std::string_view from, int count, WorkTime times) {
  std::string text;
  auto at = day(from);
  for (int i = 0; i < count; ++i) {
    at = next_slot(routine, day(from), at, times);
    text += (text.empty() ? "" : " ") + to_text(at).substr(0, 16);
  }
  return text;
}

TEST(Recurrence, KeepsTheEndOfTheMonthAndMovesToOpenDays) {
  WorkTime times{.calendar = {.working = 0b1111111}, .zone = {}};
  const model::Routine monthly{.every = {1, DurationUnit::months}};
  EXPECT_EQ(dates(monthly, "2027-01-31", 4, times),
            "2027-02-28T09:00 2027-03-31T09:00 2027-04-30T09:00 2027-05-31T09:00");
  times.calendar.working = 0b0011111;
  EXPECT_EQ(dates(monthly, "2027-01-31", 3, times),
            "2027-03-01T09:00 2027-03-31T09:00 2027-04-30T09:00")
      << "28 February is a Sunday";
}

TEST(Recurrence, OfDatesThatShareAnOpenDayHasOne) {
  WorkTime times;
  EXPECT_EQ(dates({.every = {1, DurationUnit::days}}, "2027-01-07", 3, times),
            "2027-01-08T09:00 2027-01-11T09:00 2027-01-12T09:00");
  times.calendar.closed = {{.day = std::chrono::floor<days>(day("2027-01-11"))}};
  EXPECT_EQ(dates({.every = {2, DurationUnit::working_days}}, "2027-01-07", 2, times),
            "2027-01-12T09:00 2027-01-14T09:00");
}

TEST(Recurrence, TurnsToItsSecondPaceAfterTheFirst) {
  const model::Routine staged{.every = {2, DurationUnit::weeks},
                              .for_first = model::Duration{1, DurationUnit::months},
                              .then_every = model::Duration{2, DurationUnit::months}};
  EXPECT_EQ(dates(staged, "2027-01-04", 4, {}),
            "2027-01-18T09:00 2027-02-01T09:00 2027-04-05T09:00 2027-06-04T09:00");
}

TEST(Recurrence, OpensAtTheSameHourOnBothDaysOfAClockChange) {
  const WorkTime times{.calendar = {.working = 0b1111111}, .zone = paris()};
  EXPECT_EQ(dates({.every = {1, DurationUnit::days}}, "2027-03-26", 3, times),
            "2027-03-27T08:00 2027-03-28T07:00 2027-03-29T07:00");
  EXPECT_EQ(dates({.every = {1, DurationUnit::days}}, "2027-10-29", 3, times),
            "2027-10-30T07:00 2027-10-31T08:00 2027-11-01T08:00");
}

TEST(Recurrence, IsAtMostOnceADayAndEndsAfterAHundredYears) {
  EXPECT_EQ(dates({.every = {0, DurationUnit::minutes}}, "2027-01-04", 2, {}),
            "2027-01-05T09:00 2027-01-06T09:00");
  EXPECT_EQ(next_slot({.every = {1, DurationUnit::months}},
                      day("2027-01-04"),
                      day("2027-01-04") + days(40'000),
                      {}),
            model::kNever);
}

TEST(Recurrence, GivesNoLongerThanTheNextOne) {
  const model::Routine daily{.every = {1, DurationUnit::days}};
  EXPECT_EQ(held_until(daily, day("2027-01-04"), day("2027-01-05"), {}), day("2027-01-05"));
  EXPECT_EQ(held_until(daily, day("2027-01-04"), day("2027-02-05"), {}),
            tests::moment("2027-01-11T18:00:00.000Z"))
      << "one working week";
}

}  // namespace
}  // namespace protoflow::engine
