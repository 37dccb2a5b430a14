// A step in other hands: who | command | the history before | the events, or the refusal.
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
#define TAKEN OPEN "h1 adviser take welcome;"
#define PROPOSED TAKEN "h2 adviser hand_over welcome to foyer because moving;"
#define DELEGATED TAKEN "h2 adviser delegate welcome to adviser#2 until h10;"
#define WELCOMED TAKEN "h10 adviser complete welcome as engaged with minor=no,french=A1;"
#define SHARED WELCOMED "h20 adviser complete sharing-talk with sharing=yes;"
#define FOUND                                                                            \
  SHARED                                                                                 \
  "h40 adviser complete project; h50 coordinator approve project; h60 adviser complete " \
  "search as found;"
#define BOUND FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe accept_referral tutor;"

// clang-format off
const std::vector<Row> kDelegations = {
    {"h2 adviser delegate welcome to adviser#2",   OPEN,  "step_delegated(welcome)"},
    {"h2 adviser delegate welcome to adviser#2",   TAKEN, "step_delegated(welcome)"},
    {"h2 adviser delegate welcome to adviser",     TAKEN, "refused not_a_colleague adviser@mission"},
    {"h2 adviser delegate welcome",                TAKEN, "refused not_a_colleague adviser@mission"},
    {"h2 adviser delegate welcome to adviser@foyer", TAKEN, "refused not_a_colleague adviser@mission"},
    {"h2 adviser delegate welcome to coordinator", TAKEN, "refused not_a_colleague adviser@mission"},
    {"h2 adviser delegate welcome to adviser#2 until h2", TAKEN, "refused until_not_ahead"},
    {"h2 adviser#2 delegate welcome to adviser#3", TAKEN, "refused already_taken"},
    {"h2 coordinator delegate welcome to adviser#3", TAKEN, "refused not_yours adviser@mission"},
    {"h2 adviser delegate guardian to adviser#2",  TAKEN, "refused step_waits minor"},
    {"h11 adviser delegate welcome to adviser#2",  WELCOMED, "refused step_not_open"},
    {"h41 adviser delegate project to adviser#2",  SHARED "h40 adviser complete project", "refused not_possible_now"},
    {"h3 adviser delegate welcome to adviser#2",   PROPOSED, "refused being_handed_over adviser@foyer"},
    {"h3 adviser#2 delegate welcome to adviser#3", DELEGATED, "step_delegated(welcome)"},
    {"h3 adviser#2 release welcome",               DELEGATED, "step_released(welcome)"},
    {"h9 tick",                                    DELEGATED, ""},
    {"h10 tick",                                   DELEGATED, "delegation_ended(welcome)"},
    {"h11 tick",                                   DELEGATED "h10 tick", ""},
    {"h10 tick",                                   DELEGATED "h3 adviser#2 release welcome", ""},
    {"h10 tick",                                   DELEGATED "h3 coordinator pause", ""},
    {"h12 coordinator resume_case",                DELEGATED "h3 coordinator pause", "case_resumed deadline_moved(welcome)"},
    {"h12 tick",                                   DELEGATED "h3 coordinator pause; h12 coordinator resume_case", "delegation_ended(welcome)"},
};

const std::vector<Row> kHandOvers = {
    {"h2 adviser hand_over welcome to foyer",      OPEN,  "hand_over_proposed(welcome receiver adviser@foyer)"},
    {"h2 adviser hand_over welcome to foyer",      TAKEN, "hand_over_proposed(welcome receiver adviser@foyer)"},
    {"h2 adviser hand_over welcome to mission",    TAKEN, "hand_over_proposed(welcome receiver coordinator@mission)"},
    {"h2 adviser hand_over welcome to school",     TAKEN, "refused not_a_receiver adviser@school"},
    {"h2 adviser hand_over welcome",               TAKEN, "refused not_a_receiver adviser"},
    {"h2 adviser#2 hand_over welcome to foyer",    TAKEN, "refused already_taken"},
    {"h2 adviser@foyer hand_over welcome to foyer", TAKEN, "refused not_yours adviser@mission"},
    {"h3 adviser hand_over welcome to mission",    PROPOSED, "refused being_handed_over adviser@foyer"},
    {"h41 adviser hand_over project to foyer",     SHARED "h40 adviser complete project", "refused not_possible_now"},
    {"h13 volunteer hand_over housing to mission", WELCOMED "h12 volunteer take housing", "hand_over_proposed(housing receiver coordinator@mission)"},
    {"h13 volunteer hand_over housing to mission", WELCOMED "h12 volunteer take housing; h12 volunteer hold housing", "hand_over_proposed(housing receiver coordinator@mission)"},
    {"h63 tutor@cafe hand_over immersion to bakery", BOUND, "hand_over_proposed(immersion receiver tutor@bakery)"},
    {"h63 tutor@cafe hand_over immersion to school", BOUND, "refused not_a_receiver tutor@school"},
    {"h61 adviser hand_over immersion to bakery",  FOUND, "refused role_not_bound adviser@mission"},
    {"h98 steering hand_over welcome to town",     TAKEN "h96 tick", "hand_over_proposed(welcome receiver steering@town)"},
    {"h98 steering hand_over welcome to mission",  TAKEN "h96 tick", "hand_over_proposed(welcome receiver coordinator@mission)"},
};

const std::vector<Row> kAnswers = {
    {"h3 adviser@foyer accept_hand_over welcome",  PROPOSED, "hand_over_accepted(welcome to adviser@foyer receiver adviser@foyer tells adviser)"},
    {"h3 adviser@foyer refuse_hand_over welcome because full", PROPOSED, "hand_over_refused(welcome receiver adviser@foyer)"},
    {"h3 adviser@foyer refuse_hand_over welcome",  PROPOSED, "refused why_needed"},
    {"h3 adviser take_back welcome",               PROPOSED, "hand_over_taken_back(welcome receiver adviser@foyer)"},
    {"h3 adviser#2 take_back welcome",             PROPOSED, "refused already_taken"},
    {"h3 adviser@foyer take_back welcome",         PROPOSED, "refused not_yours adviser@mission"},
    {"h3 adviser accept_hand_over welcome",        PROPOSED, "refused not_yours adviser@foyer"},
    {"h3 adviser@foyer accept_hand_over welcome",  TAKEN, "refused no_hand_over_pending"},
    {"h3 adviser take_back welcome",               TAKEN, "refused no_hand_over_pending"},
    {"h3 adviser@foyer accept_hand_over guardian", PROPOSED, "refused step_waits minor"},
    {"h3 adviser release welcome",                 PROPOSED, "refused being_handed_over adviser@foyer"},
    {"h3 adviser take welcome",                    OPEN "h2 adviser hand_over welcome to foyer", "refused being_handed_over adviser@foyer"},
    {"h3 adviser decline welcome",                 OPEN "h2 adviser hand_over welcome to foyer", "step_declined(welcome to adviser@foyer receiver adviser@foyer)"},
    {"h3 adviser complete welcome as engaged with minor=no,french=A1", PROPOSED,
     "hand_over_taken_back(welcome receiver adviser@foyer) step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h25 tick",                                   PROPOSED, ""},
    {"h26 tick",                                   PROPOSED, "hand_over_expired(welcome receiver adviser@foyer)"},
    {"h27 adviser@foyer accept_hand_over welcome", PROPOSED "h26 tick", "refused no_hand_over_pending"},
    {"h40 coordinator resume_case",                PROPOSED "h10 coordinator pause", "case_resumed deadline_moved(welcome)"},
    {"h55 tick",                                   PROPOSED "h10 coordinator pause; h40 coordinator resume_case", ""},
    {"h56 tick",                                   PROPOSED "h10 coordinator pause; h40 coordinator resume_case", "hand_over_expired(welcome receiver adviser@foyer)"},
    // Nothing is due by a date: whoever gives it waits for the answer, but lateness does not.
    {"h210 tick", WELCOMED "h12 volunteer take housing; h13 volunteer hand_over housing to mission; h205 tick", ""},
    {"h96 tick",  TAKEN "h90 tick; h91 adviser hand_over welcome to foyer",
     "step_escalated(welcome to steering@board receiver adviser@foyer escalated) lateness_told(welcome tells teacher)"},
    {"h4 adviser@foyer release welcome",           PROPOSED "h3 adviser@foyer accept_hand_over welcome", "step_released(welcome)"},
    {"h5 adviser@foyer decline welcome because full", PROPOSED "h3 adviser@foyer accept_hand_over welcome", "step_declined(welcome to coordinator@mission)"},
    {"h5 adviser complete welcome as engaged",     PROPOSED "h3 adviser@foyer accept_hand_over welcome", "refused not_yours adviser@foyer"},
    // What a partner has taken over stays with it, whatever becomes of the role's binding.
    {"h66 adviser revoke_referral tutor",          BOUND "h63 tutor@cafe hand_over immersion to bakery; h64 tutor@bakery accept_hand_over immersion", "referral_revoked(tutor to cafe)"},
    {"h67 tutor@bakery complete immersion as good", BOUND "h63 tutor@cafe hand_over immersion to bakery; h64 tutor@bakery accept_hand_over immersion; h66 adviser revoke_referral tutor", "step_completed(immersion as good)"},
    {"h9 beneficiary close left",                  PROPOSED, "step_withdrawn(welcome receiver adviser@foyer dropped) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as left)"},
};

struct LetterRow {
  const char* says;
  const char* before;
  const char* letters;
};

const std::vector<LetterRow> kLetters = {
    {"h2 adviser delegate welcome to adviser#2", TAKEN, "delegated->adviser@mission(adviser#2)"},
    {"h10 tick", DELEGATED, "delegation_ended->adviser@mission(adviser)"},
    {"h2 adviser hand_over welcome to foyer", TAKEN, "hand_over_proposed->adviser@foyer"},
    {"h3 adviser@foyer accept_hand_over welcome", PROPOSED, "hand_over_accepted->adviser@mission hand_over_accepted->coordinator@mission"},
    {"h3 adviser@foyer refuse_hand_over welcome because full", PROPOSED, "hand_over_refused->adviser@mission(adviser)"},
    {"h3 adviser take_back welcome", PROPOSED, "hand_over_ended->adviser@foyer"},
    {"h26 tick", PROPOSED, "hand_over_refused->adviser@mission(adviser) hand_over_ended->adviser@foyer"},
    {"h96 tick", TAKEN "h90 tick; h91 adviser hand_over welcome to foyer", "escalated->steering@board taken_over->adviser@mission(adviser) hand_over_ended->adviser@foyer late->teacher@school"},
};

// clang-format on

class HandsOver : public testing::TestWithParam<Row> {};

TEST_P(HandsOver, AsTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Delegations, HandsOver, testing::ValuesIn(kDelegations));
INSTANTIATE_TEST_SUITE_P(HandOvers, HandsOver, testing::ValuesIn(kHandOvers));
INSTANTIATE_TEST_SUITE_P(Answers, HandsOver, testing::ValuesIn(kAnswers));

class HandOverLetters : public testing::TestWithParam<LetterRow> {};

TEST_P(HandOverLetters, ReachWhomTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);
  (void)play.letters();

  play.rehearse(GetParam().says);

  EXPECT_EQ(play.letters(), GetParam().letters) << GetParam().says;
}

INSTANTIATE_TEST_SUITE_P(Table, HandOverLetters, testing::ValuesIn(kLetters));

TEST(HandOver, LeavesTheStepWithWhoGivesItUntilTheReceiverAccepts) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(PROPOSED);
  const auto since = play.step("welcome").since_version;

  EXPECT_EQ(play.duties(),
            "step welcome by adviser@mission(adviser), receive welcome by adviser@foyer");
  play.rehearse("h3 adviser@foyer accept_hand_over welcome");

  EXPECT_EQ(play.duties(), "step welcome by adviser@foyer(adviser@foyer)");
  EXPECT_GT(play.step("welcome").since_version, since);
}

TEST(HandOver, ThatComesBackLeavesNoTraceInWhoIsResponsible) {
  for (const auto* says : {"h3 adviser@foyer refuse_hand_over welcome because full",
                           "h3 adviser take_back welcome",
                           "h26 tick"}) {
    Play play(tests::plan_of(tests::small_path()));
    play.rehearse(TAKEN);
    const auto before = play.duties();
    const auto since = play.step("welcome").since_version;

    play.rehearse("h2 adviser hand_over welcome to foyer");
    play.rehearse(says);

    EXPECT_EQ(play.duties(), before) << says;
    EXPECT_EQ(play.step("welcome").since_version, since) << says;
  }
}

TEST(Delegation, ComesBackToWhoGaveItByNameOrElseToTheRole) {
  Play by_name(tests::plan_of(tests::small_path()));
  by_name.rehearse(DELEGATED);
  EXPECT_EQ(by_name.duties(), "step welcome by adviser@mission(adviser#2)");
  by_name.rehearse("h10 tick");
  EXPECT_EQ(by_name.duties(), "step welcome by adviser@mission(adviser)");

  Play by_role(tests::plan_of(tests::small_path()));
  by_role.rehearse(OPEN "h2 adviser delegate welcome to adviser#2 until h10; h10 tick");
  EXPECT_EQ(by_role.duties(), "step welcome by adviser@mission");
  EXPECT_EQ(by_role.say("h11 adviser#3 take welcome"), "step_taken(welcome)");
}

TEST(Delegation, IsOverOnceTheColleagueHasFinished) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(SHARED
                "h30 adviser delegate project to adviser#2 until h60; h40 adviser#2 "
                "complete project; h50 coordinator give_back project because hours");

  EXPECT_EQ(play.duties(),
            "step housing by volunteer@circle, step project by adviser@mission(adviser#2)");
  EXPECT_EQ(play.say("h60 tick"), "step_reminded(housing due_soon)");
}

}  // namespace
}  // namespace protoflow::engine
