// What an ending and a reviewer leave to be done: who | command | the history before | the events,
// or the refusal.
#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hours;
using tests::Play;

tests::ProtocolSpec path_with_follow_ups() {
  auto path = tests::small_path();
  path.endings[4].follow_ups = {{.name = "call", .responsible = "adviser", .within = hours(50)},
                                {.name = "visit", .responsible = "tutor", .within = hours(90)}};
  return path;
}

struct Row {
  const char* says;
  const char* before;
  const char* gives;
};

#define TAKEN "h0 coordinator open; h1 adviser take welcome;"
#define CLOSED TAKEN "h10 adviser complete welcome as elsewhere;"
#define SHARED                                                                             \
  TAKEN                                                                                    \
  "h10 adviser complete welcome as engaged with minor=no,french=A1; h20 adviser complete " \
  "sharing-talk with sharing=yes;"
#define RESERVED \
  SHARED "h30 adviser complete project; h40 coordinator approve project reserving because dates;"

// clang-format off
const std::vector<Row> kRows = {
    {"h10 adviser complete welcome as elsewhere", TAKEN,
     "step_completed(welcome as elsewhere met) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as reoriented) "
     "task_opened(to adviser@mission call calm) task_opened(to adviser@mission visit calm)"},
    {"h11 adviser take task:call",        CLOSED, "task_taken(call)"},
    {"h11 adviser complete task:call",    CLOSED, "task_completed(call met)"},
    {"h11 adviser#2 complete task:call",  CLOSED "h11 adviser take task:call", "refused already_taken"},
    {"h11 adviser@foyer take task:call",  CLOSED, "refused not_yours adviser@mission"},
    {"h11 adviser take task:letter",      CLOSED, "refused unknown_task"},
    {"h12 adviser take task:call",        CLOSED "h11 adviser complete task:call", "refused task_settled"},
    {"h12 adviser take task:call",        CLOSED "h11 adviser take task:call", "refused not_possible_now"},
    {"h11 adviser release task:call",     CLOSED, "refused not_possible_now"},
    {"h12 adviser release task:call",     CLOSED "h11 adviser take task:call", "task_released(call)"},
    {"h11 adviser decline task:call because full", CLOSED, "task_declined(to adviser@foyer call)"},
    {"h12 adviser@foyer decline task:call", CLOSED "h11 adviser decline task:call", "task_declined(to coordinator@mission call)"},
    {"h13 coordinator decline task:call", CLOSED "h11 adviser decline task:call; h12 adviser@foyer decline task:call", "refused nobody_else"},
    {"h11 adviser complete task:call on h9", CLOSED, "refused happened_out_of_order"},
    {"h11 adviser take welcome",          CLOSED, "refused case_closed"},
    {"h11 coordinator record with french=A1", CLOSED, "refused case_closed"},
    {"h59 tick",                          CLOSED, ""},
    {"h60 tick",                          CLOSED, "task_late(call tells coordinator late)"},
    {"h61 tick",                          CLOSED "h60 tick", ""},
    {"h60 tick",                          CLOSED "h11 adviser complete task:call", ""},
    {"h70 adviser complete task:call",    CLOSED "h60 tick", "task_completed(call met_late)"},
    {"h70 adviser complete task:call on h55", CLOSED "h60 tick", "task_completed(call met)"},
    {"h40 coordinator approve project reserving", SHARED "h30 adviser complete project", "refused reason_needed"},
    {"h40 coordinator approve project reserving because dates", SHARED "h30 adviser complete project",
     "review_approved(project met) task_opened(to adviser@mission project calm) step_offered(search to adviser@mission calm)"},
    {"h41 adviser complete task:project", RESERVED, "task_completed(project met)"},
    {"h41 coordinator complete task:project", RESERVED, "refused not_yours adviser@mission"},
    {"h88 tick",                          RESERVED "h87 tick", "task_late(project tells coordinator late)"},
    {"h41 adviser complete task:project", RESERVED "h41 coordinator pause", "refused case_paused"},
    {"h61 coordinator resume_case",       RESERVED "h51 coordinator pause", "case_resumed deadline_moved(housing) deadline_moved(search) task_moved(project)"},
    {"h61 beneficiary close left",        RESERVED "h51 coordinator pause", "task_moved(project) step_withdrawn(housing dropped) step_withdrawn(search dropped) step_withdrawn(immersion) case_closed(as left)"},
    {"h98 tick",                          RESERVED "h51 coordinator pause; h61 beneficiary close left; h97 tick", "task_late(project tells coordinator late)"},
    {"h100 adviser complete task:project", RESERVED "h51 beneficiary close left", "task_late(project tells coordinator late) task_completed(project met_late)"},
};

// clang-format on

class LeavesToBeDone : public testing::TestWithParam<Row> {};

TEST_P(LeavesToBeDone, AsTheTableSays) {
  Play play(tests::plan_of(path_with_follow_ups()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Table, LeavesToBeDone, testing::ValuesIn(kRows));

TEST(CaseTasks, AreOwedAfterTheEndOfTheCase) {
  Play play(tests::plan_of(path_with_follow_ups()));
  play.rehearse(CLOSED);

  EXPECT_EQ(play.duties(), "task call by adviser@mission, task visit by adviser@mission");
  EXPECT_EQ(next_due(play.plan(), play.state()), tests::hour(60));
  play.rehearse("h11 adviser complete task:call; h12 adviser complete task:visit");

  EXPECT_EQ(play.duties(), "");
  EXPECT_EQ(next_due(play.plan(), play.state()), model::kNever);
}

TEST(CaseTasks, AreToldToWhoAnswersAndToTheCoordination) {
  Play play(tests::plan_of(path_with_follow_ups()));
  play.rehearse(CLOSED);
  (void)play.letters();

  play.rehearse("h11 adviser decline task:call");
  EXPECT_EQ(play.letters(), "task_offered->adviser@foyer task_declined->coordinator@mission");
  play.rehearse("h60 tick");
  EXPECT_EQ(play.letters(), "task_late->adviser@foyer task_late->coordinator@mission");
  play.rehearse("h61 adviser@foyer complete task:call");
  EXPECT_EQ(play.letters(), "task_done->coordinator@mission");
}

TEST(CaseTasks, GoWithTheirRoleToTheNextPartner) {
  auto path = tests::small_path();
  path.steps[6].review->within = hours(500);
  Play play(tests::plan_of(path));
  play.rehearse(SHARED
                "h30 adviser complete project; h40 coordinator approve project; h50 adviser "
                "complete search as found; h51 adviser refer tutor to cafe; h52 tutor@cafe "
                "accept_referral tutor; h60 tutor@cafe complete immersion as good; h61 teacher "
                "approve immersion reserving because hours");
  EXPECT_EQ(play.duties(), "step housing by volunteer@circle, task immersion by tutor@cafe");

  EXPECT_EQ(play.say("h62 adviser revoke_referral tutor"),
            "referral_revoked(tutor to cafe) task_assigned(to adviser@mission immersion)");
  EXPECT_EQ(play.say("h63 adviser refer tutor to bakery"), "referral_requested(tutor to bakery)");
  EXPECT_EQ(play.say("h64 tutor@bakery accept_referral tutor"),
            "referral_accepted(tutor to bakery) task_assigned(to tutor@bakery immersion)");
}

TEST(CaseTasks, OfSomebodyWhoIsAwayGoOnAfterTheEndOfTheCase) {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"h12 coordinator person_absent adviser until h200",
       "person_absent(adviser) absence_begun task_assigned(to adviser@mission call)"},
      {"h12 coordinator person_removed adviser",
       "person_removed task_assigned(to adviser@mission call)"},
      {"h12 coordinator person_removed adviser to adviser#b",
       "person_removed task_assigned(to adviser@mission call)"},
  };
  for (const auto& [says, gives] : rows) {
    Play play(tests::plan_of(path_with_follow_ups()));
    play.rehearse(CLOSED "h11 adviser take task:call");

    EXPECT_EQ(play.say(says), gives);
    EXPECT_EQ(play.state().tasks[0].person,
              std::string_view(says).ends_with("#b") ? "adviser#b" : "");
  }
}

TEST(CaseTasks, OnceAllAreDoneTheCaseHearsOfNoAbsence) {
  Play play(tests::plan_of(path_with_follow_ups()));
  play.rehearse(CLOSED "h11 adviser complete task:call; h12 adviser complete task:visit");

  EXPECT_EQ(play.say("h13 coordinator person_absent adviser until h200"), "refused case_closed");
}

TEST(CaseTasks, HaveNamesOfTheirOwn) {
  const std::vector<Task> tasks = {{.name = "call"}, {.name = "call-2"}};

  EXPECT_EQ(new_task_name(tasks, "visit"), "visit");
  EXPECT_EQ(new_task_name(tasks, "call"), "call-3");
  EXPECT_EQ(find_task(tasks, "call-2"), &tasks[1]);
  EXPECT_EQ(find_task(tasks, ""), nullptr);
}

TEST(CaseTasks, AreAtMostSoMany) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(SHARED "h30 adviser complete project");
  auto full = play.state();
  const auto approve = play.command("h40 coordinator approve project reserving because dates");
  full.tasks.resize(model::kTasksMax - 1);
  ASSERT_TRUE(decide(play.plan(), full, approve, tests::hour(40)));

  full.tasks.resize(model::kTasksMax);

  const auto refused = decide(play.plan(), full, approve, tests::hour(40));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RefusalCode::too_many_tasks);
}

TEST(CaseTasks, ThatFindNoRoomAtTheEndAreToldToTheCoordination) {
  Play play(tests::plan_of(path_with_follow_ups()));
  play.rehearse(TAKEN);
  auto full = play.state();
  full.tasks.resize(model::kTasksMax - 1);
  const auto closed = decide(play.plan(),
                             full,
                             play.command("h10 adviser complete welcome as elsewhere"),
                             tests::hour(10));

  ASSERT_TRUE(closed);
  const auto& left_out = closed->back();
  EXPECT_EQ(left_out.kind, EventKind::follow_ups_left_out);
  EXPECT_EQ(left_out.told, play.plan().protocol.coordinated_by);
  EXPECT_EQ(std::ranges::count(*closed, EventKind::task_opened, &Event::kind), 1);
  const auto told = notices(play.plan().protocol, full, left_out);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, NoticeKind::follow_ups_left_out);
}

}  // namespace
}  // namespace protoflow::engine
