// Open cases come over to a new version over HTTP: tried, done, done again.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

std::string second_version() {
  auto text = testing::accueil_text();
  const auto place = text.find("  coordonné par");
  text.insert(place, "  version 2\n  remplace 1 parce que \"relu\"\n");
  const auto step = text.find("étape visite");
  text.insert(text.find("\n", step) + 1, "  rappel 1 jour avant\n");
  return text;
}

struct MigrateApi : RunningApi {
  MigrateApi() { prepare(); }

  Json migrate(Json body) { return Json::parse(post(path(), body).body, nullptr, false); }

  static std::string path() { return "/v1/protocols/accueil-partag%C3%A9/migrate"; }

  Json to_second(bool dry_run) {
    return migrate({{"person", "karim"}, {"to", "2"}, {"dry_run", dry_run}});
  }
};

std::vector<std::string> cases_of(const Json& answer, const std::string& outcome) {
  std::vector<std::string> ids;
  for (const auto& group : answer.value("groups", Json::array())) {
    for (const auto& id : group["cases"]) {
      if (group.value("outcome", "") == outcome) {
        ids.push_back(id.get<std::string>());
      }
    }
  }
  std::ranges::sort(ids);
  return ids;
}

TEST(MigrateOverHttp, TriesThenDoesThenFindsNothingLeft) {
  MigrateApi api;
  std::vector ids = {api.open("open-1"), api.open("open-2")};
  std::ranges::sort(ids);
  api.post("/v1/protocols", {{"text", second_version()}});

  const auto tried = api.to_second(true);
  EXPECT_EQ(cases_of(tried, "migrates"), ids) << tried.dump();
  EXPECT_EQ(tried.value("already", 7), 0);
  EXPECT_EQ(tried["groups"].size(), 1U) << "the same happens to both";

  const auto done = api.to_second(false);
  EXPECT_EQ(cases_of(done, "migrates"), ids) << done.dump();

  const auto again = api.to_second(false);
  EXPECT_TRUE(again["groups"].empty()) << again.dump();
  EXPECT_EQ(again.value("already", 7), 2);
}

TEST(MigrateOverHttp, BringsOneCaseOver) {
  MigrateApi api;
  const auto id = api.open("open-1");
  api.open("open-2");
  api.post("/v1/protocols", {{"text", second_version()}});

  const auto done = api.migrate({{"person", "karim"}, {"to", "latest"}, {"case", id}});

  EXPECT_EQ(cases_of(done, "migrates"), std::vector{id}) << done.dump();
  EXPECT_EQ(cases_of(api.to_second(false), "migrates").size(), 1U);
}

TEST(MigrateOverHttp, SaysWhoMayAndWhatIsWrong) {
  MigrateApi api;
  const auto id = api.open();
  api.post("/v1/protocols", {{"text", second_version()}});
  const auto stranger = api.migrate({{"person", "ines"}, {"to", "2"}});
  EXPECT_EQ(cases_of(stranger, "refused"), std::vector{id}) << stranger.dump();

  const std::pair<Json, int> rows[] = {
      {{{"person", "karim"}}, 400},
      {{{"person", "karim"}, {"to", 2}}, 400},
      {{{"person", "karim"}, {"to", "2"}, {"dry", true}}, 400},
      {{{"person", "karim"}, {"to", "2"}, {"dry_run", "yes"}}, 400},
      {{{"person", "karim"}, {"to", "9"}}, 422},
      {{{"person", "nobody"}, {"to", "2"}}, 403},
      {{{"person", "karim"}, {"to", "2"}, {"case", "nowhere"}}, 404},
  };
  for (const auto& [body, status] : rows) {
    EXPECT_EQ(api.post(MigrateApi::path(), body).status, status) << body.dump();
  }
  EXPECT_EQ(api.post("/v1/protocols/elsewhere/migrate", {{"person", "karim"}, {"to", "2"}}).status,
            404);
  EXPECT_EQ(api.ask("POST", MigrateApi::path(), "not JSON").status, 400);
}

}  // namespace
}  // namespace protoflow::runtime
