#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

const Contact kContact{.mail = "ines@example.org", .digest = DayTime(8 * 60)};

Outcome set(testing::CasebookWorld& world,
            const std::optional<Contact>& contact,
            const Writing& writing = {},
            const std::string& person = "ines") {
  std::optional<Outcome> outcome;
  world.casebook->set_contact(
      person, contact, [&](const Outcome& told) { outcome = told; }, writing);
  world.settle();
  return outcome.value();
}

std::string log_of(const testing::CasebookWorld& world) {
  std::string text;
  (void)world.store.read_all(0, [&](const StoredEvent& stored) {
    text += std::string(stored.line) + "\n";
    return true;
  });
  return text;
}

TEST(Contacts, StandSealedInTheLogAndAreThereAfterARestart) {
  testing::CasebookWorld world;
  world.prepare();

  ASSERT_TRUE(set(world, kContact));
  world.restart();

  EXPECT_EQ(world.casebook->contact_of("ines"), kContact);
  EXPECT_EQ(world.casebook->contact_of("karim"), std::nullopt);
  EXPECT_EQ(log_of(world).find("example.org"), std::string::npos);
  EXPECT_NE(log_of(world).find("person_contact"), std::string::npos);
}

TEST(Contacts, AreErasedWhenTheyAreReplacedForgottenOrThePersonIsRemoved) {
  testing::CasebookWorld world;
  world.prepare();
  const auto sealed = [&] { return *world.casebook->reading().people.contact("ines"); };
  const auto is_erased = [&](const SealedContact& contact) {
    return !open_sealed(world.vault, contact.key, contact.sealed)->has_value();
  };

  ASSERT_TRUE(set(world, kContact));
  const auto first = sealed();
  ASSERT_TRUE(set(world, Contact{.mail = "i@example.org"}));
  const auto second = sealed();
  EXPECT_TRUE(is_erased(first));
  EXPECT_FALSE(is_erased(second));

  ASSERT_TRUE(set(world, std::nullopt));
  EXPECT_TRUE(is_erased(second));
  EXPECT_EQ(world.casebook->contact_of("ines"), std::nullopt);

  ASSERT_TRUE(set(world, kContact));
  const auto third = sealed();
  world.casebook->change_person({.kind = PersonChangeKind::person_removed, .person = "ines"},
                                [](const Outcome&) {});
  world.settle();
  EXPECT_TRUE(is_erased(third));
  EXPECT_EQ(world.casebook->contact_of("ines"), std::nullopt);
}

TEST(Contacts, ThatACrashLeftBehindAreErasedAtTheNextStart) {
  testing::CasebookWorld world(testing::MemoryStore::Answers::when_told);
  world.prepare();
  world.casebook->set_contact("ines", kContact, [](const Outcome&) {});
  world.settle_with_store();
  const auto first = *world.casebook->reading().people.contact("ines");

  world.casebook->set_contact("ines", std::nullopt, [](const Outcome&) {});
  world.settle();  // written; the casebook does not hear of it
  EXPECT_TRUE(open_sealed(world.vault, first.key, first.sealed)->has_value());
  world.restart();

  EXPECT_FALSE(open_sealed(world.vault, first.key, first.sealed)->has_value());
}

TEST(Contacts, AreWrittenOnceForOneCommand) {
  testing::CasebookWorld world;
  world.prepare();

  EXPECT_FALSE(set(world, kContact, {.by = "karim", .command_id = "c1"})->repeated);
  EXPECT_TRUE(set(world, kContact, {.by = "karim", .command_id = "c1"})->repeated);
  EXPECT_TRUE(set(world, kContact)->repeated);
  EXPECT_EQ(set(world, kContact, {}, "nobody").error().code, "unknown_person");
  EXPECT_EQ(set(world, kContact, {.by = "nobody"}).error().code, "unknown_person");
}

}  // namespace
}  // namespace protoflow::runtime
