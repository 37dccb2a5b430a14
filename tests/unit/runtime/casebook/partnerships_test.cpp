// A deployment founds the partnership of its version; signatures reach the cases.
#include <gtest/gtest.h>

#include "runtime/casebook/casebook.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;

std::string signed_text() {
  return testing::accueil_text() + "convention\n  signée par tous les partenaires sous 30 jours\n";
}

// The coordination is the mission locale's, the first step the association's.
struct Signing {
  Signing() { deploy(signed_text()); }

  void deploy(const std::string& text) {
    world.casebook->deploy({text, {}, {}}, [](const auto&) {});
    const auto deaf = [](const Outcome&) {};
    world.casebook->register_person({"ines", "association", {"référente", "entreprise"}}, deaf);
    world.casebook->register_person({"karim", "mission-locale", {"coordination", "entreprise"}},
                                    deaf);
    world.settle_with_store();
  }

  [[nodiscard]] const PartnershipFile& file() const {
    const auto& reading = world.casebook->reading();
    return reading.partnerships.at(partnership_stream(*reading.protocol("accueil-partagé")));
  }

  Outcome agree(const std::string& person, const std::string& command_id = "agree") {
    return world.act({.command = "agree",
                      .command_id = command_id + person,
                      .stream = partnership_stream(*file().plan),
                      .person = person,
                      .meaning = file().plan->meaning_hash});
  }

  Outcome open(const std::string& command_id) {
    return world.act({.command = "open",
                      .command_id = command_id,
                      .person = "karim",
                      .protocol = "accueil-partagé"});
  }

  CasebookWorld world;
};

TEST(Partnerships, AreFoundedAtDeploymentAndReadBack) {
  Signing signing;

  EXPECT_EQ(signing.file().state.status, engine::PartnershipStatus::founded);
  EXPECT_EQ(signing.file().state.participations[0].state, engine::ParticipationState::invited);
  const auto before = engine::describe(signing.file().state, signing.file().plan->protocol);

  signing.world.restart();
  EXPECT_EQ(engine::describe(signing.file().state, signing.file().plan->protocol), before);
  EXPECT_EQ(signing.world.lived(), signing.world.replayed());
}

TEST(Partnerships, LetACaseOpenOnceTheFirstStepHasSomebodyWhoSigned) {
  Signing signing;
  const auto refused = signing.open("open-1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "partners_not_agreed");
  EXPECT_NE(refused.error().detail.find("Association du quartier"), std::string::npos);

  ASSERT_TRUE(signing.agree("ines"));
  const auto opened = signing.open("open-2");
  ASSERT_TRUE(opened) << opened.error().detail;
  const auto& state = signing.world.file(opened->case_id).state;
  EXPECT_EQ(state.unsigned_by.size(), 1U) << "the mission locale has not signed";

  ASSERT_TRUE(signing.agree("karim"));
  signing.world.settle();
  EXPECT_TRUE(signing.world.file(opened->case_id).state.unsigned_by.empty());
  EXPECT_EQ(signing.world.lived(), signing.world.replayed());
}

TEST(Partnerships, RefuseTheSignatureOfAnotherText) {
  Signing signing;
  const auto refused = signing.world.act({.command = "agree",
                                          .command_id = "agree-1",
                                          .stream = partnership_stream(*signing.file().plan),
                                          .person = "ines",
                                          .meaning = std::string(64, '0')});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "other_text");
}

TEST(Partnerships, OfANewVersionAskAgainOnlyThoseItConcerns) {
  Signing signing;
  ASSERT_TRUE(signing.agree("ines"));
  ASSERT_TRUE(signing.agree("karim"));
  const auto first = partnership_stream(*signing.file().plan);
  auto text = signed_text();
  const std::string was = "sous 5 jours ouvrés";
  text.replace(text.find(was), was.size(), "sous 6 jours ouvrés");
  signing.deploy(testing::as_version_two(text));

  EXPECT_NE(partnership_stream(*signing.file().plan), first);
  EXPECT_EQ(signing.world.casebook->reading().partnerships.at(first).state.status,
            engine::PartnershipStatus::superseded);
  EXPECT_EQ(signing.file().state.participations[1].state, engine::ParticipationState::invited)
      << "the association's step has changed";
}

TEST(Partnerships, TellTheirCasesWhoIsBackAsTheyToldThemWhoHadLeft) {
  Signing signing;
  ASSERT_TRUE(signing.agree("ines"));
  ASSERT_TRUE(signing.agree("karim"));
  const auto id = signing.open("open-1").value().case_id;
  const auto act = [&](const std::string& command, const std::string& person) {
    return signing.world.act({.command = command,
                              .command_id = command + "-1",
                              .stream = partnership_stream(*signing.file().plan),
                              .person = person,
                              .partner = command == "invite_partner" ? "association" : "",
                              .reason = "Moins de monde"});
  };
  const auto left = [&] { return signing.world.file(id).state.left; };
  ASSERT_TRUE(act("leave_partnership", "ines"));
  signing.world.settle();
  ASSERT_EQ(left().size(), 1U);

  signing.world.restart();
  const auto invited = act("invite_partner", "karim");
  ASSERT_TRUE(invited) << invited.error().detail;
  const auto agreed = signing.agree("ines", "again");
  ASSERT_TRUE(agreed) << agreed.error().detail;
  signing.world.settle();
  EXPECT_TRUE(left().empty());
  EXPECT_TRUE(signing.world.file(id).state.unsigned_by.empty());
  EXPECT_EQ(signing.world.lived(), signing.world.replayed());
}

TEST(Partnerships, DoNotUndoALeaveThatOneCaseAloneRecorded) {
  Signing signing;
  signing.deploy(testing::as_version_two(signed_text() + "  renouvelée tous les 12 mois\n"));
  ASSERT_TRUE(signing.agree("karim"));
  ASSERT_TRUE(signing.agree("ines"));
  const auto id = signing.open("open-1").value().case_id;
  ASSERT_TRUE(signing.world.act({.command = "partner_left",
                                 .command_id = "left",
                                 .case_id = id,
                                 .person = "karim",
                                 .partner = "association"}));
  signing.world.clock.advance(std::chrono::hours(24 * 350));
  signing.world.casebook->tick();
  signing.world.settle();
  ASSERT_TRUE(signing.agree("ines", "again"));
  signing.world.settle();

  EXPECT_EQ(signing.world.file(id).state.left.size(), 1U);
}

TEST(Partnerships, OfAnOlderVersionDeployedAgainAreInForceAgain) {
  Signing signing;
  auto text = signed_text();
  const std::string was = "sous 5 jours ouvrés";
  text.replace(text.find(was), was.size(), "sous 6 jours ouvrés");
  text = testing::as_version_two(text);
  const auto status = [&](const std::string& stream) {
    return signing.world.casebook->reading().partnerships.at(stream).state.status;
  };
  const auto first = partnership_stream(*signing.file().plan);
  signing.deploy(text);
  const auto second = partnership_stream(*signing.file().plan);
  for (int round = 0; round < 2; ++round) {
    signing.deploy(signed_text());
    EXPECT_EQ(status(first), engine::PartnershipStatus::founded);
    EXPECT_EQ(status(second), engine::PartnershipStatus::superseded);
    EXPECT_TRUE(engine::is_ahead(signing.file().state.routines.front().state));
    signing.deploy(text);
    EXPECT_EQ(status(first), engine::PartnershipStatus::superseded);
    EXPECT_EQ(status(second), engine::PartnershipStatus::founded);
  }
  EXPECT_EQ(signing.world.lived(), signing.world.replayed());
}

TEST(Partnerships, KeepRemarksSealedAndReadable) {
  Signing signing;
  const auto stream = partnership_stream(*signing.file().plan);
  ASSERT_TRUE(signing.world.act({.command = "remark",
                                 .command_id = "remark-1",
                                 .stream = stream,
                                 .person = "ines",
                                 .step = "accueil",
                                 .reason = "Trop court pour Nadia."}));
  signing.world.restart();

  ASSERT_EQ(signing.file().state.remarks.size(), 1U);
  EXPECT_EQ(signing.file().state.remarks[0].text, "Trop court pour Nadia.");
  std::string log;
  ASSERT_TRUE(
      signing.world.casebook->read_history(stream, [&](std::string_view line) { log += line; }));
  EXPECT_EQ(log.find("Nadia"), std::string::npos);
}

}  // namespace
}  // namespace protoflow::runtime
