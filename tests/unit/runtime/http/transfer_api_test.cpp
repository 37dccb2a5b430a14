// All that a partner answers for goes to another over HTTP: tried, proposed, taken over by one act.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

// The association's role may be held by the mission locale as well.
std::string text_with_a_deputy() {
  auto text = testing::accueil_text();
  const std::string held = "  tenu par association\n";
  text.replace(text.find(held), held.size(), "  tenu par association\n  à défaut mission-locale\n");
  return text;
}

struct TransferApi : RunningApi {
  TransferApi() {
    post("/v1/protocols", {{"text", text_with_a_deputy()}});
    post("/v1/people", {{"person", "ines"}, {"partner", "association"}, {"roles", {"référente"}}});
    post("/v1/people",
         {{"person", "karim"},
          {"partner", "mission-locale"},
          {"roles", {"coordination", "référente"}}});
  }

  static std::string path() { return "/v1/protocols/accueil-partag%C3%A9/transfer"; }

  Json transfer(Json body) {
    body["from"] = "association";
    return Json::parse(post(path(), body).body, nullptr, false);
  }

  std::string partner_of(const std::string& case_id) {
    const auto answer = get("/v1/cases/" + case_id);
    for (const auto& duty : answer["duties"]) {
      if (duty.value("kind", "") == "step") {
        return duty.value("partner", "");
      }
    }
    return {};
  }
};

TEST(TransferOverHttp, TriesThenProposesThenIsTakenOverByOneAct) {
  TransferApi api;
  std::vector ids = {api.open("open-1"), api.open("open-2"), api.open("open-3")};
  std::ranges::sort(ids);
  const Json ask{{"person", "karim"}, {"to", "mission-locale"}, {"command_id", "t-1"}};

  auto tried = ask;
  tried["dry_run"] = true;
  const auto rehearsed = api.transfer(tried);
  EXPECT_EQ(rehearsed["cases"], Json(ids)) << rehearsed.dump();
  EXPECT_EQ(rehearsed["moves"]["steps"], 3);
  EXPECT_EQ(api.partner_of(ids[0]), "association");

  EXPECT_EQ(api.transfer(ask)["cases"], Json(ids));
  EXPECT_EQ(api.partner_of(ids[0]), "association") << "the giver answers until it is accepted";
  EXPECT_EQ(api.transfer(ask)["cases"], Json(ids)) << "the same id does nothing twice";

  const auto taken = api.transfer({{"command", "accept_transfer"}, {"person", "karim"}});
  EXPECT_EQ(taken["cases"], Json(ids)) << taken.dump();
  EXPECT_EQ(taken["moves"]["steps"], 3);
  for (const auto& id : ids) {
    EXPECT_EQ(api.partner_of(id), "mission-locale");
  }
  EXPECT_TRUE(api.transfer({{"command", "accept_transfer"}, {"person", "karim"}})["cases"].empty());
}

TEST(TransferOverHttp, SaysWhatStaysAndWhy) {
  TransferApi api;
  const auto id = api.open();

  const auto stays = api.transfer(
      {{"person", "karim"}, {"to", "mission-locale"}, {"role", "coordination"}, {"dry_run", true}});
  EXPECT_TRUE(stays["cases"].empty()) << stays.dump();

  const auto back =
      Json::parse(api.post(TransferApi::path(),
                           {{"person", "karim"}, {"from", "mission-locale"}, {"to", "association"}})
                      .body);
  EXPECT_TRUE(back["cases"].empty()) << back.dump();

  api.transfer({{"person", "karim"}, {"to", "mission-locale"}});
  const auto stranger = api.transfer({{"command", "accept_transfer"}, {"person", "ines"}});
  EXPECT_TRUE(stranger["cases"].empty()) << stranger.dump();
  const auto refused = api.transfer(
      {{"command", "refuse_transfer"}, {"person", "karim"}, {"reason", "personne de libre"}});
  EXPECT_EQ(refused["cases"], Json({id})) << refused.dump();
  EXPECT_EQ(api.partner_of(id), "association");
}

TEST(TransferOverHttp, KeepsToTheNumberOfCasesThatARoleTakes) {
  TransferApi api;
  auto text = text_with_a_deputy();
  const std::string held = "  à défaut mission-locale\n";
  text.insert(text.find(held) + held.size(), "  au plus 2 parcours\n");
  text.insert(text.find("  coordonné par"), "  version 2\n  remplace 1 parce que \"relu\"\n");
  ASSERT_EQ(api.post("/v1/protocols", {{"text", text}}).status, 200);
  const std::vector ids = {api.open("open-1"), api.open("open-2"), api.open("open-3")};

  const auto tried =
      api.transfer({{"person", "karim"}, {"to", "mission-locale"}, {"dry_run", true}});

  EXPECT_EQ(api.partner_of(ids[2]), "mission-locale") << "the association has two cases already";
  EXPECT_EQ(tried["moves"]["steps"], 1) << tried.dump();
  ASSERT_EQ(tried["stays"].size(), 1U) << tried.dump();
  EXPECT_EQ(tried["stays"][0].value("why", ""), "full");
}

TEST(TransferOverHttp, SaysWhatIsWrong) {
  TransferApi api;
  api.open();
  const std::pair<Json, int> rows[] = {
      {{{"person", "karim"}}, 400},
      {{{"person", "karim"}, {"from", "association"}}, 400},
      {{{"person", "karim"}, {"from", "association"}, {"to", 2}}, 400},
      {{{"person", "karim"}, {"from", "association"}, {"to", "mission-locale"}, {"x", "y"}}, 400},
      {{{"person", "karim"},
        {"from", "association"},
        {"to", "mission-locale"},
        {"command", "close"}},
       400},
      {{{"person", "karim"}, {"from", "asociation"}, {"to", "mission-locale"}}, 422},
      {{{"person", "nobody"}, {"from", "association"}, {"to", "mission-locale"}}, 403},
      {{{"person", "karim"},
        {"from", "association"},
        {"to", "mission-locale"},
        {"case", "nowhere"}},
       404},
  };
  for (const auto& [body, status] : rows) {
    EXPECT_EQ(api.post(TransferApi::path(), body).status, status) << body.dump();
  }
  EXPECT_EQ(api.ask("POST", TransferApi::path(), "not JSON").status, 400);
}

}  // namespace
}  // namespace protoflow::runtime
