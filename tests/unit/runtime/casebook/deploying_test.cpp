// Protocols and people: the streams that are not cases.
#include <gtest/gtest.h>

#include "engine/log/meaning_hash.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;
using testing::MemoryStore;

using Deployed = std::expected<PlanRef, NotDone>;

std::shared_ptr<std::optional<Deployed>> deploy(CasebookWorld& world, ProtocolText text) {
  auto answer = std::make_shared<std::optional<Deployed>>();
  world.casebook->deploy(std::move(text), [answer](const Deployed& plan) { *answer = plan; });
  return answer;
}

std::shared_ptr<std::optional<Deployed>> deploy(CasebookWorld& world, std::string text) {
  return deploy(world, ProtocolText{std::move(text), {}, {}});
}

// How many protocols were deployed: each founds its partnership besides.
std::size_t deployments(const CasebookWorld& world) {
  std::size_t found = 0;
  const auto read = world.store.read_all(0, [&](const StoredEvent& stored) {
    found += stored.stream.starts_with(kProtocolPrefix) ? 1U : 0U;
    return true;
  });
  EXPECT_TRUE(read);
  return found;
}

std::string changed(std::string text, std::string_view old, std::string_view by) {
  return text.replace(text.find(old), old.size(), by);
}

TEST(Deploying, TakesTheSameMeaningOnce) {
  CasebookWorld world;
  const auto first = deploy(world, testing::accueil_text());
  world.settle_with_store();
  const auto again = deploy(world, "# un commentaire de plus\n" + testing::accueil_text());
  world.settle_with_store();

  ASSERT_TRUE((*first)->has_value());
  ASSERT_TRUE((*again)->has_value());
  EXPECT_EQ(first->value().value()->meaning_hash, again->value().value()->meaning_hash);
  EXPECT_EQ(deployments(world), 1u);
}

TEST(Deploying, TakesTheSameMeaningOnceEvenWhenItComesTwiceAtATime) {
  CasebookWorld world(MemoryStore::Answers::when_told);
  const auto first = deploy(world, testing::accueil_text());
  const auto again = deploy(world, testing::accueil_text());
  world.settle_with_store();

  EXPECT_TRUE((*first)->has_value());
  EXPECT_TRUE((*again)->has_value());
  EXPECT_EQ(deployments(world), 1u);
}

TEST(Deploying, RefusesAnotherTextUnderTheSameNumber) {
  CasebookWorld world;
  world.prepare();
  const auto text =
      changed(testing::accueil_text(), "sous 10 jours ouvrés", "sous 15 jours ouvrés");
  const auto refused = deploy(world, text);
  world.settle_with_store();
  ASSERT_FALSE((*refused)->has_value());
  EXPECT_EQ((*refused)->error().code, "version_taken");
  EXPECT_NE((*refused)->error().detail.find("« version 2 »"), std::string::npos)
      << (*refused)->error().detail;
  EXPECT_EQ(deployments(world), 1u);

  const auto numbered = deploy(world, testing::as_version_two(text));
  world.settle_with_store();
  EXPECT_TRUE((*numbered)->has_value());
  EXPECT_EQ(deployments(world), 2u);
}

TEST(Deploying, KeepsACaseOnTheMeaningItWasOpenedUnder) {
  CasebookWorld world;
  world.prepare();
  const auto before = world.open("open-1");
  const auto text = testing::as_version_two(
      changed(testing::accueil_text(), "sous 10 jours ouvrés", "sous 15 jours ouvrés"));
  const auto deployed = deploy(world, text);
  world.settle_with_store();
  const auto after = world.open("open-2");
  ASSERT_TRUE((*deployed)->has_value());
  EXPECT_NE(world.file(before).plan, world.file(after).plan);
  ASSERT_TRUE(world.act_on(before, "take", "accueil"));
  ASSERT_TRUE(world.act_on(after, "take", "accueil"));

  world.restart();
  EXPECT_NE(world.file(before).plan->meaning_hash, world.file(after).plan->meaning_hash);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Deploying, GoesBackToAnEarlierMeaning) {
  CasebookWorld world;
  world.prepare();
  const auto text = testing::as_version_two(
      changed(testing::accueil_text(), "sous 10 jours ouvrés", "sous 15 jours ouvrés"));
  deploy(world, text);
  world.settle_with_store();
  const auto back = deploy(world, testing::accueil_text());
  world.settle_with_store();

  ASSERT_TRUE((*back)->has_value());
  EXPECT_EQ(world.casebook->reading().protocol("accueil-partagé"), back->value().value());
  world.restart();
  EXPECT_EQ(world.casebook->reading().protocol("accueil-partagé")->meaning_hash,
            back->value().value()->meaning_hash);
}

TEST(Deploying, GoesBackToAnEarlierMeaningWhoseCasesGoOn) {
  CasebookWorld world;
  world.prepare();
  const auto before = world.open("open-1");
  deploy(world,
         testing::as_version_two(
             changed(testing::accueil_text(), "sous 10 jours ouvrés", "sous 15 jours ouvrés")));
  world.settle_with_store();
  // The same meaning in another order: "accueil" is the last step.
  auto text = testing::accueil_text();
  const auto from = text.find("étape accueil");
  const auto to = text.find("étape ", from + 1);
  ASSERT_NE(to, text.npos);
  const auto step = text.substr(from, to - from);
  text.erase(from, to - from);
  text.insert(text.find("fin "), step);
  const auto back = deploy(world, text);
  world.settle_with_store();
  ASSERT_TRUE((*back)->has_value()) << (*back)->error().detail;
  const auto after = world.open("open-2");

  EXPECT_TRUE(world.act_on(before, "take", "accueil"));
  EXPECT_TRUE(world.act_on(after, "take", "accueil"));
  EXPECT_EQ(world.file(before).plan->meaning_hash, world.file(after).plan->meaning_hash);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Deploying, ReadsWhatWasDeployedUnderTheFirstWayOfWritingTheMeaning) {
  CasebookWorld world;
  const ProtocolText text{testing::accueil_text(), {}, {}};
  const auto plan = make_plan(text).value();
  const auto old = engine::meaning_hash(plan->protocol, model::Canonical::one);
  world.store.append({.stream = "protocol/accueil-partagé",
                      .lines = {engine::write({.stream = "protocol/accueil-partagé",
                                               .version = 1,
                                               .kind = std::string(kProtocolDeployed),
                                               .body = protocol_json(*plan, text),
                                               .protocol = old,
                                               .command = "deploy",
                                               .previous = std::string(engine::kNoPrevious)})}},
                     [](const auto&) {});
  world.restart();
  world.prepare();  // deploys the same meaning again: there is nothing to write
  const auto file = world.open();

  EXPECT_EQ(world.file(file).plan->meaning_hash, old);
  EXPECT_TRUE(world.act_on(file, "take", "accueil"));
  EXPECT_EQ(deployments(world), 1u);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Deploying, KeepsInTheLogTheFilesThatAProtocolUses) {
  constexpr std::chrono::sys_days kHoliday{std::chrono::year(2027) / 12 / 25};
  CasebookWorld world;
  const std::string partner = "partenaire association \"Association du quartier\"\n";
  const auto without_partner = changed(testing::accueil_text(), partner, "");
  const auto own = changed(without_partner,
                           "Europe/Paris\n",
                           "Europe/Paris\n  utilise \"partenaires.proto-flow\"\n"
                           "calendrier\n  fermé selon \"fériés.ics\"\n");
  const auto deployed = deploy(
      world, {own, {{"partenaires.proto-flow", partner}}, {{"fériés.ics", {{kHoliday, "Noël"}}}}});
  world.settle_with_store();
  ASSERT_TRUE((*deployed)->has_value()) << (*deployed)->error().detail;
  const std::string meaning = deployed->value().value()->meaning_hash;

  world.restart();

  const auto plan = world.casebook->reading().protocol("accueil-partagé");
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->meaning_hash, meaning);
  EXPECT_EQ(plan->protocol.calendar.closed.back(), (model::ClosedDay{kHoliday, "Noël"}));
}

// As an upgraded daemon that is started with the same file as always.
TEST(Deploying, KeepsATextThatRunsAlreadyWhenMoreIsAskedOfTextsSince) {
  const ProtocolText faulty{
      .text =
          "protocol p\n  coordinated by r\npartner one\n  speaks french\nrole r\n  held by "
          "one\nstep s\n  responsible r\nending e\n  when s\n"};
  CasebookWorld world;
  const auto refused = deploy(world, faulty);
  world.settle_with_store();
  EXPECT_FALSE((*refused)->has_value());

  const auto plan = plan_of_deployed(faulty).value();
  world.store.append({.stream = "protocol/p",
                      .lines = {engine::write({.stream = "protocol/p",
                                               .version = 1,
                                               .kind = std::string(kProtocolDeployed),
                                               .body = protocol_json(*plan, faulty),
                                               .protocol = plan->meaning_hash,
                                               .command = "deploy",
                                               .previous = std::string(engine::kNoPrevious)})}},
                     [](const auto&) {});
  world.restart();
  const auto kept = deploy(world, faulty);
  world.settle_with_store();

  ASSERT_TRUE((*kept)->has_value()) << (*kept)->error().detail;
  EXPECT_EQ(kept->value().value()->meaning_hash, plan->meaning_hash);
  EXPECT_EQ(deployments(world), 1u);
  ASSERT_EQ(world.troubles.size(), 1u);
  EXPECT_NE(world.troubles.front().find("protoflow check"), std::string::npos);
}

TEST(Deploying, TellsWhereABadProtocolIsWrong) {
  CasebookWorld world;
  const auto told = deploy(world, "protocole court \"Trop court\"\n  coordonné par personne\n");

  ASSERT_TRUE(told->has_value());
  ASSERT_FALSE((*told)->has_value());
  EXPECT_EQ((*told)->error().code, "protocol_not_valid");
  EXPECT_NE((*told)->error().detail.find("« personne »"), std::string::npos)
      << (*told)->error().detail;
  EXPECT_EQ(world.store.size(), 0u);
}

TEST(Deploying, TellsThatTheStoreFailedAndTriesAgain) {
  CasebookWorld world;
  world.store.fail_next({StoreErrorCode::unavailable, "the disk"});
  const auto failed = deploy(world, testing::accueil_text());
  world.settle_with_store();
  const auto again = deploy(world, testing::accueil_text());
  world.settle_with_store();

  ASSERT_FALSE((*failed)->has_value());
  EXPECT_EQ((*failed)->error().why, Why::unavailable);
  EXPECT_TRUE((*again)->has_value());
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Registering, WritesConcurrentPeopleOneAfterTheOther) {
  CasebookWorld world(MemoryStore::Answers::when_told);
  int done = 0;
  for (const auto* id : {"ines", "karim", "lea", "ines"}) {
    world.casebook->register_person({id, "association", {"référente"}},
                                    [&](const Outcome& outcome) { done += outcome ? 1 : 0; });
  }
  world.settle_with_store();

  EXPECT_EQ(done, 4);
  EXPECT_EQ(world.casebook->reading().people.all().size(), 3u);
  EXPECT_EQ(world.store.size(), 3u);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Registering, RepeatsAndChangesAPerson) {
  CasebookWorld world;
  const auto first = world.register_person({"ines", "association", {"référente"}});
  const auto again = world.register_person({"ines", "association", {"référente"}});
  const auto moved = world.register_person({"ines", "mission-locale", {"coordination"}});

  ASSERT_TRUE(first && again && moved);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->version, 1u);
  EXPECT_EQ(moved->version, 2u);
  EXPECT_EQ(world.casebook->reading().people.find("ines")->partner, "mission-locale");
}

TEST(Registering, AsksForAPseudonymAndAPartner) {
  CasebookWorld world;
  const auto bad = std::vector<Person>({
      {"", "association", {}},
      {"Inès", "association", {}},
      {"ines martin", "association", {}},
      {"ines@association.example", "association", {}},
      {std::string(65, 'a'), "association", {}},
      {"ines", "", {}},
  });
  for (const auto& person : bad) {
    const auto told = world.register_person(person);
    ASSERT_FALSE(told) << person.id;
    EXPECT_EQ(told.error().code, "not_a_person");
  }
  EXPECT_TRUE(world.register_person({std::string(64, 'a'), "association", {}}));
}

}  // namespace
}  // namespace protoflow::runtime
