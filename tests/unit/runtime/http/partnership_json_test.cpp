#include "runtime/http/partnership_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/protocols/plan.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

PlanRef plan() {
  return make_plan(testing::accueil_text() +
                   "rendez-vous retour \"Retour\"\n  pour échange\n  toutes les 2 semaines\n"
                   "  responsable coordination\n  demande \"Utile ?\" échelle 1 à 5\n"
                   "convention\n  signée par tous les partenaires\n")
      .value();
}

TEST(PartnershipJson, TellsWhoHasSignedAndWhatRoutinesTaught) {
  const auto here = plan();
  auto state = engine::empty_partnership(here->protocol);
  state.status = engine::PartnershipStatus::founded;
  state.participations[0].state = engine::ParticipationState::agreed;
  state.participations[0].signed_at = testing::instant("2027-01-05T09:00:00.000Z");
  auto& routine = state.routines.back();
  routine = {.state = engine::OccurrenceState::planned,
             .number = 4,
             .held = 3,
             .role = here->protocol.coordinated_by,
             .partner = {0},
             .planned = testing::instant("2027-02-01T08:00:00.000Z"),
             .totals = {{.count = 3, .sum = 10}}};
  state.remarks.push_back({.version = 9,
                           .happened = testing::instant("2027-01-06T09:00:00.000Z"),
                           .partner = {1},
                           .step = {0},
                           .text = "Trop court."});

  const auto json = partnership_json(*here, state);

  EXPECT_EQ(json["partners"][0]["state"], "agreed");
  EXPECT_EQ(json["partners"][0]["stands"], true);
  EXPECT_EQ(json["partners"][1]["must_sign"], true);
  EXPECT_EQ(json["partners"][1]["stands"], false);
  ASSERT_EQ(json["routines"].size(), 1U) << "the others were never planned";
  EXPECT_EQ(json["routines"][0]["answers"][0]["average"], 3.33);
  EXPECT_EQ(json["routines"][0]["planned_text"], "lundi 1er février 2027 à 9 h 00");
  EXPECT_EQ(json["remarks"][0]["step"], "accueil");
  EXPECT_EQ(json["remarks"][0]["text"], "Trop court.");
}

}  // namespace
}  // namespace protoflow::runtime
