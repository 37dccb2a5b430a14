#include "runtime/people/directory.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

engine::Record record_of(const std::string& body) {
  return {
      .stream = std::string(kPeopleStream), .kind = std::string(kPersonRegistered), .body = body};
}

TEST(Directory, ReadsBackThePersonItWrote) {
  const Person person{"ines", "association", {"référente", "entreprise"}};
  EXPECT_EQ(read_person(record_of(person_json(person))), person);
}

TEST(Directory, SaysThatABodyDescribesNoPerson) {
  for (const auto* body : {"",
                           "[]",
                           "{}",
                           R"({"person":"ines"})",
                           R"({"person":7,"partner":"a","roles":[]})",
                           R"({"person":"ines","partner":"a","roles":"b"})",
                           R"({"person":"ines","partner":"a","roles":[7]})"}) {
    const auto read = read_person(record_of(body));
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().field, "body");
  }
}

TEST(Directory, GivesAnActorTheRolesOfThatProtocolOnly) {
  const auto plan = make_plan(testing::accueil_text()).value();
  const auto actor = actor_of({"ines", "association", {"référente", "jardinier"}}, plan->protocol);
  const auto stranger = actor_of({"omar", "ailleurs", {}}, plan->protocol);

  ASSERT_EQ(actor.plays.size(), 1u);
  EXPECT_EQ(plan->protocol[actor.plays[0]].name, "référente");
  EXPECT_EQ(plan->protocol[actor.partner].name, "association");
  EXPECT_FALSE(stranger.partner.known());
}

TEST(Directory, KeepsTheLatestOfAPerson) {
  Directory directory;
  directory.put({"ines", "association", {}});
  directory.put({"ines", "mission-locale", {}});

  ASSERT_NE(directory.find("ines"), nullptr);
  EXPECT_EQ(directory.find("ines")->partner, "mission-locale");
  EXPECT_EQ(directory.find("Ines"), nullptr);
  EXPECT_EQ(directory.all().size(), 1u);
}

}  // namespace
}  // namespace protoflow::runtime
