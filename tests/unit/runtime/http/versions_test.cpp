// The versions of a protocol over HTTP: listed, read, compared, and rehearsed before they are
// deployed.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

constexpr const char* kPath = "/v1/protocols/accueil-partag%C3%A9";

class Versions : public ::testing::Test {
 protected:
  Versions() { api.prepare(); }

  // With five working days more for the first step.
  static std::string second_text() {
    std::string text(testing::accueil_text());
    const std::string first = "  coordonné par coordination\n";
    text.insert(text.find(first) + first.size(), "  version 2\n");
    const std::string within = "  sous 5 jours ouvrés\n";
    text.replace(text.find(within), within.size(), "  sous 10 jours ouvrés\n");
    return text;
  }

  RunningApi api;
};

TEST_F(Versions, AreRehearsedBeforeTheyAreDeployed) {
  const auto answer = api.post("/v1/protocols", {{"text", second_text()}, {"dry_run", true}});
  const auto json = Json::parse(answer.body);

  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json["version"], 2);
  EXPECT_TRUE(json.value("dry_run", false));
  ASSERT_EQ(json["changes"].size(), 2u) << answer.body;
  EXPECT_NE(json["changes"][1].value("sentence", ""), "");
  EXPECT_EQ(api.get("/v1/protocols")["protocols"][0]["version"], 1) << "nothing was deployed";
  EXPECT_EQ(api.post("/v1/protocols", {{"text", "protocole"}, {"dry_run", true}}).status, 422);
  EXPECT_EQ(api.post("/v1/protocols", {{"text", second_text()}, {"dry_run", "yes"}}).status, 400);
  auto same_number = second_text();
  same_number.erase(same_number.find("  version 2\n"), std::string("  version 2\n").size());
  EXPECT_EQ(api.post("/v1/protocols", {{"text", same_number}, {"dry_run", true}}).status, 409);
}

TEST_F(Versions, StandInTheOrderInWhichTheyWereDeployed) {
  ASSERT_EQ(api.post("/v1/protocols", {{"text", second_text()}}).status, 200);
  const auto list = api.get(std::string(kPath) + "/versions")["versions"];

  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["version"], 1);
  EXPECT_FALSE(list[0]["in_force"]);
  EXPECT_EQ(list[1]["version"], 2);
  EXPECT_TRUE(list[1]["in_force"]);
  EXPECT_EQ(list[1]["partners"].size(), 2u);
}

TEST_F(Versions, AreReadWithTheTextThatWasDeployed) {
  ASSERT_EQ(api.post("/v1/protocols", {{"text", second_text()}}).status, 200);

  EXPECT_EQ(api.get(std::string(kPath) + "/versions/1")["text"], testing::accueil_text());
  EXPECT_EQ(api.get(std::string(kPath) + "/versions/latest")["text"], second_text());
  EXPECT_EQ(api.ask("GET", std::string(kPath) + "/versions/7").status, 422);
  EXPECT_EQ(api.ask("GET", "/v1/protocols/nowhere/versions/1").status, 404);
  EXPECT_EQ(api.ask("GET", "/v1/protocols/nowhere/versions").status, 404);
}

TEST_F(Versions, SayWhatTheyChange) {
  const auto path = std::string(kPath) + "/changes";
  EXPECT_EQ(api.get(path)["changes"].size(), 0u) << "there is but one";
  ASSERT_EQ(api.post("/v1/protocols", {{"text", second_text()}}).status, 200);

  const auto json = api.get(path);
  EXPECT_EQ(json["was"]["version"], 1);
  EXPECT_EQ(json["is"]["version"], 2);
  ASSERT_EQ(json["changes"].size(), 2u) << "its number, and the deadline";
  EXPECT_EQ(json["changes"][1]["member"], "within");
  EXPECT_EQ(api.get(path + "?from=2&to=1")["changes"][1]["was"], json["changes"][1]["is"]);
  EXPECT_EQ(api.ask("GET", path + "?from=7").status, 422);
  EXPECT_EQ(api.ask("GET", "/v1/protocols/nowhere/changes").status, 404);
}

TEST_F(Versions, RefuseWithTheNamesOfWhoCouldAndOfWhatIsMissing) {
  const auto case_id = api.open();
  const auto refused = [&](Json command) {
    command["step"] = "accueil";
    return Json::parse(api.act(case_id, command).body);
  };
  const auto stranger = refused({{"command", "take"}, {"person", "karim"}});
  EXPECT_EQ(stranger["who_could"], (Json{{"role", "référente"}, {"partner", "association"}}));
  EXPECT_FALSE(stranger.contains("missing"));

  refused({{"command", "take"}, {"person", "ines"}});
  const auto silent =
      refused({{"command", "complete"}, {"person", "ines"}, {"outcome", "engagée"}});
  EXPECT_EQ(silent["code"], "consent_answer_needed") << silent;
  EXPECT_EQ(silent["missing"], (Json{{"consent", "partage"}}));
}

}  // namespace
}  // namespace protoflow::runtime
