// Who hears of what: the last command | the history before | the notices.
#include "engine/duty/notice.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::Play;

struct Row {
  const char* says;
  const char* before;
  const char* letters;
};

#define WELCOMED                                                                                \
  "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as engaged with " \
  "minor=no,french=A1;"
#define SEARCHING                                                                          \
  WELCOMED                                                                                 \
  "h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project; h50 " \
  "coordinator approve project;"
#define FOUND SEARCHING "h57 adviser complete search as found;"

class Notices : public testing::TestWithParam<Row> {};

TEST_P(Notices, ReachWhomTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);
  (void)play.letters();  // those of the history before

  play.rehearse(GetParam().says);

  EXPECT_EQ(play.letters(), GetParam().letters) << GetParam().says;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, Notices, testing::Values(
    Row{"h0 coordinator open", "", "offered->adviser@mission"},
    Row{"h1 adviser decline welcome", "h0 coordinator open", "offered->adviser@foyer declined->coordinator@mission"},
    Row{"h24 tick", "h0 coordinator open", "offered->adviser@foyer declined->coordinator@mission"},
    Row{"h48 tick", "h0 coordinator open; h1 adviser take welcome", "reminder->adviser@mission(adviser)"},
    Row{"h72 tick", "h0 coordinator open; h1 adviser take welcome; h71 tick", "late->adviser@mission(adviser) late->coordinator@mission"},
    Row{"h96 tick", "h0 coordinator open; h1 adviser take welcome; h72 tick", "escalated->steering@board taken_over->adviser@mission(adviser) late->teacher@school"},
    Row{"h10 adviser complete welcome as engaged with minor=no,french=A1", "h0 coordinator open; h1 adviser take welcome",
        "informed->steering@board offered->adviser@mission offered->volunteer@circle"},
    Row{"h40 adviser complete project", WELCOMED "h20 adviser complete sharing-talk with sharing=yes", "review_requested->coordinator@mission"},
    Row{"h41 coordinator give_back project because hours", WELCOMED "h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project", "returned->adviser@mission(adviser)"},
    Row{"h41 coordinator approve project", WELCOMED "h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project", "approved->adviser@mission(adviser) offered->adviser@mission"},
    Row{"h88 tick", WELCOMED "h20 adviser complete sharing-talk with sharing=yes; h40 adviser complete project; h87 tick", "review_late->coordinator@mission"},
    Row{"h57 adviser record with french=B1", SEARCHING, "deadline_moved->adviser@mission"},
    Row{"h57 coordinator resume_case", SEARCHING "h55 coordinator pause", "deadline_moved->volunteer@circle deadline_moved->adviser@mission"},
    Row{"h61 adviser refer tutor to cafe", FOUND "h60 tick", "referral_requested->tutor@cafe"},
    Row{"h62 tutor@cafe accept_referral tutor", FOUND "h61 adviser refer tutor to cafe", "referral_accepted->adviser@mission referral_accepted->tutor@cafe offered->tutor@cafe"},
    Row{"h62 tutor@cafe decline_referral tutor", FOUND "h61 adviser refer tutor to cafe", "referral_declined->adviser@mission referral_declined->tutor@cafe"},
    Row{"h62 adviser revoke_referral tutor", FOUND "h61 adviser refer tutor to cafe", "referral_revoked->adviser@mission referral_revoked->tutor@cafe"},
    Row{"h109 tick", FOUND "h61 adviser refer tutor to cafe; h108 tick", "referral_expired->adviser@mission referral_expired->tutor@cafe"},
    Row{"h72 coordinator resume_case", FOUND "h61 adviser refer tutor to cafe; h62 coordinator pause", "deadline_moved->volunteer@circle deadline_moved->tutor@mission deadline_moved->tutor@cafe"},
    Row{"h71 teacher approve immersion", FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe accept_referral tutor; h70 tutor@cafe complete immersion as bad",
        "approved->tutor@cafe(tutor@cafe) reopened->adviser@mission reopened->tutor@cafe offered->adviser@mission"},
    // Steps that were still waiting are withdrawn without a word; who had work in hand hears of it, and everyone of the end.
    Row{"h12 beneficiary close left", WELCOMED, "withdrawn->adviser@mission withdrawn->volunteer@circle closed->coordinator@mission closed->adviser@mission closed->volunteer@circle closed->beneficiary@mission"}));
// clang-format on

}  // namespace
}  // namespace protoflow::engine
