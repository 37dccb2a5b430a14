// Every command of a session in every state of one: what it gives, or who could and what is
// missing.
#include <set>

#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "engine/session/decide.hpp"
#include "tests/support/meeting.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::Meeting;

// Hour 100 is Friday 8 January 2027, 13:00.
constexpr const char* kPlanned = "h1 trainer plan_session at h100 for 2; h2 trainer enrol one;";
constexpr const char* kOpen =
    "h1 trainer plan_session at h100 for 2; h2 trainer enrol one; h101 tick;";
constexpr const char* kHeld =
    "h1 trainer plan_session at h100 for 2; h2 trainer enrol one;"
    "h101 trainer record_attendance present one;";
constexpr const char* kClosed =
    "h1 trainer plan_session at h100 for 2; h2 trainer enrol one;"
    "h101 trainer record_attendance present one; h102 trainer close_session;";
constexpr const char* kCancelled =
    "h1 trainer plan_session at h100 for 2; h2 trainer enrol one; h3 trainer cancel_session;";

struct Row {
  const char *before, *says, *gives;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.says;
}

// clang-format off
const std::vector<Row> kRows = {
    {"",         "h1 trainer plan_session at h100 for 2",         "session_planned(to trainer@school) task_opened(to tutor@company tools calm)"},
    {"",         "h1 trainer plan_session at h100 for 3",         "refused places_out_of_range trainer@school"},
    {"",         "h1 trainer plan_session at h100 for 0",         "refused places_out_of_range trainer@school"},
    {"",         "h1 trainer plan_session",                       "refused session_instant_needed trainer@school"},
    {"",         "h5 trainer plan_session at h4",                 "refused session_instant_needed trainer@school"},
    {"",         "h5 trainer plan_session at h4 on h3",           "session_planned(to trainer@school) task_opened(to tutor@company tools calm)"},
    {"",         "h5 trainer plan_session at h9 on h6",           "refused happened_in_future"},
    {"",         "h1 adviser plan_session at h100",               "refused not_yours trainer@school"},
    {"",         "h1 trainer@college plan_session at h100",       "session_planned(to trainer@school) task_opened(to tutor@company tools calm)"},
    {"",         "h1 coordinator plan_session at h100",           "session_planned(to trainer@school) task_opened(to tutor@company tools calm)"},
    {"",         "h1 trainer plan_session session nowhere at h9", "refused not_possible_now"},
    {"",         "h1 trainer reschedule_session at h100",         "refused session_not_planned"},
    {"",         "h1 trainer cancel_session",                     "refused session_not_planned"},
    {"",         "h1 trainer enrol one",                          "refused session_not_planned"},
    {"",         "h1 trainer withdraw_enrolment one",             "refused session_not_planned"},
    {"",         "h1 trainer record_attendance present one",      "refused session_not_planned"},
    {"",         "h1 trainer close_session",                      "refused session_not_planned"},
    {"",         "h1 tutor take task tools",                      "refused session_not_planned"},
    {"",         "h1 tick",                                       ""},

    {kPlanned,   "h9 trainer plan_session at h100",               "refused session_already_planned trainer@school"},
    {kPlanned,   "h9 trainer reschedule_session at h200",         "session_rescheduled task_moved(tools)"},
    {kPlanned,   "h9 trainer reschedule_session at h8",           "refused session_instant_needed trainer@school"},
    {kPlanned,   "h9 adviser reschedule_session at h200",         "refused not_yours trainer@school"},
    {kPlanned,   "h9 coordinator cancel_session",                 "session_cancelled task_withdrawn(tools dropped)"},
    {kPlanned,   "h9 tutor cancel_session",                       "refused not_yours trainer@school"},
    {kPlanned,   "h9 adviser enrol two",                          "case_enrolled(two enrolled)"},
    {kPlanned,   "h9 adviser enrol",                              "refused case_needed trainer@school"},
    {kPlanned,   "h9 adviser enrol one",                          "refused already_enrolled trainer@school"},
    {kPlanned,   "h9 adviser enrol two:dine",                     "refused step_not_through trainer@school"},
    {kPlanned,   "h9 adviser enrol two:welcome",                  "refused step_not_through trainer@school"},
    {kPlanned,   "h9 adviser enrol two:nowhere",                  "refused step_not_through trainer@school"},
    {kPlanned,   "h9 tutor enrol two",                            "refused not_yours trainer@school"},
    {kPlanned,   "h9 adviser withdraw_enrolment one",             "enrolment_withdrawn(one left)"},
    {kPlanned,   "h9 adviser withdraw_enrolment two",             "refused not_enrolled trainer@school"},
    {kPlanned,   "h9 tutor withdraw_enrolment one",               "refused not_yours trainer@school"},
    {kPlanned,   "h9 adviser withdraw_enrolment",                 "refused case_needed trainer@school"},
    {kPlanned,   "h9 trainer record_attendance present one",      "refused session_not_begun trainer@school"},
    {kPlanned,   "h9 trainer close_session",                      "refused session_not_begun trainer@school"},
    {kPlanned,   "h9 tutor take task tools",                      "task_taken(tools)"},
    {kPlanned,   "h9 adviser take task tools",                    "refused not_yours tutor@company"},
    {kPlanned,   "h9 tutor take task knives",                     "refused unknown_task trainer@school"},
    {kPlanned,   "h9 tutor decline task tools",                   "task_declined(to coordinator@mission tools)"},
    {kPlanned,   "h9 trainer enrol two on h0",                    "refused happened_out_of_order trainer@school"},
    {kPlanned,   "h9 trainer take",                               "refused not_possible_now trainer@school"},
    {kPlanned,   "h9 trainer session_enrolled",                   "refused not_possible_now trainer@school"},
    {kPlanned,   "h75 tutor complete task tools",                 "session_reminded task_completed(tools met)"},
    {kPlanned,   "h101 tick",                                     "session_reminded task_late(tools tells trainer late) session_opened"},

    {kOpen,      "h102 trainer plan_session at h200",             "refused session_already_planned trainer@school"},
    {kOpen,      "h102 trainer reschedule_session at h200",       "session_rescheduled task_moved(tools calm)"},
    {kOpen,      "h102 trainer cancel_session",                   "session_cancelled task_withdrawn(tools dropped)"},
    {kOpen,      "h102 trainer enrol two",                        "case_enrolled(two enrolled)"},
    {kOpen,      "h102 adviser withdraw_enrolment one",           "enrolment_withdrawn(one left)"},
    {kOpen,      "h102 trainer record_attendance absent one",     "attendance_recorded(one absent) task_withdrawn(tools dropped) task_opened(to trainer@school notes calm)"},
    {kOpen,      "h102 adviser record_attendance absent one",     "refused not_yours trainer@school"},
    {kOpen,      "h102 trainer record_attendance present two",    "refused not_enrolled trainer@school"},
    {kOpen,      "h102 trainer record_attendance asleep one",     "refused attendance_missing trainer@school"},
    {kOpen,      "h102 trainer record_attendance",                "refused attendance_missing trainer@school"},
    {kOpen,      "h102 trainer record_attendance present one,one", "refused case_needed trainer@school"},
    {kOpen,      "h102 trainer close_session",                    "refused attendance_missing trainer@school"},

    {kHeld,      "h103 trainer plan_session at h200",             "refused session_already_planned trainer@school"},
    {kHeld,      "h103 trainer reschedule_session at h200",       "refused session_over trainer@school"},
    {kHeld,      "h103 trainer cancel_session",                   "refused session_over trainer@school"},
    {kHeld,      "h103 trainer enrol two",                        "case_enrolled(two enrolled)"},
    {kHeld,      "h103 adviser enrol two",                        "refused not_yours trainer@school"},
    {kHeld,      "h103 trainer withdraw_enrolment one",           "refused session_over trainer@school"},
    {kHeld,      "h103 trainer record_attendance excused one",    "attendance_recorded(one excused)"},
    {kHeld,      "h103 trainer record_attendance present one",    "refused not_possible_now trainer@school"},
    {kHeld,      "h103 trainer close_session",                    "session_closed"},
    {kHeld,      "h103 adviser close_session",                    "refused not_yours trainer@school"},
    {kHeld,      "h103 trainer complete task notes",              "task_completed(notes met)"},
    {kHeld,      "h103 tutor take task tools",                    "refused task_settled"},

    {kClosed,    "h103 trainer plan_session at h200",             "refused session_already_planned trainer@school"},
    {kClosed,    "h103 trainer reschedule_session at h200",       "refused session_over trainer@school"},
    {kClosed,    "h103 trainer cancel_session",                   "refused session_over trainer@school"},
    {kClosed,    "h103 trainer enrol two",                        "refused session_over trainer@school"},
    {kClosed,    "h103 trainer withdraw_enrolment one",           "refused session_over trainer@school"},
    {kClosed,    "h103 trainer record_attendance excused one",    "refused session_over trainer@school"},
    {kClosed,    "h103 trainer close_session",                    "refused session_over trainer@school"},
    {kClosed,    "h103 trainer take task notes",                  "task_taken(notes)"},
    {kClosed,    "h900 tick",                                     "task_late(notes tells trainer late)"},

    {kCancelled, "h9 trainer plan_session at h200",               "refused session_already_planned trainer@school"},
    {kCancelled, "h9 trainer reschedule_session at h200",         "refused session_over trainer@school"},
    {kCancelled, "h9 trainer cancel_session",                     "refused session_over trainer@school"},
    {kCancelled, "h9 adviser enrol two",                          "refused session_over trainer@school"},
    {kCancelled, "h9 adviser withdraw_enrolment one",             "refused session_over trainer@school"},
    {kCancelled, "h9 trainer record_attendance present one",      "refused session_over trainer@school"},
    {kCancelled, "h9 trainer close_session",                      "refused session_over trainer@school"},
    {kCancelled, "h9 tutor take task tools",                      "refused task_settled"},
    {kCancelled, "h900 tick",                                     ""},
};

// clang-format on

class DecidesOnSession : public testing::TestWithParam<Row> {};

TEST_P(DecidesOnSession, AsTheTableSays) {
  const auto& [before, says, gives] = GetParam();
  Meeting meeting;
  meeting.rehearse(before);

  EXPECT_EQ(meeting.say(says), gives) << "says:   " << says << "\nbefore: " << before;
}

INSTANTIATE_TEST_SUITE_P(Rows, DecidesOnSession, testing::ValuesIn(kRows));

TEST(SessionTables, NameEveryCommandRefusalAndEvent) {
  std::string said;
  std::string given;
  for (const auto& [before, says, gives] : kRows) {
    said += std::string(says) + " ";
    given += std::string(gives) + " ";
  }
  const std::set<std::string_view> below = {"too_many_cases", "attendance_late", "place_given"};

  for (auto i = static_cast<int>(CommandKind::plan_session);
       i <= static_cast<int>(CommandKind::close_session);
       ++i) {
    EXPECT_NE(said.find(kCommandKindNames[static_cast<std::size_t>(i)]), said.npos) << i;
  }
  for (auto i = static_cast<int>(RefusalCode::session_not_planned);
       i <= static_cast<int>(RefusalCode::attendance_missing);
       ++i) {
    const auto name = kRefusalCodeNames[static_cast<std::size_t>(i)];
    EXPECT_TRUE(below.contains(name) || given.find(name) != given.npos) << name;
  }
  for (auto i = static_cast<int>(EventKind::session_planned);
       i <= static_cast<int>(EventKind::attendance_late);
       ++i) {
    const auto name = kEventKindNames[static_cast<std::size_t>(i)];
    EXPECT_TRUE(below.contains(name) || given.find(name) != given.npos) << name;
  }
}

TEST(WaitingList, GetsThePlacesThatBecomeFreeInOrder) {
  Meeting meeting;
  meeting.rehearse("h1 trainer plan_session at h100 for 1; h2 adviser enrol one");

  EXPECT_EQ(meeting.say("h3 adviser enrol two"), "case_enrolled(two waiting)");
  EXPECT_EQ(meeting.say("h4 adviser enrol three"), "case_enrolled(three waiting)");
  EXPECT_EQ(meeting.say("h5 adviser withdraw_enrolment one"),
            "enrolment_withdrawn(one left) place_given(two enrolled)");
  EXPECT_EQ(meeting.say("h6 adviser enrol one"), "case_enrolled(one waiting)");
  EXPECT_EQ(meeting.say("h7 adviser withdraw_enrolment two"),
            "enrolment_withdrawn(two left) place_given(three enrolled)");
}

TEST(WaitingList, EndsWhenItIsWrittenDownWhoCame) {
  Meeting meeting;
  meeting.rehearse(
      "h1 trainer plan_session at h100 for 1; h2 adviser enrol one; h3 adviser enrol two; h101 "
      "tick");

  EXPECT_EQ(meeting.say("trainer record_attendance absent one"),
            "attendance_recorded(one absent two left) task_withdrawn(tools dropped) "
            "task_opened(to trainer@school notes calm)");
  EXPECT_EQ(meeting.say("h102 trainer enrol two"), "case_enrolled(two enrolled)");
  EXPECT_EQ(meeting.say("h103 trainer enrol three"), "refused too_many_cases trainer@school");
}

TEST(Enrolments, EndAtTheLimit) {
  Meeting meeting;
  meeting.rehearse("h1 trainer plan_session at h100 for 2");
  for (std::size_t i = 0; i < model::kCasesPerSessionMax; ++i) {
    ASSERT_TRUE(meeting.say("adviser enrol c" + std::to_string(i)).starts_with("case_enrolled"));
  }

  EXPECT_EQ(meeting.say("adviser enrol one"), "refused too_many_cases trainer@school");
  EXPECT_EQ(meeting.say("adviser withdraw_enrolment c7"), "enrolment_withdrawn(c7 left)");
  EXPECT_EQ(meeting.say("adviser enrol c7"), "case_enrolled(c7 waiting)");
}

TEST(Enrolments, TakeAnyTextForAnIdAndLoseNone) {
  Meeting meeting;
  meeting.rehearse("h1 trainer plan_session at h100 for 2");
  auto command = meeting.command("h2 adviser enrol one");
  const std::string strange("../\0\xFF/*", 7);
  command.enrolments[0].case_id = strange;

  const auto decision = decide(meeting.plan(), meeting.session(), command, hour(2));

  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->at(0).enrolments.at(0).case_id, strange);
}

TEST(Attendance, IsAskedOfTheHostThenOfTheCoordination) {
  Meeting meeting;
  meeting.rehearse(
      "h1 trainer plan_session at h100 for 2; h2 adviser enrol one; h99 tutor complete task tools");

  // Friday 13:00; two working days later is Tuesday at closing time, four is Thursday.
  EXPECT_EQ(meeting.say("h101 tick"), "session_opened");
  EXPECT_EQ(next_due(meeting.plan(), meeting.session()), hour(8 * 24 + 9));
  EXPECT_EQ(meeting.say("h201 tick"), "attendance_late(tells trainer)");
  EXPECT_EQ(next_due(meeting.plan(), meeting.session()), hour(10 * 24 + 9));
  EXPECT_EQ(meeting.say("h249 tick"), "attendance_late(tells coordinator)");
  EXPECT_EQ(next_due(meeting.plan(), meeting.session()), model::kNever);
}

TEST(Reminder, GoesTheWorkingDayBeforeAndNotWhenThatIsPast) {
  Meeting early;
  early.rehearse("h1 trainer plan_session at h172");  // Monday 11 January, 13:00
  Meeting late;
  late.rehearse("h170 trainer plan_session at h172");

  EXPECT_EQ(next_due(early.plan(), early.session()), hour(4 * 24));  // Friday, opening time
  EXPECT_EQ(late.say("h173 tick"), "session_opened task_late(tools tells trainer late)");
}

TEST(Preparations, AreDueAsLongBeforeTheSessionAsItIsMovedTo) {
  Meeting meeting;
  meeting.rehearse("h1 trainer plan_session at h100");
  const auto first = meeting.session().tasks.at(0).due;
  meeting.rehearse("h90 tick; h91 trainer reschedule_session at h200");
  const auto& moved = meeting.session().tasks.at(0);

  EXPECT_EQ(first, hour(76));
  EXPECT_EQ(moved.due, hour(176));
  EXPECT_EQ(moved.time, TimeState::calm);
}

TEST(SessionDuties, AreTheHostsFromPlanningToClosing) {
  Meeting meeting;
  EXPECT_EQ(meeting.duties(), "");
  meeting.rehearse("h1 trainer plan_session at h100; h2 adviser enrol one");
  EXPECT_EQ(meeting.duties(), "receive_session->trainer@school task:tools->tutor@company");
  meeting.rehearse("h101 tick");
  EXPECT_EQ(meeting.duties(), "record_attendance->trainer@school task:tools->tutor@company");
  meeting.rehearse("h102 trainer record_attendance present one");
  EXPECT_EQ(meeting.duties(), "record_attendance->trainer@school task:notes->trainer@school");
  meeting.rehearse("h103 trainer close_session");
  EXPECT_EQ(meeting.duties(), "task:notes->trainer@school");
}

TEST(Session, TellsWhatItHasNoRoomFor) {
  tests::Meeting meeting;
  auto plan = meeting.plan();
  auto& preparations = plan.protocol.sessions[0].preparations;
  ASSERT_FALSE(preparations.empty());
  const auto first = preparations[0];
  for (auto i = preparations.size(); i <= model::kTasksMax; ++i) {
    preparations.push_back(first);
    preparations.back().name += std::to_string(i);
  }
  auto state = empty_session(plan.protocol);

  const auto planned = decide(plan,
                              state,
                              meeting.command("h1 trainer plan_session session workshop at h500"),
                              tests::hour(1));

  ASSERT_TRUE(planned);
  const auto& left_out = planned->back();
  EXPECT_EQ(left_out.kind, EventKind::tasks_left_out);
  EXPECT_EQ(left_out.told, plan.protocol.sessions[0].hosted_by);
  for (const auto& event : *planned) {
    apply(state, event);
  }
  EXPECT_EQ(state.tasks.size(), model::kTasksMax);
  const auto told = notices(plan.protocol, state, left_out);
  ASSERT_EQ(told.size(), 2U) << "the host, and the coordination";
  EXPECT_EQ(told[0].kind, NoticeKind::tasks_left_out);
}

}  // namespace
}  // namespace protoflow::engine
