// Lists over HTTP: page by page, filtered, and nothing guessed where the question is wrong.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

class Lists : public ::testing::Test {
 protected:
  Lists() { api.prepare(); }

  // Every row of all pages, each of `limit` rows.
  std::vector<Json> follow(const std::string& list, const std::string& member, std::size_t limit) {
    std::vector<Json> rows;
    auto path = list + "?limit=" + std::to_string(limit);
    for (int pages = 0; !path.empty() && pages < 100; ++pages) {
      const auto page = api.get(path);
      EXPECT_LE(page[member].size(), limit) << path;
      rows.insert(rows.end(), page[member].begin(), page[member].end());
      path = page.value("next", "");
    }
    return rows;
  }

  std::size_t count(const std::string& path, const std::string& member) {
    return api.get(path)[member].size();
  }

  RunningApi api;
};

TEST_F(Lists, AreTheSamePageByPage) {
  for (const auto* id : {"a", "b", "c", "d", "e"}) {
    api.open(id);
  }
  api.token_for("ines");
  const auto case_id = api.open();
  const std::vector<std::pair<std::string, std::string>> lists = {
      {"/v1/cases", "cases"},
      {"/v1/tasks", "tasks"},
      {"/v1/people", "people"},
      {"/v1/protocols", "protocols"},
      {"/v1/tokens", "tokens"},
      {"/v1/partnerships", "partnerships"},
      {"/v1/sessions", "sessions"},
      {"/v1/calendars", "calendars"},
      {"/v1/cases/" + case_id + "/history", "events"}};
  for (const auto& [path, member] : lists) {
    const auto whole = api.get(path)[member].get<std::vector<Json>>();
    EXPECT_EQ(follow(path, member, 1), whole) << path;
  }
  EXPECT_EQ(follow("/v1/cases", "cases", 2).size(), 6u);
  EXPECT_GE(follow("/v1/tasks", "tasks", 2).size(), 6u);
}

TEST_F(Lists, RefuseAQuestionThatTheyDoNotUnderstand) {
  for (const auto* path : {"/v1/cases?after=zzz",
                           "/v1/cases?limit=0",
                           "/v1/cases?limit=1001",
                           "/v1/cases?state=aktive",
                           "/v1/cases?protokol=x",
                           "/v1/tasks?of=us",
                           "/v1/tasks?of=me",
                           "/v1/tasks?late=perhaps",
                           "/v1/notices?after=three",
                           "/v1/people?page=2"}) {
    const auto answer = api.ask("GET", path);
    EXPECT_EQ(answer.status, 400) << path;
    EXPECT_EQ(Json::parse(answer.body).value("type", ""), "/problems/not-understood") << path;
  }
}

TEST_F(Lists, ShowCasesByProtocolStateAndId) {
  const auto case_id = api.open();
  api.open("open-2");
  api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}});

  EXPECT_EQ(count("/v1/cases?state=active", "cases"), 1u);
  EXPECT_EQ(count("/v1/cases?state=closed", "cases"), 0u);
  EXPECT_EQ(count("/v1/cases?protocol=accueil-partag%C3%A9", "cases"), 2u);
  EXPECT_EQ(count("/v1/cases?protocol=x", "cases"), 0u);
  EXPECT_EQ(count("/v1/cases?search=" + case_id.substr(2, 8), "cases"), 1u);
  EXPECT_EQ(count("/v1/cases?search=b-" + case_id, "cases"), 1u) << "the operator sees that id";
  const auto karim = api.token_for("karim");
  const auto seen = Json::parse(api.ask_as(karim, "GET", "/v1/cases?search=b-" + case_id).body);
  EXPECT_EQ(seen["cases"].size(), 0u) << "karim does not";
}

TEST_F(Lists, ShowWhatHasHappenedSince) {
  const auto path = "/v1/cases/" + api.open() + "/history";
  const auto all = api.get(path)["events"];
  const auto since = api.get(path + "?after_sequence=1")["events"];
  ASSERT_EQ(since.size(), all.size() - 1);
  EXPECT_EQ(since[0]["version"], 2);
  EXPECT_EQ(api.get(path + "?after_sequence=99")["events"].size(), 0u);
}

TEST_F(Lists, ShowTasksThatAreMineOrMyPartners) {
  api.open();
  const auto ines = api.token_for("ines"), karim = api.token_for("karim");
  const auto tasks = [&](const std::string& token, const std::string& query) {
    return Json::parse(api.ask_as(token, "GET", "/v1/tasks" + query).body)["tasks"];
  };

  EXPECT_EQ(tasks(ines, "?of=me"), tasks(ines, "?person=ines"));
  EXPECT_EQ(tasks(ines, "?of=partner"), tasks(ines, "?partner=association"));
  EXPECT_NE(tasks(ines, "?of=me"), tasks(karim, "?of=me"));
  EXPECT_EQ(api.get("/v1/tasks?of=partner&person=ines")["tasks"], tasks(ines, "?of=partner"));
  EXPECT_EQ(tasks(ines, "?of=me&late=true").size(), 0u);

  api.post("/v1/clock", {{"now", "2027-03-20T08:00:00.000Z"}});
  const auto late = tasks(ines, "?late=true");
  EXPECT_GE(late.size(), 1u);
  for (const auto& task : late) {
    EXPECT_TRUE(task["time"] == "late" || task["time"] == "escalated") << task;
  }
}

TEST_F(Lists, NameNobodyInTheirCursors) {
  const auto case_id = api.open();
  api.open("open-2");
  api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}});
  constexpr std::string_view kInes = "696e6573";  // as a cursor would spell it
  for (std::string path = "/v1/tasks?limit=1"; !path.empty();) {
    path = api.get(path).value("next", "");
    EXPECT_EQ(path.find(kInes), path.npos) << path;
  }
}

TEST_F(Lists, ShowWhatWasGivenAwayAndIsStillAnsweredFor) {
  api.post("/v1/people", {{"person", "lea"}, {"partner", "association"}, {"roles", {"référente"}}});
  const auto case_id = api.open();
  const auto given = [&](const std::string& query) {
    return count("/v1/tasks?given_away=true" + query, "tasks");
  };
  const Json take{{"command", "take"}, {"person", "ines"}, {"step", "accueil"}};
  EXPECT_EQ(api.act(case_id, take).status, 200);
  EXPECT_EQ(given(""), 0u);

  const Json lend{{"command", "delegate"},
                  {"person", "ines"},
                  {"step", "accueil"},
                  {"to", "lea"},
                  {"until", "2027-03-10T09:00:00.000Z"}};
  EXPECT_EQ(api.act(case_id, lend).status, 200);

  EXPECT_EQ(given("&of=me&person=ines"), 1u);
  EXPECT_EQ(given("&of=me&person=lea"), 0u);
  EXPECT_EQ(given("&of=partner&person=lea"), 1u);
  EXPECT_EQ(given("&of=partner&person=karim"), 0u);
}

}  // namespace
}  // namespace protoflow::runtime
