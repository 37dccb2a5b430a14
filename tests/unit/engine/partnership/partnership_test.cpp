#include "engine/partnership/partnership.hpp"

#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/unit/engine/partnership/partnership_play.hpp"

namespace protoflow::engine {
namespace {

using tests::day;
using tests::PartnershipPlay;

PartnershipPlay founded() {
  PartnershipPlay play;
  (void)play.found();
  return play;
}

TEST(Partnership, WhenFoundedAsksEveryPartnerThatMustSignAndPlansItsOwnRoutines) {
  PartnershipPlay play;

  EXPECT_EQ(play.found(),
            "partnership_founded partner_invited(mission) partner_invited(foyer) "
            "partner_invited(school) partner_invited(town) "
            "routine_planned(exchange school 2027-01-11)");
  EXPECT_EQ(play.of("foyer").state, ParticipationState::invited);
  EXPECT_EQ(play.of("foyer").answer_due, tests::moment("2027-01-25T18:00:00.000Z"));
  EXPECT_EQ(play.routine("feedback").state, OccurrenceState::none);
}

TEST(Partnership, WithoutAnAgreementAsksNothingOfAnybody) {
  auto plan = tests::partnership_plan();
  plan.protocol.agreement.reset();
  PartnershipPlay play(std::move(plan));

  EXPECT_EQ(play.found(), "partnership_founded routine_planned(exchange school 2027-01-11)");
  EXPECT_TRUE(takes_part(play.plan().protocol, play.state(), {0}));
  EXPECT_EQ(play.agree("mission"), "refused no_signature_awaited");
}

TEST(Partnership, KeepsWhatAPartnerHasSignedWhenNothingChangesForIt) {
  PartnershipPlay play;
  auto command = play.by("", CommandKind::found_partnership);
  command.kept = {{.partner = {1}, .signed_at = day("2026-06-01")},
                  {.partner = {2}, .signed_at = day("2025-06-01")}};

  EXPECT_EQ(play.say(command),
            "partnership_founded partner_invited(mission) partner_kept(foyer) "
            "partner_invited(school) partner_invited(town) "
            "routine_planned(exchange school 2027-01-11)");
  EXPECT_EQ(play.of("foyer").signed_at, day("2026-06-01"));
  EXPECT_EQ(play.of("school").signed_at, model::kNever) << "lapsed before this version";
}

TEST(Partnership, TakesASignatureOfThisVeryTextOnly) {
  auto play = founded();
  auto command = play.by("foyer", CommandKind::agree);
  EXPECT_EQ(play.say(command), "refused other_text");
  command.meaning = std::string(64, 'a');
  EXPECT_EQ(play.say(command), "refused other_text");
  command.meaning = play.plan().meaning_hash.substr(0, 8);
  EXPECT_EQ(play.say(command), "refused other_text");
  command.meaning = play.plan().meaning_hash.substr(0, 16);
  EXPECT_EQ(play.say(command), "partner_agreed(foyer)");
  EXPECT_EQ(play.events().back().meaning, play.plan().meaning_hash);
}

TEST(Partnership, TakesASignatureFromAPersonOfThePartnerOnly) {
  auto play = founded();
  auto command = play.by("mission", CommandKind::agree);
  command.meaning = play.plan().meaning_hash;
  command.partner = {1};

  EXPECT_EQ(play.say(command), "refused not_this_partner");
}

TEST(Partnership, RemindsTellsLatenessAndGoesOnAsking) {
  auto play = founded();
  for (const char* name : {"mission", "school", "town"}) {
    (void)play.agree(name);
  }
  (void)play.letters();
  std::string what;
  for (int i = 4; i <= 31; ++i) {
    const auto now = day("2027-01-04") + std::chrono::days(i - 4) + std::chrono::hours(12);
    auto said = play.tick(now);
    if (said.find("partner_reminded") != said.npos || said.find("agreement") != said.npos) {
      what += std::to_string(i) + ":" + said + "; ";
    }
  }
  EXPECT_EQ(what,
            "15:partner_reminded(foyer) routine_reminded(exchange); 22:partner_reminded(foyer) "
            "routine_reminded(exchange); 25:routine_due(exchange) agreement_late(foyer); ");
  EXPECT_EQ(play.agree("foyer"), "partner_agreed(foyer)");
  EXPECT_FALSE(play.of("foyer").late);
}

TEST(Partnership, AsksAgainAMonthBeforeASignatureLapsesWhichStandsMeanwhile) {
  auto play = founded();
  (void)play.agree("foyer");
  const auto lapses = play.of("foyer").lapses;
  EXPECT_EQ(lapses, tests::moment("2028-01-04T18:00:00.000Z"));

  (void)play.tick(lapses - std::chrono::days(20));
  EXPECT_EQ(play.of("foyer").state, ParticipationState::invited);
  EXPECT_TRUE(takes_part(play.plan().protocol, play.state(), {1}));

  (void)play.letters();
  (void)play.tick(lapses);
  EXPECT_FALSE(takes_part(play.plan().protocol, play.state(), {1}));
  EXPECT_NE(play.letters().find("agreement_lapsed->foyer agreement_lapsed->mission"),
            std::string::npos);

  EXPECT_EQ(play.agree("foyer"), "partner_agreed(foyer)");
  EXPECT_TRUE(takes_part(play.plan().protocol, play.state(), {1}));
}

TEST(Partnership, ARenewalSignedAheadLosesNoDay) {
  auto play = founded();
  (void)play.agree("foyer");
  const auto lapses = play.of("foyer").lapses;
  (void)play.tick(lapses - std::chrono::days(20));

  EXPECT_EQ(play.agree("foyer"), "partner_agreed(foyer)");
  EXPECT_EQ(play.of("foyer").lapses, tests::moment("2029-01-04T18:00:00.000Z"));
}

TEST(Partnership, WhenAPartnerLeavesItsRoutinesGoToTheDeputy) {
  auto play = founded();
  (void)play.letters();
  auto command = play.by("school", CommandKind::leave_partnership);
  EXPECT_EQ(play.say(command), "refused why_needed");
  command.reason = "closing down";

  EXPECT_EQ(play.say(command), "partner_left(school) routine_assigned(exchange foyer)");
  EXPECT_EQ(play.letters(),
            "partner_left->mission partner_left->foyer partner_left->school partner_left->town "
            "routine_yours->foyer");
  EXPECT_EQ(play.of("school").state, ParticipationState::left);
  EXPECT_EQ(play.say(command), "refused not_possible_now");
}

TEST(Partnership, APartnerMayLeaveOnADayToCome) {
  auto play = founded();
  auto command = play.by("school", CommandKind::leave_partnership);
  command.reason = "closing down";
  command.date = day("2027-01-08");

  EXPECT_EQ(play.say(command), "partner_leaving(school)");
  EXPECT_EQ(play.of("school").state, ParticipationState::invited);
  EXPECT_EQ(play.tick(day("2027-01-08")),
            "partner_left(school) routine_assigned(exchange foyer) routine_reminded(exchange)");
}

TEST(Partnership, WhenEverybodyHasLeftSomebodyStillAnswers) {
  auto play = founded();
  for (const char* name : {"mission", "foyer", "school", "town"}) {
    auto command = play.by(name, CommandKind::leave_partnership);
    command.reason = "over";
    (void)play.say(command);
    ASSERT_FALSE(duties(play.plan().protocol, play.state()).empty());
    for (const auto& duty : duties(play.plan().protocol, play.state())) {
      EXPECT_TRUE(duty.partner.known());
    }
  }
}

TEST(Partnership, InvitesBackAPartnerThatLeft) {
  auto play = founded();
  auto leave = play.by("foyer", CommandKind::leave_partnership);
  leave.reason = "no time";
  (void)play.say(leave);
  auto invite = play.by("school", CommandKind::invite_partner);
  invite.partner = {1};
  EXPECT_EQ(play.say(invite), "refused not_yours");
  invite = play.by("mission", CommandKind::invite_partner);
  invite.partner = {1};
  EXPECT_EQ(play.say(invite), "partner_invited(foyer)");
  EXPECT_EQ(play.say(invite), "refused no_signature_awaited");
}

TEST(Partnership, OnceSupersededStopsItsRoutinesAndTellsEveryPartner) {
  auto play = founded();
  (void)play.letters();
  auto command = play.by("", CommandKind::supersede);
  command.meaning = "f00d";

  EXPECT_EQ(play.say(command), "partnership_superseded routine_withdrawn(exchange)");
  EXPECT_EQ(play.letters(),
            "partnership_superseded->mission partnership_superseded->foyer "
            "partnership_superseded->school partnership_superseded->town");
  EXPECT_EQ(duties(play.plan().protocol, play.state()).size(), 0U);
  EXPECT_EQ(play.agree("foyer"), "refused partnership_superseded");
  EXPECT_EQ(play.tick(day("2029-01-04")), "") << "it asks nothing any more";
}

TEST(Partnership, OnceInForceAgainGoesOnWithItsSignaturesAndItsRoutines) {
  auto play = founded();
  (void)play.agree("foyer");
  (void)play.say(play.by("", CommandKind::supersede));
  play.move_to(day("2027-01-20"));

  EXPECT_EQ(play.say(play.by("", CommandKind::found_partnership)),
            "partnership_founded routine_planned(exchange school 2027-01-25) "
            "partner_reminded(mission) partner_reminded(school) partner_reminded(town)");
  EXPECT_EQ(play.of("foyer").state, ParticipationState::agreed);
  EXPECT_EQ(play.of("school").state, ParticipationState::invited);
  EXPECT_EQ(play.routine().number, 1U);
  EXPECT_EQ(play.agree("school"), "partner_agreed(school)");
}

TEST(Partnership, IsFoundedAndSupersededByADeploymentAndNotByHand) {
  PartnershipPlay play;
  EXPECT_EQ(play.say("mission", CommandKind::found_partnership), "refused not_possible_now");
  (void)play.found();
  EXPECT_EQ(play.say("mission", CommandKind::supersede), "refused not_possible_now");
  EXPECT_EQ(play.found(), "refused already_founded");
}

TEST(Partnership, KeepsRemarksUpToItsLimits) {
  auto play = founded();
  auto command = play.by("foyer", CommandKind::remark);
  EXPECT_EQ(play.say(command), "refused remark_needed");
  command.reason = std::string(model::kSaidTextMax + 1, 'x');
  EXPECT_EQ(play.say(command), "refused text_too_long");
  command.reason.pop_back();
  command.step = {0};
  for (std::size_t i = 0; i < model::kRemarksMax; ++i) {
    ASSERT_EQ(play.say(command), "remark_made");
  }
  EXPECT_EQ(play.say(command), "refused too_many_remarks");
  EXPECT_EQ(play.state().remarks.back().step, model::StepId{0});
  EXPECT_EQ(play.state().remarks.back().partner, model::PartnerId{1});
}

TEST(Partnership, RefusesAnInstantBeforeItBeganOrAhead) {
  auto play = founded();
  auto command = play.by("foyer", CommandKind::brief_partner);
  command.happened = day("2027-01-01");
  EXPECT_EQ(play.say(command), "refused before_founding");
  command.happened = day("2027-01-05");
  EXPECT_EQ(play.say(command), "refused happened_in_future");
}

struct Cell {
  CommandKind kind;
  const char *none, *invited, *briefed, *agreed, *left;
};

void bring_to(PartnershipPlay& play, ParticipationState state) {
  auto leave = play.by("town", CommandKind::leave_partnership);
  leave.reason = "over";
  switch (state) {
    case ParticipationState::none:
    case ParticipationState::invited:
      return;
    case ParticipationState::briefed:
      ASSERT_EQ(play.say("town", CommandKind::brief_partner), "partner_briefed(town)");
      return;
    case ParticipationState::agreed:
      ASSERT_EQ(play.agree("town"), "partner_agreed(town)");
      return;
    case ParticipationState::left:
      ASSERT_EQ(play.say(leave), "partner_left(town)");
      return;
  }
}

// Whose text stands in the way is checked elsewhere: here, what a state allows.
class CommandOnParticipation : public testing::TestWithParam<Cell> {};

TEST_P(CommandOnParticipation, IsAllowedOrRefusedInEveryState) {
  const auto& cell = GetParam();
  const std::array expected{cell.none, cell.invited, cell.briefed, cell.agreed, cell.left};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(kParticipationStateNames[i]);
    auto plan = tests::partnership_plan();
    if (i == 0) {
      plan.protocol.agreement->by_all_partners = false;
    }
    PartnershipPlay play(std::move(plan));
    (void)play.found();
    bring_to(play, static_cast<ParticipationState>(i));
    const bool coordination = cell.kind == CommandKind::invite_partner;
    auto command = play.by(coordination ? "mission" : "town", cell.kind);
    command.partner = {3};
    command.meaning = play.plan().meaning_hash;
    command.reason = "because";

    EXPECT_EQ(play.say(command), expected[i]);
  }
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, CommandOnParticipation, testing::Values(
    Cell{CommandKind::invite_partner,
         "refused no_signature_awaited", "refused no_signature_awaited", "refused no_signature_awaited",
         "refused no_signature_awaited", "partner_invited(town)"},
    Cell{CommandKind::brief_partner,
         "refused no_signature_awaited", "partner_briefed(town)", "refused no_signature_awaited",
         "refused no_signature_awaited", "refused no_signature_awaited"},
    Cell{CommandKind::agree,
         "refused no_signature_awaited", "partner_agreed(town)", "partner_agreed(town)",
         "refused no_signature_awaited", "refused no_signature_awaited"},
    Cell{CommandKind::leave_partnership,
         "partner_left(town)", "partner_left(town)", "partner_left(town)",
         "partner_left(town)", "refused not_possible_now"},
    Cell{CommandKind::remark, "remark_made", "remark_made", "remark_made", "remark_made", "refused not_this_partner"}));

// clang-format on

TEST(Partnership, RefusesEveryCommandOfACase) {
  auto play = founded();
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto kind = static_cast<CommandKind>(i);
    const bool of_a_case = kind != CommandKind::tick && kind < CommandKind::found_partnership;
    if (of_a_case) {
      EXPECT_EQ(play.say("mission", kind), "refused not_possible_now") << kCommandKindNames[i];
    }
  }
}

TEST(Partnership, RefusesEveryCommandBeforeItIsFounded) {
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto kind = static_cast<CommandKind>(i);
    if (kind != CommandKind::tick && kind != CommandKind::found_partnership) {
      PartnershipPlay play;
      EXPECT_EQ(play.say("mission", kind), "refused partnership_not_founded");
    }
  }
}

TEST(Partnership, DescribesItselfWithoutAWordThatWasSaid) {
  auto play = founded();
  auto command = play.by("foyer", CommandKind::remark);
  command.reason = "Nadia is unhappy";
  (void)play.say(command);

  const auto text = describe(play.state(), play.plan().protocol);

  EXPECT_EQ(text.find("Nadia"), std::string::npos);
  EXPECT_NE(text.find("partner foyer state=invited"), std::string::npos) << text;
  EXPECT_NE(text.find("remark version=7 happened=2027-01-04T09:00:00.000Z partner=foyer"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace protoflow::engine
