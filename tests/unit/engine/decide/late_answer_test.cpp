// Whoever was asked first and was slow: who | command | the history before | the events, or the
// refusal.
#include "engine/decide/late_answer.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::Play;

struct Row {
  const char* says;
  const char* before;
  const char* gives;
};

#define OPEN "h0 coordinator open;"
#define LAPSED OPEN "h24 tick;"
#define ESCALATED OPEN "h96 tick;"

// clang-format off
const std::vector<Row> kRows = {
    {"h30 adviser take welcome",         LAPSED, "step_answered_late(welcome to adviser@mission tells adviser) step_taken(welcome)"},
    {"h30 adviser complete welcome as engaged with minor=no,french=A1", LAPSED, "step_answered_late(welcome to adviser@mission tells adviser) step_taken(welcome) step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h30 adviser@foyer take welcome",   LAPSED, "step_taken(welcome)"},
    {"h6 adviser take welcome",          OPEN "h5 adviser decline welcome because full", "step_answered_late(welcome to adviser@mission tells adviser) step_taken(welcome)"},
    {"h55 adviser@foyer take welcome",   LAPSED "h48 tick", "step_answered_late(welcome to adviser@foyer tells coordinator) step_taken(welcome)"},
    {"h97 adviser take welcome",         ESCALATED, "step_answered_late(welcome to adviser@mission tells steering) step_taken(welcome)"},
    {"h6 adviser@foyer take welcome",    OPEN, "refused not_yours adviser@mission"},
    {"h30 teacher take welcome",         LAPSED, "refused not_yours adviser@foyer"},
    {"h30 adviser decline welcome",      LAPSED, "refused not_yours adviser@foyer"},
    {"h30 adviser take welcome",         LAPSED "h25 adviser@foyer take welcome", "refused not_yours adviser@foyer"},
    {"h30 adviser take welcome",         LAPSED "h25 adviser@foyer hand_over welcome to mission", "refused not_yours adviser@foyer"},
};
// clang-format on

class AnswersLate : public testing::TestWithParam<Row> {};

TEST_P(AnswersLate, AsTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Table, AnswersLate, testing::ValuesIn(kRows));

TEST(LateAnswer, IsKnownBeforeItIsGiven) {
  Play play(tests::plan_of(tests::small_path()));
  const auto& protocol = play.plan().protocol;
  const auto turn = [&](const char* who) {
    return turn_before(protocol, play.state(), {0}, tests::actor_of(who, protocol));
  };
  play.rehearse(OPEN);
  EXPECT_FALSE(turn("adviser"));  // it is theirs
  play.rehearse("h24 tick");
  EXPECT_EQ(turn("adviser"), 0);
  EXPECT_FALSE(turn("adviser@foyer"));
  EXPECT_FALSE(turn("teacher"));
  play.rehearse("h25 adviser@foyer take welcome");
  EXPECT_FALSE(turn("adviser"));
}

TEST(LateAnswer, MakesThemResponsibleAgainAndTellsWhoHadItMeanwhile) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(LAPSED);
  (void)play.letters();

  play.rehearse("h30 adviser take welcome");

  EXPECT_EQ(play.duties(), "step welcome by adviser@mission(adviser)");
  EXPECT_EQ(play.letters(), "answered_late->adviser@foyer");
}

TEST(LateAnswer, IsWithThemForAllThatFollows) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(ESCALATED "h97 adviser take welcome; h98 adviser release welcome");

  EXPECT_EQ(play.duties(), "step welcome by adviser@mission");
  EXPECT_EQ(play.say("h99 adviser decline welcome because full"),
            "step_declined(welcome to adviser@foyer)");
}

}  // namespace
}  // namespace protoflow::engine
