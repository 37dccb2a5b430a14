#include "runtime/casebook/migrating.hpp"

#include <gtest/gtest.h>

#include "runtime/casebook/verifying.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto place = text.find(what);
  EXPECT_NE(place, std::string::npos) << what;
  return text.replace(place, what.size(), by);
}

std::string second_version() {
  auto text = replaced(testing::accueil_text(),
                       "  coordonné par",
                       "  version 2\n  remplace 1 parce que \"relu\"\n  coordonné par");
  text = replaced(text, "étape accueil \"", "étape premier \"");
  text =
      replaced(text, "  responsable référente", "  responsable référente\n  anciennement accueil");
  text = replaced(text, "après accueil est", "après premier est");
  return text.substr(0, text.find("exemple"));
}

class Migrating : public ::testing::Test {
 protected:
  Migrating() { world.prepare(); }

  void deploy(const std::string& text) {
    std::optional<std::expected<PlanRef, NotDone>> told;
    world.casebook->deploy({text, {}, {}}, [&](const auto& plan) { told = plan; });
    world.settle();
    ASSERT_TRUE(told && *told) << (told ? told->error().detail : "");
  }

  Outcome migrate(const std::string& case_id,
                  const std::string& command_id = "move-1",
                  bool dry_run = false) {
    return world.act({.command = "migrate",
                      .command_id = command_id,
                      .case_id = case_id,
                      .person = "karim",
                      .dry_run = dry_run,
                      .version = "2"});
  }

  CasebookWorld world;
};

TEST_F(Migrating, BringsTheCaseOverAndGoesOnByTheNewText) {
  const auto id = world.open();
  deploy(second_version());

  const auto done = migrate(id);

  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(world.file(id).plan->protocol.version, 2U);
  const auto record = engine::read_record(done->events.front());
  ASSERT_TRUE(record);
  EXPECT_EQ(record->kind, "case_migrated");
  EXPECT_EQ(record->protocol, world.file(id).plan->meaning_hash);
  EXPECT_TRUE(world.act_on(id, "take", "premier"));
  EXPECT_FALSE(world.act_on(id, "take", "accueil"));
  EXPECT_EQ(world.replayed(), world.lived());
}

TEST_F(Migrating, IsFoundAgainAfterARestart) {
  const auto id = world.open();
  deploy(second_version());
  ASSERT_TRUE(migrate(id));
  const auto before = world.live(id);

  world.restart(world.position_told);

  EXPECT_EQ(world.live(id), before);
  EXPECT_EQ(world.file(id).plan->protocol.version, 2U);
  const auto verified =
      verify(world.store, {}, [this](const std::string& key, const engine::SealedText& sealed) {
        return open_sealed(world.vault, key, sealed);
      });
  ASSERT_TRUE(verified);
  EXPECT_FALSE(verified->fault) << verified->fault->reason;
}

TEST_F(Migrating, DoneTwiceIsDoneOnce) {
  const auto id = world.open();
  deploy(second_version());
  ASSERT_TRUE(migrate(id));
  const auto version = world.file(id).state.version;

  const auto again = migrate(id);
  const auto anew = migrate(id, "move-2");

  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  ASSERT_FALSE(anew);
  EXPECT_EQ(anew.error().code, "already_on_version");
  EXPECT_EQ(world.file(id).state.version, version);
}

TEST_F(Migrating, TriedOnlyWritesNothingAndTellsWhatWouldHappen) {
  const auto id = world.open();
  ASSERT_TRUE(world.complete(id));
  deploy(replaced(second_version(), "vue par référente, entreprise", "vue par référente"));
  const auto before = world.live(id);

  const auto tried = migrate(id, "move-1", true);

  ASSERT_TRUE(tried) << tried.error().detail;
  EXPECT_TRUE(tried->tells.empty()) << tried->tells.front();
  EXPECT_EQ(world.live(id), before);
  EXPECT_EQ(world.file(id).plan->protocol.version, 1U);
}

TEST_F(Migrating, SaysWhatStandsInTheWay) {
  const auto id = world.open();
  deploy(replaced(second_version(), "  anciennement accueil\n", ""));

  const auto refused = migrate(id);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "cannot_migrate");
  EXPECT_NE(refused.error().detail.find("Mener le premier entretien"), std::string::npos)
      << refused.error().detail;
}

TEST_F(Migrating, FindsAVersionByItsNumberItsHashOrAsTheLatest) {
  deploy(second_version());
  const auto& reading = world.casebook->reading();
  const auto first = reading.version("accueil-partagé", "1");
  const auto second = reading.version("accueil-partagé", "2");

  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->protocol.version, 1U);
  EXPECT_EQ(second->protocol.version, 2U);
  EXPECT_EQ(reading.version("accueil-partagé", "latest"), second);
  EXPECT_EQ(reading.version("accueil-partagé", first->meaning_hash.substr(0, 12)), first);
  EXPECT_EQ(reading.version("accueil-partagé", "3"), nullptr);
  EXPECT_EQ(reading.version("ailleurs", "1"), nullptr);
}

TEST_F(Migrating, ToAVersionThatNobodyDeployedNamesThoseThatAre) {
  const auto id = world.open();

  const auto refused = migrate(id);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown_version");
  EXPECT_NE(refused.error().detail.find("(1)"), std::string::npos) << refused.error().detail;
}

// What an earlier version's partnership says is of its own places.
TEST_F(Migrating, HearsNoErrandOfTheVersionItHasLeft) {
  const auto id = world.open();
  deploy(second_version());
  const auto first = world.casebook->reading().version("accueil-partagé", "1");
  ASSERT_TRUE(migrate(id));
  engine::Command left{.kind = engine::CommandKind::partner_left, .partner = {1}};
  left.from = partnership_stream(*first);

  world.casebook->send({{case_stream(id), "errand-1", left}});
  world.settle();

  EXPECT_TRUE(world.file(id).state.left.empty());
  EXPECT_EQ(world.replayed(), world.lived());
}

}  // namespace
}  // namespace protoflow::runtime
