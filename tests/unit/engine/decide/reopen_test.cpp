// A closed case goes on: who | command | the history before | the events, or the refusal.
#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hours;
using tests::Play;

tests::ProtocolSpec path_with_follow_up() {
  auto path = tests::small_path();
  path.endings[5].follow_ups = {{.name = "call", .responsible = "adviser", .within = hours(50)}};
  return path;
}

struct Row {
  const char* says;
  const char* before;
  const char* gives;
};

#define TAKEN "h0 coordinator open; h1 adviser take welcome;"
#define LEFT TAKEN "h10 beneficiary close left;"
#define SHARED                                                                             \
  TAKEN                                                                                    \
  "h10 adviser complete welcome as engaged with minor=no,french=A1; h20 adviser complete " \
  "sharing-talk with sharing=yes;"
#define WAITING                                                                 \
  "step_restored(guardian) step_restored(sharing-talk) step_restored(housing) " \
  "step_restored(project) step_restored(search) step_restored(immersion)"

// clang-format off
const std::vector<Row> kRows = {
    {"h30 coordinator reopen_case because mistaken", LEFT, "case_reopened task_withdrawn(call dropped) step_restored(welcome calm) " WAITING},
    {"h30 coordinator reopen_case",                LEFT, "refused why_needed"},
    {"h30 adviser reopen_case because mistaken",   LEFT, "refused not_yours coordinator@mission"},
    {"h30 coordinator reopen_case because mistaken", TAKEN, "refused case_not_closed"},
    {"h30 coordinator reopen_case because mistaken", TAKEN "h2 coordinator pause", "refused case_paused"},
    {"h30 coordinator reopen_case because mistaken", "", "refused not_opened"},
    {"h30 coordinator reopen_case because mistaken", LEFT "h11 adviser complete task:call", "case_reopened step_restored(welcome calm) " WAITING},
    {"h31 coordinator reopen_case because mistaken", LEFT "h30 coordinator reopen_case because mistaken", "refused case_not_closed"},
    // It would close at once by the same rule; where somebody's outcome has ended it, it would not.
    {"h30 coordinator reopen_case because mistaken", SHARED "h25 volunteer complete housing as lost", "refused would_close_again"},
    {"h30 coordinator reopen_case because mistaken", TAKEN "h10 adviser complete welcome as elsewhere",
     "case_reopened step_restored(guardian) step_restored(sharing-talk) step_restored(housing) step_restored(project) step_restored(search) step_restored(immersion) "
     "step_not_needed(guardian) step_not_needed(sharing-talk) step_not_needed(housing) step_offered(project to adviser@mission calm)"},
    // What was late stays late; what was ahead has as much longer.
    {"h300 coordinator reopen_case because mistaken", TAKEN "h80 tick; h81 beneficiary close left; h200 adviser complete task:call", "case_reopened step_restored(welcome late) " WAITING},
    {"h91 tick",  LEFT "h30 coordinator reopen_case because mistaken; h90 tick", ""},
    {"h92 tick",  LEFT "h30 coordinator reopen_case because mistaken; h91 tick", "step_late(welcome late) lateness_told(welcome tells coordinator)"},
    {"h35 adviser complete welcome as engaged with minor=no,french=A1", LEFT "h30 coordinator reopen_case because mistaken",
     "step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h70 coordinator approve project", SHARED "h30 adviser complete project; h40 beneficiary close left; h60 coordinator reopen_case because mistaken",
     "review_approved(project met) step_offered(search to adviser@mission calm)"},
    {"h97 tick", SHARED "h30 adviser complete project; h40 beneficiary close left; h60 coordinator reopen_case because mistaken; h90 tick", ""},
    {"h98 tick", SHARED "h30 adviser complete project; h40 beneficiary close left; h60 coordinator reopen_case because mistaken; h97 tick", "review_late(project tells coordinator)"},
    {"h61 volunteer resume housing", SHARED "h21 volunteer take housing; h22 volunteer hold housing; h40 beneficiary close left; h60 coordinator reopen_case because mistaken", "step_resumed(housing)"},
    // The pause in which it was closed counts as well.
    {"h30 coordinator reopen_case because mistaken", TAKEN "h5 coordinator pause; h10 beneficiary close left", "case_reopened task_withdrawn(call dropped) step_restored(welcome calm) " WAITING},
    {"h96 tick",  TAKEN "h5 coordinator pause; h10 beneficiary close left; h30 coordinator reopen_case because mistaken; h95 tick", ""},
    {"h97 tick",  TAKEN "h5 coordinator pause; h10 beneficiary close left; h30 coordinator reopen_case because mistaken; h96 tick", "step_late(welcome late) lateness_told(welcome tells coordinator)"},
};

// clang-format on

class Reopens : public testing::TestWithParam<Row> {};

TEST_P(Reopens, AsTheTableSays) {
  Play play(tests::plan_of(path_with_follow_up()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Table, Reopens, testing::ValuesIn(kRows));

TEST(ReopenedCase, IsOwedByThoseWhoHadIt) {
  Play play(tests::plan_of(path_with_follow_up()));
  play.rehearse(SHARED "h21 volunteer take housing; h30 adviser complete project");
  const auto before = play.duties();

  play.rehearse("h40 beneficiary close left; h60 coordinator reopen_case because mistaken");

  EXPECT_EQ(play.duties(), before);
  EXPECT_EQ(play.state().status, CaseStatus::reopened);
  EXPECT_EQ(play.state().closed, model::kNever);
}

TEST(ReopenedCase, IsToldToEveryone) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(LEFT);
  (void)play.letters();

  play.rehearse("h30 coordinator reopen_case because mistaken");

  EXPECT_EQ(play.letters(),
            "case_reopened->coordinator@mission case_reopened->adviser@mission "
            "case_reopened->beneficiary@mission restored->adviser@mission(adviser)");
}

}  // namespace
}  // namespace protoflow::engine
