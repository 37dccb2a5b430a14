// A request in the protocol's own words: what partnerships, routines and sessions add to it.
#include <gtest/gtest.h>

#include "runtime/casebook/request.hpp"
#include "runtime/protocols/plan.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

PlanRef plan() {
  static const auto plan =
      make_plan(testing::accueil_text() +
                "rendez-vous retour \"Retour\"\n  pour échange\n  toutes les 2 semaines\n"
                "  responsable coordination\n  demande \"Utile ?\" échelle 1 à 5\n"
                "  demande \"Continuer ?\" oui ou non\n  demande \"Quoi d’autre ?\" texte\n")
          .value();
  return plan;
}

std::expected<engine::Command, NotDone> resolved(Request request) {
  return resolve(request, {.id = "ines", .partner = "mission-locale"}, *plan());
}

Request held() {
  return {.command = "hold_routine",
          .routine = "retour",
          .attended = {"association", "mission-locale"},
          .answers = {{"1", "4"}, {"2", "oui"}, {"3", "La patience."}}};
}

TEST(ResolveRoutine, ReadsWhoWasThereAndWhatWasAnswered) {
  const auto command = resolved(held());

  ASSERT_TRUE(command) << command.error().detail;
  EXPECT_EQ(plan()->protocol[command->routine].name, "retour");
  EXPECT_EQ(command->attended, (std::vector<model::PartnerId>{{1}, {0}}));
  ASSERT_EQ(command->answers.size(), 3U);
  EXPECT_EQ(command->answers[0].value.number, 4);
  EXPECT_EQ(command->answers[1].value.number, 1);
  EXPECT_EQ(command->answers[2].value.text, "La patience.");
}

TEST(ResolveRoutine, ReadsADateAsADayInTheZoneOfTheProtocol) {
  const auto command =
      resolved({.command = "postpone_routine", .routine = "retour", .date = "2027-07-01"});

  ASSERT_TRUE(command);
  EXPECT_EQ(command->date, testing::instant("2027-06-30T22:00:00.000Z"));
}

TEST(Resolve, ReadsATimeByTheClockOnTheWallOfTheProtocol) {
  auto request = held();
  request.happened = Moment(testing::instant("2027-07-01T09:30:00.000Z"), true);
  const auto on_the_wall = resolved(request);
  request.happened = testing::instant("2027-06-30T22:00:00.000Z");
  const auto as_it_is = resolved(request);

  ASSERT_TRUE(on_the_wall) << on_the_wall.error().detail;
  EXPECT_EQ(on_the_wall->happened, testing::instant("2027-07-01T07:30:00.000Z"));
  ASSERT_TRUE(as_it_is);
  EXPECT_EQ(as_it_is->happened, testing::instant("2027-06-30T22:00:00.000Z"));
}

TEST(Resolve, AsksOfWhichStepAnOutcomeIs) {
  const auto command = resolved({.command = "correct_event", .outcome = "engagée", .event = 5});

  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().code, "step_needed");
}

TEST(ResolveSession, ReadsWhoCame) {
  const auto command =
      resolved({.command = "record_attendance",
                .attendance = {{"a", "présent"}, {"b", "excused"}, {"c", "absent"}}});

  ASSERT_TRUE(command);
  ASSERT_EQ(command->enrolments.size(), 3U);
  EXPECT_EQ(command->enrolments[0].case_id, "a");
  EXPECT_EQ(command->enrolments[0].attendance, engine::Attendance::present);
  EXPECT_EQ(command->enrolments[1].attendance, engine::Attendance::excused);
  EXPECT_EQ(command->enrolments[2].attendance, engine::Attendance::absent);
}

// An errand is told by the stream it comes from; a person's command comes from none.
TEST(ResolveSession, LetsNobodySpeakForAnotherStream) {
  for (std::size_t kind = 0; kind < engine::kCommandKindNames.size(); ++kind) {
    const auto command = resolved({.command = std::string(engine::kCommandKindNames[kind]),
                                   .case_id = "a",
                                   .stream = "session/s",
                                   .step = "accueil",
                                   .role = "entreprise",
                                   .partner = "association",
                                   .event = 1});
    EXPECT_TRUE(!command || command->from.empty()) << engine::kCommandKindNames[kind];
    EXPECT_FALSE(command && engine::is_errand(command->kind)) << engine::kCommandKindNames[kind];
  }
}

struct Bad {
  const char* code;
  void (*spoil)(Request&);
};

class ResolveRefuses : public ::testing::TestWithParam<Bad> {};

TEST_P(ResolveRefuses, AndSaysWhat) {
  auto request = held();
  GetParam().spoil(request);
  const auto command = resolved(request);

  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().code, GetParam().code);
  EXPECT_FALSE(command.error().detail.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    ResolveRefuses,
    ::testing::Values(Bad{"unknown_routine",
                          [](Request& r) {
                            r.routine = "retours";
                            r.answers.clear();
                          }},
                      Bad{"unknown_partner", [](Request& r) { r.attended = {"associations"}; }},
                      Bad{"wrong_date", [](Request& r) { r.date = "demain"; }},
                      Bad{"wrong_date", [](Request& r) { r.date = "2027-02-30"; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"0", "4"}}; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"4", "4"}}; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"un", "4"}}; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"1", "beaucoup"}}; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"1", "4.5"}}; }},
                      Bad{"wrong_answer", [](Request& r) { r.answers = {{"2", "peut-être"}}; }},
                      Bad{"unknown_session", [](Request& r) { r.session = "atelier"; }},
                      Bad{"session_needed", [](Request& r) { r.command = "plan_session"; }},
                      Bad{"wrong_attendance", [](Request& r) { r.attendance = {{"a", "là"}}; }},
                      Bad{"unknown_command", [](Request& r) { r.command = "partner_agreed"; }}));

}  // namespace
}  // namespace protoflow::runtime
