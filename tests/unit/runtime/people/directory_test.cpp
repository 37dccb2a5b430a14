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

TEST(Directory, ReadsBackAVolunteerWithAllThatIsKnown) {
  constexpr std::chrono::sys_days kFrom{std::chrono::year{2026} / 9 / 1};
  const Person person{.id = "zoe",
                      .partner = "association",
                      .roles = {"bénévole"},
                      .speaks = {"ar", "fr"},
                      .trainings = {{"écoute", kFrom, kFrom + std::chrono::days{365}}},
                      .available = 0b10001,
                      .cases_max = 2};
  const auto json = person_json(person);

  EXPECT_EQ(read_person(record_of(json)), person) << json;
  EXPECT_NE(json.find(R"("available":["monday","friday"])"), std::string::npos) << json;
}

struct WrongMember {
  const char* member;
  const char* json;  // after {"person":"zoe","partner":"a","roles":[],
};

class BadDescription : public ::testing::TestWithParam<WrongMember> {};

TEST_P(BadDescription, NamesTheMember) {
  const auto json =
      std::string(R"({"person":"zoe","partner":"a","roles":[],)") + GetParam().json + "}";
  const auto read = read_person_json(json);

  ASSERT_FALSE(read) << json;
  EXPECT_EQ(read.error().member, GetParam().member);
  EXPECT_FALSE(read.error().wanted.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Members,
    BadDescription,
    ::testing::Values(
        WrongMember{"speaks", R"("speaks":"ar")"},
        WrongMember{"speaks", R"("speaks":[1])"},
        WrongMember{"available", R"("available":["lundi"])"},
        WrongMember{"cases_max", R"("cases_max":-1)"},
        WrongMember{"cases_max", R"("cases_max":10001)"},
        WrongMember{"trainings", R"("trainings":[1])"},
        WrongMember{"competence", R"("trainings":[{}])"},
        WrongMember{"from", R"("trainings":[{"competence":"c","from":"soon"}])"},
        WrongMember{
            "until",
            R"("trainings":[{"competence":"c","from":"2027-01-02","until":"2027-01-01"}])"}));

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
