// All that a partner answers for, in other hands: who | command | the history before | the events,
// or the refusal.
#include "engine/decide/transfer.hpp"

#include <gtest/gtest.h>

#include "engine/duty/load.hpp"
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
#define PROPOSED TAKEN "h2 coordinator transfer mission to foyer;"
#define WELCOMED TAKEN "h10 adviser complete welcome as engaged with minor=no,french=A1;"
#define SHARED WELCOMED "h20 adviser complete sharing-talk with sharing=yes;"
#define PROJECT SHARED "h30 adviser complete project;"
#define FOUND PROJECT "h40 coordinator approve project; h50 adviser complete search as found;"
#define BOUND FOUND "h61 adviser refer tutor to cafe; h62 tutor@cafe accept_referral tutor;"
#define BOUND_PROPOSED BOUND "h63 tutor@cafe transfer cafe to bakery;"
#define RETURNED                                                                              \
  PROPOSED                                                                                    \
  "h3 adviser@foyer accept_transfer mission; h4 adviser@foyer transfer foyer to mission; h5 " \
  "adviser accept_transfer foyer"

// clang-format off
const std::vector<Row> kProposals = {
    {"h2 coordinator transfer mission to foyer",        TAKEN, "transfer_proposed(from mission receiver adviser@foyer)"},
    {"h2 coordinator transfer mission to foyer in adviser", TAKEN, "transfer_proposed(to adviser from mission receiver adviser@foyer)"},
    {"h2 adviser transfer mission to foyer",            TAKEN, "transfer_proposed(from mission receiver adviser@foyer)"},
    {"h2 teacher@mission transfer mission to foyer",    TAKEN, "refused not_yours coordinator@mission"},
    {"h2 adviser@foyer transfer mission to foyer",      TAKEN, "refused not_yours coordinator@mission"},
    {"h2 coordinator transfer mission to school",       TAKEN, "refused nothing_to_transfer"},
    {"h2 coordinator transfer school to foyer",         TAKEN, "refused nothing_to_transfer"},
    {"h2 coordinator transfer mission to foyer in teacher", TAKEN, "refused nothing_to_transfer"},
    {"h2 coordinator transfer mission to mission",      TAKEN, "refused not_this_partner"},
    {"h2 coordinator transfer mission",                 TAKEN, "refused not_this_partner"},
    {"h3 coordinator transfer mission to foyer",        TAKEN "h2 coordinator partner_left foyer", "refused partner_has_left"},
    {"h3 coordinator transfer mission to foyer in adviser", PROPOSED, "refused transfer_pending"},
    {"h3 coordinator transfer mission to foyer",        PROPOSED "h3 adviser@foyer refuse_transfer mission because full", "transfer_proposed(from mission receiver adviser@foyer)"},
    {"h3 coordinator transfer mission to foyer",        TAKEN "h2 coordinator pause", "transfer_proposed(from mission receiver adviser@foyer)"},
};

const std::vector<Row> kAnswers = {
    {"h3 adviser@foyer accept_transfer mission",        PROPOSED,
     "transfer_accepted(from mission receiver adviser@foyer tells adviser) role_transferred(adviser from mission receiver foyer) step_assigned(welcome to adviser@foyer)"},
    {"h3 adviser accept_transfer mission",              PROPOSED, "refused not_yours adviser@foyer"},
    {"h3 teacher@foyer accept_transfer mission",        PROPOSED, "refused not_yours adviser@foyer"},
    {"h3 adviser@foyer accept_transfer circle",         PROPOSED, "refused no_transfer_pending"},
    {"h3 adviser@foyer accept_transfer mission",        TAKEN, "refused no_transfer_pending"},
    {"h3 adviser@foyer refuse_transfer mission because full", PROPOSED, "transfer_refused(from mission receiver adviser@foyer tells adviser)"},
    {"h3 adviser@foyer refuse_transfer mission",        PROPOSED, "refused why_needed"},
    {"h3 coordinator take_back_transfer mission",       PROPOSED, "transfer_taken_back(from mission receiver adviser@foyer tells adviser)"},
    {"h3 adviser@foyer take_back_transfer mission",     PROPOSED, "refused not_yours coordinator@mission"},
    {"h4 adviser@foyer accept_transfer mission",        PROPOSED "h3 coordinator take_back_transfer mission", "refused no_transfer_pending"},
    {"h4 adviser@foyer accept_transfer mission",        PROPOSED "h3 coordinator partner_left foyer", "refused no_transfer_pending"},
    // What opens later in the role is the receiver's as well.
    {"h10 adviser@foyer complete welcome as engaged with minor=no,french=A1", PROPOSED "h3 adviser@foyer accept_transfer mission; h4 adviser@foyer take welcome",
     "step_completed(welcome as engaged met) step_not_needed(guardian) step_offered(sharing-talk to adviser@foyer) step_offered(housing to volunteer@circle calm)"},
    // Whoever has it now is not asked again at their own turn.
    {"h5 adviser@foyer decline welcome because full",   PROPOSED "h3 adviser@foyer accept_transfer mission", "step_declined(welcome to coordinator@mission)"},
    // What is with the receiver's reviewers stays in review; the one who did it may rework it.
    {"h32 adviser@foyer accept_transfer mission",       PROJECT "h31 coordinator transfer mission to foyer",
     "transfer_accepted(from mission receiver adviser@foyer tells adviser) role_transferred(adviser from mission receiver foyer) step_assigned(project to adviser@foyer)"},
    // The coordination keeps what the receiver has no role for: it reviews the project.
    {"h33 coordinator approve project",                 PROJECT "h31 coordinator transfer mission to foyer; h32 adviser@foyer accept_transfer mission",
     "review_approved(project met) step_offered(search to adviser@foyer calm)"},
    // A role bound by referral: its binding goes with it, and whoever chose is told.
    {"h64 tutor@bakery accept_transfer cafe",           BOUND_PROPOSED,
     "transfer_accepted(from cafe receiver tutor@bakery tells tutor) role_transferred(tutor to bakery from cafe receiver bakery) step_assigned(immersion to tutor@bakery)"},
    {"h66 adviser revoke_referral tutor",               BOUND_PROPOSED "h64 tutor@bakery accept_transfer cafe",
     "referral_revoked(tutor to bakery) step_assigned(immersion to tutor@mission)"},
    // A step that is being handed over by itself waits for its own answer.
    {"h4 adviser@foyer accept_transfer mission",        TAKEN "h2 adviser hand_over welcome to foyer; h3 coordinator transfer mission to foyer",
     "transfer_accepted(from mission receiver adviser@foyer tells adviser) role_transferred(adviser from mission receiver foyer)"},
    // A partner that leaves gives up what it has taken over: its giver answers again.
    {"h6 coordinator partner_left foyer",               PROPOSED "h3 adviser@foyer accept_transfer mission", "partner_left(to foyer) step_left(welcome to adviser@mission)"},
    {"h6 adviser take welcome",                         RETURNED, "step_taken(welcome)"},
    {"h9 beneficiary close left",                       PROPOSED, "step_withdrawn(welcome dropped) step_withdrawn(guardian) step_withdrawn(sharing-talk) step_withdrawn(housing) step_withdrawn(project) step_withdrawn(search) step_withdrawn(immersion) case_closed(as left)"},
};

const std::vector<Row> kLetters = {
    {"h2 coordinator transfer mission to foyer",        TAKEN, "transfer_proposed->adviser@foyer"},
    {"h3 adviser@foyer accept_transfer mission",        PROPOSED, "transfer_accepted->adviser@mission transfer_accepted->coordinator@mission offered->adviser@foyer"},
    {"h3 adviser@foyer refuse_transfer mission because full", PROPOSED, "transfer_refused->adviser@mission transfer_refused->coordinator@mission"},
    {"h3 coordinator take_back_transfer mission",       PROPOSED, "transfer_ended->adviser@foyer"},
    {"h64 tutor@bakery accept_transfer cafe",           BOUND_PROPOSED,
     "transfer_accepted->tutor@cafe transfer_accepted->coordinator@mission role_transferred->adviser@mission offered->tutor@bakery"},
};

// clang-format on

class Transfers : public testing::TestWithParam<Row> {};

TEST_P(Transfers, GoAsTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);

  EXPECT_EQ(play.say(GetParam().says), GetParam().gives)
      << "says:   " << GetParam().says << "\nbefore: " << GetParam().before;
}

INSTANTIATE_TEST_SUITE_P(Proposals, Transfers, testing::ValuesIn(kProposals));
INSTANTIATE_TEST_SUITE_P(Answers, Transfers, testing::ValuesIn(kAnswers));

class TransferLetters : public testing::TestWithParam<Row> {};

TEST_P(TransferLetters, ReachWhomTheTableSays) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(GetParam().before);
  (void)play.letters();

  play.rehearse(GetParam().says);

  EXPECT_EQ(play.letters(), GetParam().gives) << GetParam().says;
}

INSTANTIATE_TEST_SUITE_P(Table, TransferLetters, testing::ValuesIn(kLetters));

TEST(Transfer, LeavesAllWithWhoGivesItUntilTheReceiverAccepts) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(PROPOSED);

  EXPECT_EQ(play.duties(),
            "step welcome by adviser@mission(adviser), receive_all  by adviser@foyer");
  play.rehearse("h3 adviser@foyer accept_transfer mission");

  EXPECT_EQ(play.duties(), "step welcome by adviser@foyer");
}

// -- what cannot change hands, and why

tests::ProtocolSpec two_advisers() {
  tests::ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer", "school"}, .cases_max = 2},
                {.name = "reviewer", .partners = {"foyer", "school"}},
                {.name = "writer", .partners = {"school"}}};
  path.steps = {
      {.name = "search", .responsible = "adviser"},
      {.name = "report", .responsible = "writer", .review = tests::ReviewSpec{.by = "reviewer"}}};
  path.endings = {
      {.name = "end",
       .when = tests::settled("search"),
       .follow_ups = {{.name = "call", .responsible = "reviewer", .within = tests::days(2)}}}};
  return path;
}

struct InTheWay {
  const char* claim;
  const char* before;
  void (*change)(model::Protocol&, CaseState&, Surroundings&);
  const char* gives;  // what the foyer carries, and what stands in the way
};

model::PartnerId school(const model::Protocol& protocol) {
  return model::find<model::PartnerId>(protocol.partners, "school");
}

std::string carried_text(const TransferRehearsal& rehearsal, const model::Protocol& protocol) {
  std::string text;
  for (const auto& [duty, hindrance] : rehearsal.carried) {
    text += (text.empty() ? "" : ", ") +
            std::string(kDutyKindNames[static_cast<std::size_t>(duty.kind)]) + " " +
            (duty.step.known() ? protocol[duty.step].name : duty.task);
    if (hindrance != Hindrance::none) {
      text += ": " + std::string(kHindranceNames[static_cast<std::size_t>(hindrance)]);
    }
  }
  return text;
}

#define REPORTED "h0 coordinator open; h1 writer@school complete report"

TEST(Transfer, SaysWhatStandsInTheWay) {
  const std::vector<InTheWay> rows = {
      {"all goes", "h0 coordinator open", {}, "step search"},
      {"no agreement to this version",
       "h0 coordinator open",
       [](auto& p, auto& state, auto&) { state.unsigned_by = {school(p)}; },
       "step search: not_signed"},
      {"as many cases as it may have",
       "h0 coordinator open",
       [](auto& p, auto&, auto& others) {
         others.loads = {{model::find<model::RoleId>(p.roles, "adviser"), school(p), "", 2}};
       },
       "step search: full"},
      {"a competence that it does not bring",
       "h0 coordinator open",
       [](auto& p, auto&, auto&) {
         p.competences = {{.name = "law"}};
         p.roles[model::find<model::RoleId>(p.roles, "adviser").value].requires_competences = {{0}};
       },
       "step search: lacks_competence"},
      {"its own work to review", REPORTED, {}, "step search, review report: did_the_work"},
      {"a role of others",
       "h0 coordinator open",
       [](auto& p, auto&, auto&) {
         auto& role = p.roles[model::find<model::RoleId>(p.roles, "adviser").value];
         role.partners.pop_back();
       },
       "step search: other_role"},
      {"what an ending left to be done",
       "h0 coordinator open; h1 adviser complete search; h2 writer@school complete report; h3 "
       "reviewer approve report",
       {},
       "task call"},
  };
  for (const auto& row : rows) {
    auto plan = tests::plan_of(two_advisers());
    Play play(plan);
    play.rehearse(row.before);
    auto state = play.state();
    Surroundings others;
    if (row.change != nullptr) {
      row.change(plan.protocol, state, others);
    }
    const TransferAsked asked{
        model::find<model::PartnerId>(plan.protocol.partners, "foyer"), school(plan.protocol), {}};

    const auto rehearsal = rehearse_transfer(plan, state, asked, play.now(), others);

    EXPECT_EQ(carried_text(rehearsal, plan.protocol), row.gives) << row.claim;
    for (const auto& duty : duties(plan.protocol, rehearsal.after)) {
      EXPECT_TRUE(duty.partner.known()) << row.claim;
    }
  }
}

TEST(Transfer, RehearsesWhatItThenDoes) {
  Play play(tests::plan_of(tests::small_path()));
  play.rehearse(BOUND_PROPOSED);
  const auto& partners = play.plan().protocol.partners;
  const TransferAsked asked{model::find<model::PartnerId>(partners, "cafe"),
                            model::find<model::PartnerId>(partners, "bakery"),
                            {}};
  auto rehearsed = rehearse_transfer(play.plan(), play.state(), asked, tests::hour(64)).after;

  play.rehearse("h64 tutor@bakery accept_transfer cafe");

  EXPECT_EQ(parts_of(play.plan().protocol, rehearsed),
            parts_of(play.plan().protocol, play.state()));
  EXPECT_EQ(duties(play.plan().protocol, rehearsed).front().partner,
            duties(play.plan().protocol, play.state()).front().partner);
}

}  // namespace
}  // namespace protoflow::engine
