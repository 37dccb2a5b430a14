// What was said by mistake: who | command | the history before | the events, or the refusal. The
// number after `of` is the place of an event in the history.
#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::Play;

struct Row {
  const char* says;
  const char* before;
  const char* gives;
};

// 1 opened, 2 offered, 3 taken, 4 completed, 5 guardian not needed, 6 and 7 offered.
#define WELCOMED                                                                                \
  "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as engaged with " \
  "minor=no,french=A1;"
// 8 taken, 9 completed, 10 project offered.
#define SHARED WELCOMED "h20 adviser complete sharing-talk with sharing=yes;"
// 11 taken, 12 completed, 13 approved, 14 search offered.
#define SEARCHING SHARED "h30 adviser complete project; h40 coordinator approve project;"
// 15 taken, 16 completed, 17 immersion offered.
#define FOUND SEARCHING "h50 adviser complete search as found;"

// clang-format off
const std::vector<Row> kVoids = {
    {"h57 coordinator void_event because wrong of 16", FOUND, "event_voided(search) step_reopened(search) step_reopened(immersion) step_offered(search to adviser@mission calm)"},
    {"h57 adviser void_event because wrong of 16",     FOUND, "event_voided(search) step_reopened(search) step_reopened(immersion) step_offered(search to adviser@mission calm)"},
    {"h57 teacher void_event because wrong of 16",     FOUND, "refused not_yours coordinator@mission"},
    {"h57 coordinator void_event of 16",               FOUND, "refused why_needed"},
    {"h57 coordinator void_event because wrong of 17", FOUND, "refused not_correctable"},
    {"h57 coordinator void_event because wrong of 99", FOUND, "refused not_correctable"},
    {"h57 coordinator void_event because wrong",       FOUND, "refused not_correctable"},
    {"h57 coordinator void_event because wrong of 16", FOUND "h57 coordinator void_event because wrong of 16", "refused not_correctable"},
    {"h57 coordinator void_event because wrong of 16", FOUND "h55 coordinator pause", "refused case_paused"},
    // A review has been given on it: not the doer alone.
    {"h57 adviser void_event because wrong of 12",     FOUND, "refused not_yours coordinator@mission"},
    {"h57 coordinator void_event because wrong of 13", FOUND, "event_voided(project) step_reopened(project) step_reopened(search) step_reopened(immersion) step_offered(project to adviser@mission calm)"},
    {"h35 coordinator void_event because wrong of 12", SHARED "h30 adviser complete project", "event_voided(project) step_reopened(project) step_offered(project to adviser@mission calm)"},
    // With an event goes all that it said: the values, and what had opened because of them.
    {"h57 coordinator void_event because wrong of 4",  WELCOMED, "event_voided(welcome) step_reopened(welcome) step_reopened(guardian) step_reopened(sharing-talk) step_reopened(housing) step_offered(welcome to adviser@mission calm)"},
    // A consent that nobody has given closes what needed it.
    {"h57 coordinator void_event because wrong of 9",  FOUND,
     "event_voided(sharing-talk) step_reopened(sharing-talk) step_reopened(project) step_reopened(search) step_reopened(immersion) step_offered(sharing-talk to adviser@mission)"},
    {"h57 adviser void_event because wrong of 18",     FOUND "h55 adviser record with french=B1", "event_voided"},
    {"h57 tutor@cafe void_event because wrong of 18",  FOUND "h55 adviser record with french=B1", "refused not_yours coordinator@mission"},
};

const std::vector<Row> kCorrections = {
    {"h57 adviser correct_event search as none because wrong of 16", FOUND, "event_corrected(search as none) step_reopened(immersion) step_not_needed(immersion)"},
    {"h57 adviser correct_event search as found because wrong of 16", FOUND, "refused correction_needed"},
    {"h57 adviser correct_event because wrong of 16",  FOUND, "refused correction_needed"},
    {"h57 adviser correct_event search as none of 16", FOUND, "refused why_needed"},
    {"h57 coordinator correct_event project as done because wrong of 16", FOUND, "refused correction_needed"},
    {"h57 coordinator correct_event with french=A2 because wrong of 4", FOUND, "event_corrected(welcome)"},
    {"h57 coordinator correct_event with french=C9 because wrong of 4", FOUND, "refused value_out_of_range french"},
    {"h57 coordinator correct_event with french=A2 because wrong of 16", FOUND, "refused information_not_here french"},
    {"h57 coordinator correct_event with sharing=no because wrong of 16", FOUND, "refused consent_not_asked_here sharing"},
    {"h57 coordinator correct_event with sharing=no because wrong of 9", FOUND, "event_corrected(sharing-talk) step_reopened(search) step_reopened(immersion) step_not_needed(search) step_not_needed(immersion)"},
    {"h57 coordinator correct_event with minor=yes because wrong of 4", WELCOMED, "event_corrected(welcome) step_reopened(guardian) step_reopened(sharing-talk) step_offered(guardian to adviser@mission)"},
    {"h57 coordinator correct_event search as found because wrong of 20", FOUND "h57 adviser correct_event search as none because wrong of 16; h57 tick", "refused not_correctable"},
    {"h57 coordinator correct_event search as found because wrong of 18", FOUND "h57 adviser correct_event search as none because wrong of 16", "event_corrected(search as found) step_reopened(immersion) step_offered(immersion to tutor@mission calm)"},
};

// 15 search not needed, 16 immersion not needed, 17 housing done, 18 closed as alone: nobody shares.
#define REFUSED                                                                             \
  WELCOMED                                                                                  \
  "h20 adviser complete sharing-talk with sharing=no; h30 adviser complete project; h40 "   \
  "coordinator approve project; h50 volunteer complete housing as found;"

const std::vector<Row> kEndings = {
    {"h60 coordinator correct_event welcome as engaged because wrong of 4", "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as elsewhere",
     "case_reopened step_restored(guardian) step_restored(sharing-talk) step_restored(housing) step_restored(project) step_restored(search) step_restored(immersion) "
     "event_corrected(welcome as engaged) step_offered(housing to volunteer@circle calm)"},
    {"h60 coordinator void_event because wrong of 4", "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as elsewhere",
     "case_reopened step_restored(guardian) step_restored(sharing-talk) step_restored(housing) step_restored(project) step_restored(search) step_restored(immersion) "
     "event_voided(welcome) step_reopened(welcome) step_offered(welcome to adviser@mission calm)"},
    // By somebody's decision: it stays closed, whatever was recorded.
    {"h60 coordinator correct_event with french=A2 because wrong of 4", WELCOMED "h50 beneficiary close left", "event_corrected(welcome)"},
    {"h60 coordinator void_event because wrong of 4", WELCOMED "h50 beneficiary close left", "refused reopen_first"},
    // By the rules, which the correction does not touch: it stays closed in the same way.
    {"h60 coordinator correct_event with french=A2 because wrong of 4", REFUSED, "event_corrected(welcome)"},
};

// clang-format on

class Corrects : public testing::TestWithParam<Row> {};

TEST_P(Corrects, AsTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Voids, Corrects, testing::ValuesIn(kVoids));
INSTANTIATE_TEST_SUITE_P(Corrections, Corrects, testing::ValuesIn(kCorrections));
INSTANTIATE_TEST_SUITE_P(Endings, Corrects, testing::ValuesIn(kEndings));

TEST(Correction, OfARecordLetsWhatWasKnownBeforeBeKnownAgain) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(WELCOMED "h11 adviser record with french=A2; h12 adviser record with french=B1");
  const auto french = [&] { return play.state().informations[1]; };
  ASSERT_EQ(french().value.number, 3);

  play.rehearse("h13 adviser void_event because wrong of 9");
  EXPECT_EQ(french().value.number, 2);
  play.rehearse("h14 adviser void_event because wrong of 10");
  EXPECT_EQ(french().value.number, 1);
  play.rehearse("h15 coordinator void_event because wrong of 11");

  EXPECT_EQ(french().known, Known::no);
  EXPECT_TRUE(play.state().superseded.empty());
}

TEST(Correction, LeavesNoTraceOfAWrongValue) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(WELCOMED "h11 adviser record with french=A2");

  play.rehearse(
      "h12 adviser correct_event with french=B1 because wrong of 8; h13 adviser "
      "void_event because wrong of 9");

  EXPECT_EQ(play.state().informations[1].value.number, 1);
}

TEST(Correction, SaysWhoseWorkItUndoes) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(FOUND);

  const auto events = decide(play.plan(),
                             play.state(),
                             play.command("h60 coordinator void_event because wrong of 13"),
                             tests::hour(60));

  ASSERT_TRUE(events);
  EXPECT_EQ(undone(play.state(), *events), (std::vector{model::StepId{4}, model::StepId{5}}));
}

TEST(Correction, OfAReviewedStepTakesItsReservationsBack) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(SHARED
                "h30 adviser complete project; h40 coordinator approve project reserving because "
                "dates");

  EXPECT_EQ(play.say("h50 coordinator void_event because wrong of 13"),
            "event_voided(project) task_withdrawn(project dropped) step_reopened(project) "
            "step_reopened(search) step_offered(project to adviser@mission calm)");
}

TEST(Correction, IsRefusedOnceAStepHasHadAllItsRounds) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(FOUND);
  auto state = play.state();
  const auto command = play.command("h60 coordinator void_event because wrong of 16");
  state.steps[5].round = model::kRoundsMax - 1;
  ASSERT_TRUE(decide(play.plan(), state, command, tests::hour(60)));

  state.steps[5].round = model::kRoundsMax;

  EXPECT_EQ(decide(play.plan(), state, command, tests::hour(60)).error().code,
            RefusalCode::not_possible_now);
}

TEST(Correction, IsToldToTheDoerAndToTheCoordination) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(FOUND);
  (void)play.letters();

  play.rehearse("h57 coordinator correct_event search as none because wrong of 16");

  EXPECT_EQ(play.letters(),
            "corrected->adviser@mission(adviser) corrected->coordinator@mission "
            "reopened->tutor@mission");
}

}  // namespace
}  // namespace protoflow::engine
