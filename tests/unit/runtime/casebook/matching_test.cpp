#include "runtime/casebook/matching.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;

constexpr const char* kText = R"(protocole entraide "Entraide"
  coordonné par coordination
compétence écoute "Écouter"
partenaire asso "Association"
  apporte écoute
rôle coordination "Coordination"
  tenu par asso
rôle bénévole-langue "Bénévole"
  bénévole de asso
  requiert écoute
  encadré par coordination
  au plus 1 parcours
étape parler "Parler français"
  responsable bénévole-langue
  sous 10 jours ouvrés
  si retard prévenir coordination
fin finie "Finie"
  quand parler
)";

Person volunteer(std::string id, std::string_view until) {
  auto person =
      read_person_json(R"({"person":")" + id +
                       R"(","partner":"asso","roles":["bénévole-langue"],"speaks":["ar"],)"
                       R"("trainings":[{"competence":"écoute","from":"2026-01-01",)"
                       R"("until":")" +
                       std::string(until) + R"("}]})");
  return person.value();
}

struct Association : CasebookWorld {
  Association() {
    casebook->deploy({kText, {}, {}}, [](const auto&) {});
    settle_with_store();
    register_person({"karim", "asso", {"coordination"}}).value();
    register_person(volunteer("zoe", "2027-12-31")).value();
    register_person(volunteer("ali", "2027-02-28")).value();
  }

  std::string open_case(const std::string& command_id) {
    return act({.command = "open",
                .command_id = command_id,
                .person = "karim",
                .protocol = "entraide"})
        .value()
        .case_id;
  }

  std::string proposed(const std::string& case_id) {
    const auto& live = file(case_id);
    const auto role = model::find<model::RoleId>(live.plan->protocol.roles, "bénévole-langue");
    std::string text;
    for (const auto& one : propose_people(casebook->reading(), live, {.role = role}, clock.now())) {
      text += one.person + "(" + std::to_string(one.cases) + ")";
      for (const auto obstacle : one.proposal.obstacles) {
        text += "-" + std::string(engine::kObstacleNames[static_cast<std::size_t>(obstacle)]);
      }
      text += " ";
    }
    return text;
  }
};

TEST(ProposePeople, SaysWhoCouldAndWhyNotTheOthers) {
  Association world;
  const auto first = world.open_case("open-1");
  const auto second = world.open_case("open-2");

  EXPECT_EQ(world.proposed(first), "zoe(0) ali(0)-training_lapsed ");
  ASSERT_TRUE(world.act_on(first, "take", "parler", "zoe"));
  EXPECT_EQ(world.proposed(second), "ali(0)-training_lapsed zoe(1)-full ");
}

TEST(ProposePeople, ForAStepLeavesADeputyOutUntilItsTurnAndKeepsWhoWasSlow) {
  CasebookWorld world;
  world.casebook->deploy({R"(protocole relais "Relais"
  coordonné par coordination
partenaire asso "Association"
partenaire foyer "Foyer"
rôle coordination "Coordination"
  tenu par asso
rôle guide "Guide"
  tenu par asso, à défaut foyer
étape visite "Visiter"
  responsable guide
  acceptée sous 2 jours
fin finie "Finie"
  quand visite
)",
                          {},
                          {}},
                         [](const auto&) {});
  world.settle_with_store();
  world.register_person({"karim", "asso", {"coordination"}}).value();
  world.register_person({"gaston", "asso", {"guide"}}).value();
  world.register_person({"lena", "foyer", {"guide"}}).value();
  const auto id =
      world
          .act({.command = "open", .command_id = "open-1", .person = "karim", .protocol = "relais"})
          .value()
          .case_id;
  const auto obstacles = [&] {
    std::string text;
    const auto& file = world.file(id);
    for (const auto& one : propose_people(
             world.casebook->reading(),
             file,
             {.role = file.plan->protocol.steps[0].responsible, .step = model::StepId{0}},
             world.clock.now())) {
      text += one.person + (one.proposal.obstacles.empty() ? " " : "- ");
    }
    return text;
  };

  EXPECT_EQ(obstacles(), "gaston lena- ");
  world.clock.advance(std::chrono::days(3));
  world.casebook->tick();
  world.settle_with_store();
  EXPECT_EQ(obstacles(), "gaston lena ");
}

TEST(Taking, IsRefusedToAVolunteerWhoseTrainingHasLapsed) {
  Association world;
  const auto id = world.open_case("open-1");
  const auto refused = world.act_on(id, "take", "parler", "ali");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "training_lapsed");
  EXPECT_NE(refused.error().detail.find("Écouter"), std::string::npos) << refused.error().detail;
  world.register_person(volunteer("ali", "2027-03-01")).value();  // the day itself
  EXPECT_TRUE(world.act_on(id, "take", "parler", "ali"));
}

}  // namespace
}  // namespace protoflow::runtime
