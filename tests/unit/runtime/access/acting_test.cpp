// People act with their own tokens: as themselves, where they have a part, and told of no more than
// they may see.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

class Acting : public ::testing::Test {
 protected:
  Acting() {
    api.prepare();
    case_id = api.open();
    ines = api.token_for("ines");
    karim = api.token_for("karim");
  }

  ClientAnswer act(const std::string& token, const Json& body) {
    return api.ask_as(token, "POST", "/v1/cases/" + case_id + "/commands", body.dump());
  }

  RunningApi api;
  std::string case_id, ines, karim;
};

std::string type_of(const ClientAnswer& answer) {
  return Json::parse(answer.body).value("type", "");
}

TEST_F(Acting, IsDoneInOnesOwnName) {
  const auto answer = act(ines, {{"command", "take"}, {"step", "accueil"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(Json::parse(answer.body)["events"][0]["actor"]["person"], "ines");

  const auto refused =
      act(ines, {{"command", "release"}, {"step", "accueil"}, {"person", "karim"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(type_of(refused), "/problems/not-yourself");
  EXPECT_EQ(api.ask_as(ines, "GET", "/v1/cases/" + case_id + "?person=karim").status, 403);
  EXPECT_EQ(api.ask_as(ines, "GET", "/v1/tasks?person=karim").status, 404);
  EXPECT_EQ(api.ask_as(ines, "GET", "/v1/tasks?person=karim").body,
            api.ask_as(ines, "GET", "/v1/tasks?person=nobody").body);
}

TEST_F(Acting, TellsNobodyWhichIdsOfOtherPartnersThereAre) {
  ASSERT_EQ(act(ines, {{"command", "take"}, {"step", "accueil"}}).status, 200);
  const auto give_to = [&](const std::string& person) {
    return act(ines, {{"command", "delegate"}, {"step", "accueil"}, {"to", person}});
  };
  const auto known = give_to("karim"), unknown = give_to("nobody");
  EXPECT_EQ(type_of(known), "/problems/not-a-colleague") << known.body;
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.body, unknown.body);
}

TEST_F(Acting, TakesNoReadingTokenForMore) {
  const auto reading = api.token_for("ines", {{"scope", "read"}});
  const auto refused = act(reading, {{"command", "take"}, {"step", "accueil"}});
  EXPECT_EQ(type_of(refused), "/problems/token-only-reads");
  EXPECT_EQ(api.ask_as(reading, "GET", "/v1/cases/" + case_id).status, 200);
}

TEST_F(Acting, DoesNotAnswerWithWhatAnotherHasDone) {
  const Json by_karim{{"command", "pause"}, {"reason", "vacances"}, {"command_id", "one"}};
  ASSERT_EQ(act(karim, by_karim).status, 200);
  const auto by_ines = act(ines, {{"command", "take"}, {"step", "accueil"}, {"command_id", "one"}});
  EXPECT_FALSE(Json::parse(by_ines.body).contains("repeated")) << by_ines.body;
  EXPECT_TRUE(Json::parse(act(karim, by_karim).body).value("repeated", false));
}

TEST_F(Acting, HidesTheHashesAndIdsOfEventsFromPeople) {
  const auto events =
      Json::parse(api.ask_as(ines, "GET", "/v1/cases/" + case_id + "/history").body)["events"];
  ASSERT_FALSE(events.empty());
  for (const auto& event : events) {
    EXPECT_FALSE(event.contains("previous"));
    EXPECT_FALSE(event.contains("command"));
  }
  EXPECT_EQ(events[0]["hidden"], Json::array({"person", "beneficiary"}));
  EXPECT_TRUE(api.get("/v1/cases/" + case_id + "/history")["events"][0].contains("previous"));
}

// « J’accepte que l’entreprise connaisse mon niveau de français. »
TEST_F(Acting, ShowsWhatAConsentCoversOnlyWhileItIsGiven) {
  api.post("/v1/people",
           {{"person", "lea"}, {"partner", "mission-locale"}, {"roles", {"entreprise"}}});
  const auto lea = api.token_for("lea");
  const auto levels_seen_when = [&](const std::string& id, bool agrees) {
    const auto done = [&](const char* person, Json body) {
      body["person"] = person;
      const auto answer = api.act(id, body);
      EXPECT_EQ(answer.status, 200) << answer.body;
    };
    done("ines",
         {{"command", "complete"},
          {"step", "accueil"},
          {"outcome", "engagée"},
          {"information", {{"niveau-français", "A1"}, {"mot", "Bonjour"}}},
          {"consent", {{"partage", agrees}}}});
    done("karim", {{"command", "approve"}, {"step", "accueil"}});
    done("karim", {{"command", "refer"}, {"role", "entreprise"}, {"partner", "mission-locale"}});
    done("lea", {{"command", "accept_referral"}, {"role", "entreprise"}});
    const auto read = Json::parse(api.ask_as(lea, "GET", "/v1/cases/" + id).body)["information"];
    return read.size();
  };

  EXPECT_EQ(levels_seen_when(case_id, true), 1U);
  EXPECT_EQ(levels_seen_when(api.open("open-2"), false), 0U);
}

TEST_F(Acting, RecordsOnlyOnesOwnAbsence) {
  const Json absence{{"command", "person_absent"}, {"until", "2027-12-31"}};
  EXPECT_EQ(api.ask_as(ines, "POST", "/v1/people/karim/commands", absence.dump()).status, 403);
  EXPECT_EQ(api.ask_as(ines, "POST", "/v1/people/ines/commands", absence.dump()).status, 200);
  const Json removal{{"command", "person_removed"}};
  EXPECT_EQ(api.ask_as(ines, "POST", "/v1/people/ines/commands", removal.dump()).status, 403);
}

TEST_F(Acting, TellsNobodyElsewhereOfAnything) {
  api.post("/v1/people", {{"person", "lea"}, {"partner", "ailleurs"}, {"roles", {"référente"}}});
  const auto lea = api.token_for("lea");
  for (const auto* path : {"/v1/cases",
                           "/v1/tasks",
                           "/v1/notices",
                           "/v1/protocols",
                           "/v1/partnerships",
                           "/v1/sessions"}) {
    auto json = Json::parse(api.ask_as(lea, "GET", path).body);
    json.erase("next");
    EXPECT_TRUE(json.begin()->empty()) << path << json;
  }
  const Json open{{"protocol", "accueil-partagé"}};
  const Json nowhere{{"protocol", "nulle-part"}};
  EXPECT_EQ(api.ask_as(lea, "POST", "/v1/cases", open.dump()).body,
            api.ask_as(lea, "POST", "/v1/cases", nowhere.dump()).body);
}

}  // namespace
}  // namespace protoflow::runtime
