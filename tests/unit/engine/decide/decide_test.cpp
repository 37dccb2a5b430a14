// What may be done: who | command | the history before | the events, or the refusal.
#include "engine/decide/decide.hpp"

#include <algorithm>
#include <set>

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

constexpr const char* kOpen = "h0 coordinator open";
// Welcomed and engaged, an adult with A1: sharing-talk and housing are open.
#define WELCOMED                                                                                \
  "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as engaged with " \
  "minor=no,french=A1;"
#define SHARED WELCOMED "h20 adviser complete sharing-talk with sharing=yes;"
#define PROJECT_IN_REVIEW SHARED "h40 adviser complete project;"
#define SEARCHING PROJECT_IN_REVIEW "h50 coordinator approve project;"
#define FOUND SEARCHING "h60 adviser complete search as found;"
#define BOUND FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe accept_referral tutor;"

// clang-format off
const std::vector<Row> kCases = {
    {"h0 coordinator open",   "",                    "case_opened step_offered(welcome to adviser@mission calm)"},
    {"h0 adviser open",       "",                    "refused not_yours coordinator@mission"},
    {"h1 coordinator open",   kOpen,                 "refused already_opened"},
    {"h1 adviser take welcome", "",                  "refused not_opened"},
    {"h2 coordinator pause because holiday", kOpen,  "case_paused"},
    {"h2 adviser pause",      kOpen,                 "refused not_yours coordinator@mission"},
    {"h3 adviser take welcome", "h0 coordinator open; h2 coordinator pause", "refused case_paused"},
    {"h3 coordinator pause",  "h0 coordinator open; h2 coordinator pause", "refused case_paused"},
    {"h9 coordinator resume_case", "h0 coordinator open; h2 coordinator pause", "case_resumed deadline_moved(welcome)"},
    {"h9 adviser resume_case", "h0 coordinator open; h2 coordinator pause", "refused not_yours coordinator@mission"},
    {"h9 coordinator resume_case on h1", "h0 coordinator open; h2 coordinator pause", "refused happened_out_of_order"},
    {"h9 coordinator resume_case", kOpen,            "refused case_not_paused"},
    {"h9 beneficiary close left", kOpen,             "step_withdrawn(welcome dropped) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as left)"},
    {"h9 coordinator close left", kOpen,             "refused not_yours beneficiary@mission"},
    {"h9 coordinator close success", kOpen,          "refused ending_needed"},
    {"h9 coordinator close", kOpen,                  "refused ending_needed"},
    {"h9 adviser take welcome", "h0 coordinator open; h1 beneficiary close left", "refused case_closed"},
    {"h9 coordinator open",   "h0 coordinator open; h1 beneficiary close left", "refused case_closed"},
    {"h9 beneficiary close left", "h0 coordinator open; h1 coordinator pause", "step_withdrawn(welcome dropped) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as left)"},
};

const std::vector<Row> kOffers = {
    {"h1 adviser take welcome",          kOpen, "step_taken(welcome)"},
    {"h1 adviser@foyer take welcome",    kOpen, "refused not_yours adviser@mission"},
    {"h1 coordinator take welcome",      kOpen, "refused not_yours adviser@mission"},
    {"h2 adviser#2 take welcome",        "h0 coordinator open; h1 adviser take welcome", "refused already_taken"},
    {"h2 adviser take welcome",          "h0 coordinator open; h1 adviser take welcome", "refused not_possible_now"},
    {"h1 adviser take guardian",         kOpen, "refused step_waits minor"},
    {"h11 adviser take welcome",         WELCOMED, "refused step_not_open"},
    {"h11 adviser take guardian",        WELCOMED, "refused step_not_open"},
    {"h1 adviser decline welcome because full", kOpen, "step_declined(welcome to adviser@foyer)"},
    {"h2 adviser@foyer decline welcome", "h0 coordinator open; h1 adviser decline welcome", "step_declined(welcome to coordinator@mission)"},
    {"h3 coordinator decline welcome",   "h0 coordinator open; h1 adviser decline welcome; h2 adviser@foyer decline welcome", "refused nobody_else"},
    {"h3 adviser take welcome",          "h0 coordinator open; h1 adviser decline welcome; h2 adviser@foyer take welcome", "refused not_yours adviser@foyer"},
    {"h2 adviser decline welcome",       "h0 coordinator open; h1 adviser take welcome", "step_declined(welcome to adviser@foyer)"},
    {"h2 adviser release welcome",       "h0 coordinator open; h1 adviser take welcome", "step_released(welcome)"},
    {"h2 adviser release welcome",       kOpen, "refused not_possible_now"},
    {"h3 adviser#2 take welcome",        "h0 coordinator open; h1 adviser take welcome; h2 adviser release welcome", "step_taken(welcome)"},
    {"h3 adviser complete welcome as elsewhere", "h0 coordinator open; h1 adviser take welcome; h2 adviser decline welcome; h3 adviser@foyer take welcome", "refused not_yours adviser@foyer"},
    {"h23 tick",                         kOpen, ""},
    {"h24 tick",                         kOpen, "step_offer_expired(welcome to adviser@foyer)"},
    {"h47 tick",                         "h0 coordinator open; h24 tick", ""},
    {"h50 tick",                         "h0 coordinator open; h24 tick", "step_offer_expired(welcome to coordinator@mission) step_reminded(welcome due_soon)"},
    {"h11 teacher take housing",         WELCOMED, "refused not_yours volunteer@circle"},
    {"h11 volunteer decline housing",    WELCOMED, "step_declined(housing to teacher@school)"},
    {"h12 teacher decline housing",      WELCOMED "h11 volunteer decline housing", "refused nobody_else"},
};

const std::vector<Row> kCompletions = {
    {"h5 adviser complete welcome",      kOpen, "refused outcome_needed"},
    {"h5 adviser complete welcome as engaged with minor=no,french=A1", kOpen,
     "step_taken(welcome) step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h5 adviser complete welcome as engaged with minor=yes,french=A1", kOpen,
     "step_taken(welcome) step_completed(welcome as engaged met) step_offered(guardian to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h5 adviser complete welcome as engaged", kOpen,
     "step_taken(welcome) step_completed(welcome as engaged met) step_offered(housing to volunteer@circle calm)"},
    {"h6 adviser record with minor=no",  "h0 coordinator open; h5 adviser complete welcome as engaged",
     "information_recorded step_not_needed(guardian) step_offered(sharing-talk to adviser@mission)"},
    {"h6 teacher record with minor=no",  kOpen, "refused information_not_here minor"},
    {"h6 adviser record",                kOpen, "refused not_possible_now"},
    {"h6 adviser record with french=Z9", kOpen, "refused value_out_of_range french"},
    {"h6 adviser take guardian",         "h0 coordinator open; h5 adviser complete welcome as engaged", "refused step_waits minor"},
    {"h5 adviser complete welcome as elsewhere", kOpen,
     "step_taken(welcome) step_completed(welcome as elsewhere met) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as reoriented)"},
    {"h5 adviser complete welcome as engaged with french=Z9", kOpen, "refused value_out_of_range french"},
    {"h12 volunteer complete housing as found with minor=no", WELCOMED, "refused information_not_here minor"},
    {"h12 adviser complete sharing-talk", WELCOMED, "refused consent_answer_needed sharing"},
    {"h12 volunteer complete housing as found with sharing=yes", WELCOMED, "refused consent_not_asked_here sharing"},
    {"h12 adviser complete sharing-talk with sharing=yes", WELCOMED, "step_taken(sharing-talk) step_completed(sharing-talk as done) step_offered(project to adviser@mission calm)"},
    {"h50 coordinator approve project",  WELCOMED "h20 adviser complete sharing-talk with sharing=no; h40 adviser complete project",
     "review_approved(project met) step_not_needed(search) step_not_needed(immersion)"},
    {"h60 volunteer complete housing as found", WELCOMED "h20 adviser complete sharing-talk with sharing=no; h40 adviser complete project; h50 coordinator approve project",
     "step_reminded(housing due_soon) step_taken(housing) step_completed(housing as found met) case_closed(as alone)"},
    {"h12 volunteer complete housing as lost", WELCOMED,
     "step_taken(housing) step_completed(housing as lost met) step_withdrawn(sharing-talk) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as crisis)"},
    {"h30 beneficiary record with sharing=no", SHARED, "consent_answered"},
    {"h30 steering record with sharing=no", SHARED, "refused consent_not_asked_here sharing"},
    {"h50 coordinator approve project",  PROJECT_IN_REVIEW "h45 beneficiary record with sharing=no",
     "review_approved(project met)"},
};

const std::vector<Row> kTime = {
    {"h71 tick",  "h0 coordinator open; h1 adviser take welcome", "step_reminded(welcome due_soon) step_reminded(welcome)"},
    {"h48 tick",  "h0 coordinator open; h1 adviser take welcome", "step_reminded(welcome due_soon)"},
    {"h72 tick",  "h0 coordinator open; h1 adviser take welcome; h71 tick", "step_late(welcome late) lateness_told(welcome tells coordinator)"},
    {"h95 tick",  "h0 coordinator open; h1 adviser take welcome; h72 tick", ""},
    {"h96 tick",  "h0 coordinator open; h1 adviser take welcome; h72 tick", "step_escalated(welcome to steering@board escalated) lateness_told(welcome tells teacher)"},
    {"h500 tick", "h0 coordinator open; h1 adviser take welcome; h96 tick", ""},
    {"h99 adviser complete welcome as engaged with minor=no,french=A1", "h0 coordinator open; h1 adviser take welcome; h96 tick",
     "step_completed(welcome as engaged met_late) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h99 adviser complete welcome as elsewhere on h70", "h0 coordinator open; h1 adviser take welcome; h96 tick",
     "step_completed(welcome as elsewhere met) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as reoriented)"},
    {"h99 adviser decline welcome",       "h0 coordinator open; h1 adviser take welcome; h96 tick", "refused not_yours steering@board"},
    {"h99 adviser take welcome",          "h0 coordinator open; h1 adviser take welcome; h96 tick", "refused not_yours steering@board"},
    {"h99 steering take welcome",         "h0 coordinator open; h1 adviser take welcome; h96 tick", "step_taken(welcome)"},
    {"h99 adviser complete welcome as elsewhere", "h0 coordinator open; h1 adviser take welcome; h96 tick; h98 steering take welcome", "refused not_yours steering@board"},
    {"h99 steering decline welcome",      "h0 coordinator open; h1 adviser take welcome; h96 tick", "step_declined(welcome to steering@town)"},
    {"h99 steering@town decline welcome", "h0 coordinator open; h1 adviser take welcome; h96 tick; h98 steering decline welcome", "step_declined(welcome to coordinator@mission)"},
    {"h99 coordinator decline welcome",   "h0 coordinator open; h1 adviser take welcome; h96 tick; h97 steering decline welcome; h98 steering@town decline welcome", "refused nobody_else"},
    {"h99 adviser complete welcome as elsewhere", "h0 coordinator open; h1 adviser take welcome; h96 tick; h98 steering decline welcome; h99 steering@town take welcome", "refused not_yours steering@town"},
    {"h5 adviser take welcome on h6",     kOpen, "refused happened_in_future"},
    {"h5 coordinator pause on h2",        "h3 coordinator open", "refused happened_before_opening"},
    {"h30 adviser take sharing-talk on h5", WELCOMED, "refused happened_out_of_order"},
    {"h70 adviser complete welcome as engaged with minor=no,french=A1 on h5", "h0 coordinator open; h1 adviser take welcome",
     "step_reminded(welcome due_soon) step_reminded(welcome) step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@mission) step_offered(housing to volunteer@circle calm)"},
    {"h290 tick",  SEARCHING, "step_reminded(housing due_soon) step_late(housing late) lateness_told(housing tells coordinator) step_late(search late)"},
    {"h529 tick",  SEARCHING "h290 tick", ""},
    {"h530 tick",  SEARCHING "h290 tick", "step_settled(search as none met_late) step_not_needed(immersion)"},
    {"h530 tick",  SEARCHING "h55 volunteer complete housing as found; h290 tick", "step_settled(search as none met_late) step_not_needed(immersion) case_closed(as setback)"},
    {"h57 adviser record with french=B1", SEARCHING, "information_recorded deadline_moved(search)"},
    {"h280 adviser record with french=B1", SEARCHING "h279 tick", "information_recorded deadline_moved(search)"},
    {"h280 tick", SEARCHING "h278 tick; h279 adviser record with french=B1", "step_late(search late)"},
    {"h281 tick", SEARCHING "h278 tick; h279 adviser record with french=B1; h280 tick", ""},
    {"h300 adviser record with french=B1", SEARCHING "h299 tick", "information_recorded deadline_moved(search)"},
    {"h301 tick", SEARCHING "h299 tick; h300 adviser record with french=B1", ""},
};

const std::vector<Row> kHolds = {
    {"h13 volunteer hold housing because queue", WELCOMED "h12 volunteer take housing", "step_held(housing)"},
    {"h13 volunteer hold housing",     WELCOMED, "refused not_possible_now"},
    {"h3 adviser hold welcome",        "h0 coordinator open; h1 adviser take welcome", "refused may_not_be_held"},
    {"h20 volunteer resume housing",   WELCOMED "h12 volunteer take housing; h13 volunteer hold housing", "step_resumed(housing)"},
    {"h20 volunteer resume housing on h12", WELCOMED "h12 volunteer take housing; h13 volunteer hold housing", "refused happened_out_of_order"},
    {"h14 volunteer resume housing",   WELCOMED "h12 volunteer take housing", "refused not_possible_now"},
    {"h20 volunteer complete housing as found", WELCOMED "h12 volunteer take housing; h13 volunteer hold housing", "refused not_possible_now"},
    {"h60 tick",                       WELCOMED "h12 volunteer take housing; h13 volunteer hold housing", ""},
    {"h61 tick",                       WELCOMED "h12 volunteer take housing; h13 volunteer hold housing", "step_resumed(housing)"},
    {"h62 volunteer hold housing",     WELCOMED "h12 volunteer take housing; h13 volunteer hold housing; h61 tick", "refused may_not_be_held"},
    {"h107 tick",                      WELCOMED "h12 volunteer take housing; h13 volunteer hold housing; h61 tick", "step_reminded(housing due_soon)"},
    {"h154 tick",                      WELCOMED "h12 volunteer take housing; h13 volunteer hold housing; h61 tick; h107 tick", "step_late(housing late) lateness_told(housing tells coordinator)"},
};

const std::vector<Row> kReviews = {
    {"h40 adviser complete project",     SHARED, "step_taken(project) step_completed(project as done)"},
    {"h41 coordinator begin_review project", PROJECT_IN_REVIEW, "review_begun(project)"},
    {"h41 adviser approve project",      PROJECT_IN_REVIEW, "refused not_yours coordinator@mission"},
    {"h41 coordinator approve project",  SHARED, "refused no_review_pending"},
    {"h41 coordinator approve welcome",  SHARED, "refused no_review_pending"},
    {"h41 coordinator approve project",  PROJECT_IN_REVIEW, "review_approved(project met) step_offered(search to adviser@mission calm)"},
    {"h41 coordinator approve project reserving because dates", PROJECT_IN_REVIEW, "review_approved(project met) task_opened(to adviser@mission project calm) step_offered(search to adviser@mission calm)"},
    {"h41 coordinator approve project on h30", PROJECT_IN_REVIEW, "refused happened_out_of_order"},
    {"h41 coordinator give_back project", PROJECT_IN_REVIEW, "refused reason_needed"},
    {"h41 coordinator give_back project because hours", PROJECT_IN_REVIEW, "review_returned(project)"},
    {"h43 coordinator give_back project because again", PROJECT_IN_REVIEW "h41 coordinator give_back project because hours; h42 adviser complete project", "refused no_returns_left"},
    {"h42 adviser complete project",     PROJECT_IN_REVIEW "h41 coordinator give_back project because hours", "step_completed(project as done)"},
    {"h42 coordinator recuse project",   PROJECT_IN_REVIEW "h41 coordinator begin_review project", "review_recused(project)"},
    {"h42 coordinator recuse project",   PROJECT_IN_REVIEW, "review_recused(project)"},
    {"h87 tick",                         PROJECT_IN_REVIEW, "step_reminded(housing due_soon)"},
    {"h88 tick",                         PROJECT_IN_REVIEW "h87 tick", "review_late(project tells coordinator)"},
    {"h89 tick",                         PROJECT_IN_REVIEW "h88 tick", ""},
    {"h90 coordinator recuse project",   PROJECT_IN_REVIEW "h88 tick", "review_recused(project tells coordinator)"},
    {"h91 tick",                         PROJECT_IN_REVIEW "h88 tick; h90 coordinator recuse project", ""},
    {"h91 tick",                         PROJECT_IN_REVIEW "h88 tick; h89 coordinator begin_review project; h90 coordinator recuse project", ""},
    {"h90 coordinator approve project",  PROJECT_IN_REVIEW "h88 tick", "review_approved(project met) step_offered(search to adviser@mission calm)"},
    {"h70 coordinator approve project",  SHARED "h21 coordinator pause; h22 coordinator resume_case; h40 adviser complete project; h50 coordinator pause; h60 coordinator resume_case",
     "step_reminded(housing due_soon) review_approved(project met) step_offered(search to adviser@mission calm)"},
};

const std::vector<Row> kReferrals = {
    {"h61 adviser refer tutor to cafe",    FOUND, "referral_requested(tutor to cafe)"},
    {"h61 coordinator refer tutor to cafe", FOUND, "refused not_yours adviser@mission"},
    {"h61 adviser refer tutor to school",  FOUND, "refused not_a_candidate tutor@school"},
    {"h61 adviser refer tutor",            FOUND, "refused not_a_candidate tutor"},
    {"h61 adviser refer teacher to cafe",  FOUND, "refused not_a_referral_role"},
    {"h62 adviser refer tutor to bakery",  FOUND "h61 adviser refer tutor to cafe", "refused not_possible_now"},
    {"h62 tutor@cafe accept_referral tutor", FOUND, "refused no_referral_pending"},
    {"h62 tutor@bakery accept_referral tutor", FOUND "h61 adviser refer tutor to cafe", "refused not_yours tutor@cafe"},
    {"h62 tutor@cafe accept_referral tutor", FOUND "h61 adviser refer tutor to cafe", "referral_accepted(tutor to cafe) step_assigned(immersion to tutor@cafe)"},
    {"h62 tutor@cafe decline_referral tutor because full", FOUND "h61 adviser refer tutor to cafe", "referral_declined(tutor to cafe)"},
    {"h63 adviser refer tutor to bakery",  FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe decline_referral tutor", "referral_requested(tutor to bakery)"},
    {"h63 tutor@cafe accept_referral tutor", FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe decline_referral tutor", "refused no_referral_pending"},
    {"h109 tick",                          FOUND "h61 adviser refer tutor to cafe; h108 tick", "referral_expired(tutor to cafe)"},
    {"h110 tutor@cafe accept_referral tutor", FOUND "h61 adviser refer tutor to cafe; h109 tick", "refused no_referral_pending"},
    {"h110 adviser refer tutor to cafe",   FOUND "h61 adviser refer tutor to cafe; h109 tick", "referral_requested(tutor to cafe)"},
    {"h62 adviser revoke_referral tutor",  FOUND "h61 adviser refer tutor to cafe", "referral_revoked(tutor to cafe)"},
    {"h62 coordinator revoke_referral tutor", FOUND "h61 adviser refer tutor to cafe", "refused not_yours adviser@mission"},
    {"h62 adviser revoke_referral tutor",  FOUND, "refused no_referral_pending"},
    {"h61 adviser take immersion",         FOUND, "refused role_not_bound adviser@mission"},
    {"h63 tutor@cafe take immersion",      BOUND, "step_taken(immersion)"},
    {"h63 tutor@bakery take immersion",    BOUND, "refused not_yours tutor@cafe"},
    {"h64 tutor@cafe decline_referral tutor", BOUND "h63 tutor@cafe take immersion", "referral_declined(tutor to cafe) step_assigned(immersion to tutor@mission)"},
    {"h65 tutor@cafe complete immersion as good", BOUND "h63 tutor@cafe take immersion; h64 tutor@cafe decline_referral tutor", "refused role_not_bound adviser@mission"},
    {"h64 adviser revoke_referral tutor",  BOUND, "referral_revoked(tutor to cafe) step_assigned(immersion to tutor@mission)"},
    {"h86 tick",                           BOUND, "step_offer_expired(immersion to coordinator@mission)"},
    {"h65 beneficiary close left",         FOUND "h61 adviser refer tutor to cafe", "step_withdrawn(housing dropped) step_withdrawn(immersion dropped) referral_revoked(tutor to cafe) case_closed(as left)"},
    {"h65 coordinator resume_case",        FOUND "h61 adviser refer tutor to cafe; h62 coordinator pause", "case_resumed deadline_moved(housing) deadline_moved(immersion) deadline_moved(tutor)"},
};

const std::vector<Row> kRounds = {
    {"h71 teacher approve immersion",  BOUND "h70 tutor@cafe complete immersion as bad",
     "review_approved(immersion met) step_reopened(search) step_reopened(immersion) step_offered(search to adviser@mission calm)"},
    {"h73 teacher approve immersion",  BOUND "h70 tutor@cafe complete immersion as bad; h71 teacher approve immersion; h72 adviser complete search as found; h73 tutor@cafe complete immersion as bad",
     "review_approved(immersion met)"},
    {"h74 volunteer complete housing as found", BOUND "h70 tutor@cafe complete immersion as bad; h71 teacher approve immersion; h72 adviser complete search as found; h73 tutor@cafe complete immersion as bad; h73 teacher approve immersion",
     "step_taken(housing) step_completed(housing as found met) case_closed(as setback)"},
    {"h74 volunteer complete housing as found", BOUND "h70 tutor@cafe complete immersion as good; h73 teacher approve immersion",
     "step_taken(housing) step_completed(housing as found met) case_closed(as success)"},
};

// clang-format on

class Decides : public testing::TestWithParam<Row> {};

TEST_P(Decides, AsTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Cases, Decides, testing::ValuesIn(kCases));
INSTANTIATE_TEST_SUITE_P(Offers, Decides, testing::ValuesIn(kOffers));
INSTANTIATE_TEST_SUITE_P(Completions, Decides, testing::ValuesIn(kCompletions));
INSTANTIATE_TEST_SUITE_P(Time, Decides, testing::ValuesIn(kTime));
INSTANTIATE_TEST_SUITE_P(Holds, Decides, testing::ValuesIn(kHolds));
INSTANTIATE_TEST_SUITE_P(Reviews, Decides, testing::ValuesIn(kReviews));
INSTANTIATE_TEST_SUITE_P(Referrals, Decides, testing::ValuesIn(kReferrals));
INSTANTIATE_TEST_SUITE_P(Rounds, Decides, testing::ValuesIn(kRounds));

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const auto* table :
       {&kCases, &kOffers, &kCompletions, &kTime, &kHolds, &kReviews, &kReferrals, &kRounds}) {
    rows.insert(rows.end(), table->begin(), table->end());
  }
  return rows;
}

std::string all_answers() {
  std::string text;
  for (const auto& row : all_rows()) {
    text += std::string(row.gives) + " ";
  }
  return text;
}

// Those of sessions, of partnerships and of routines have tables of their own, beside their tests.
bool is_elsewhere(EventKind kind) {
  return (kind >= EventKind::session_planned && kind <= EventKind::session_attended) ||
         (kind >= EventKind::partnership_founded && kind <= EventKind::partner_lapsed);
}

bool is_elsewhere(CommandKind kind) {
  return (kind >= CommandKind::plan_session && kind <= CommandKind::session_reminded) ||
         (kind >= CommandKind::found_partnership && kind <= CommandKind::partner_lapsed);
}

bool is_elsewhere(RefusalCode code) {
  return (code >= RefusalCode::session_not_planned && code <= RefusalCode::attendance_missing) ||
         (code >= RefusalCode::partnership_not_founded && code <= RefusalCode::before_founding);
}

// Hand-overs, tasks, reopenings and corrections have tables of their own: hand_over_test.cpp,
// case_tasks_test.cpp, reopen_test.cpp and correct_test.cpp; consents and absences in
// consents_test.cpp, absences_test.cpp and capacity_test.cpp; what no command names in
// sent_test.cpp; several reviewers in reviewers_test.cpp; migrations in
// migrate_test.cpp; who answers late in late_answer_test.cpp.
bool in_another_table(std::string_view name) {
  const std::set<std::string_view> names = {
      "delegate",           "take_back",           "being_handed_over",
      "not_a_receiver",     "not_a_colleague",     "until_not_ahead",
      "reopen_case",        "void_event",          "correct_event",
      "why_needed",         "case_not_closed",     "would_close_again",
      "reopen_first",       "not_correctable",     "correction_needed",
      "case_reopened",      "step_restored",       "event_voided",
      "event_corrected",    "unknown_task",        "too_many_tasks",
      "step_delegated",     "delegation_ended",    "withdraw_consent",
      "consent_not_given",  "consent_withdrawn",   "consent_reminded",
      "consent_expired",    "step_stopped",        "step_started_again",
      "person_absent",      "person_returned",     "person_removed",
      "person_not_absent",  "absence_begun",       "absence_is_over",
      "partner_left",       "partner_joined",      "partner_has_left",
      "last_coordinator",   "step_left",           "step_regained",
      "partner_full",       "text_too_long",       "person_full",
      "step_needed",        "follow_ups_left_out", "review_judged",
      "review_given",       "reviewer_twice",      "migrate",
      "already_on_version", "cannot_migrate",      "case_migrated",
      "transfer",           "accept_transfer",     "refuse_transfer",
      "take_back_transfer", "transfer_proposed",   "transfer_accepted",
      "transfer_refused",   "transfer_taken_back", "role_transferred",
      "transfer_pending",   "no_transfer_pending", "nothing_to_transfer",
      "tasks_left_out",     "step_answered_late",  "held_already"};
  return names.contains(name) || name.find("hand_over") != name.npos || name.starts_with("task_");
}

// The tables are complete: a new command, event or refusal without a row fails here.
TEST(DecideTables, NameEveryCommand) {
  std::string said;
  for (const auto& row : all_rows()) {
    said += std::string(row.says) + " ";
  }
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto name = kCommandKindNames[i];
    EXPECT_TRUE(is_elsewhere(static_cast<CommandKind>(i)) || in_another_table(name) ||
                said.find(name) != said.npos)
        << name;
  }
}

TEST(DecideTables, NameEveryRefusal) {
  const std::set<std::string_view> elsewhere = {"reviewer_is_doer"};  // DecideReview
  const auto answers = all_answers();
  for (std::size_t i = 0; i < kRefusalCodeNames.size(); ++i) {
    const auto name = kRefusalCodeNames[i];
    EXPECT_TRUE(is_elsewhere(static_cast<RefusalCode>(i)) || in_another_table(name) ||
                elsewhere.contains(name) || answers.find(name) != answers.npos)
        << name;
  }
}

TEST(DecideTables, NameEveryEvent) {
  // These have a test of their own.
  const std::set<std::string_view> elsewhere = {
      "case_reopened", "review_assigned", "case_stalled", "errand_noted"};
  const auto answers = all_answers();
  for (std::size_t i = 0; i < kEventKindNames.size(); ++i) {
    const auto name = kEventKindNames[i];
    EXPECT_TRUE(is_elsewhere(static_cast<EventKind>(i)) || in_another_table(name) ||
                elsewhere.contains(name) || answers.find(name) != answers.npos)
        << name;
  }
}

}  // namespace
}  // namespace protoflow::engine
