// Collective sessions over HTTP: planned, read, filled, and nothing said of whom they are for.
#include "runtime/http/session_api.hpp"

#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

constexpr const char* kText = R"(protocole ateliers "Ateliers"
  coordonné par coordination
partenaire asso "Association"
rôle coordination "Coordination"
  tenu par asso
séance atelier "Atelier de français"
  accueillie par coordination
  pour au plus 2 bénéficiaires
  à la demande
étape venir "Venir à l’atelier"
  responsable coordination
  sous 3 semaines
  si retard prévenir bénéficiaire
  lors de atelier
fin finie "Finie"
  quand venir
)";

constexpr const char* kPlace = "Zanzibar-lieu-6618";

struct SessionsApi : RunningApi {
  SessionsApi() {
    post("/v1/protocols", {{"text", kText}});
    post("/v1/people", {{"person", "karim"}, {"partner", "asso"}, {"roles", {"coordination"}}});
    post("/v1/people", {{"person", "olga"}, {"partner", "asso"}, {"roles", Json::array()}});
  }

  static Json wanted() {
    return {{"person", "karim"},
            {"protocol", "ateliers"},
            {"session", "atelier"},
            {"at", "2027-03-10T13:00:00.000Z"},
            {"places", 1},
            {"place", kPlace}};
  }

  std::string plan() {
    const auto answer = ask_with("Idempotency-Key", "plan", "/v1/sessions", wanted());
    return Json::parse(answer.body)["stream"].get<std::string>().substr(8);
  }

  std::string open_case(const std::string& key) {
    const auto answer = ask_with(
        "Idempotency-Key", key, "/v1/cases", {{"protocol", "ateliers"}, {"person", "karim"}});
    return Json::parse(answer.body)["case"];
  }

  ClientAnswer act(const std::string& id, Json command) {
    command["person"] = "karim";
    return post("/v1/sessions/" + id + "/commands", command);
  }
};

TEST(SessionApi, PlansAndListsASessionOnce) {
  SessionsApi api;
  const auto wanted = SessionsApi::wanted();
  const auto first = api.ask_with("Idempotency-Key", "plan", "/v1/sessions", wanted);
  const auto again = api.ask_with("Idempotency-Key", "plan", "/v1/sessions", wanted);
  const auto list = api.get("/v1/sessions")["sessions"];

  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(Json::parse(again.body).value("repeated", false));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ("session/" + list[0].value("id", ""), Json::parse(first.body).value("stream", ""));
  EXPECT_EQ(list[0].value("session", ""), "atelier");
  EXPECT_EQ(list[0].value("status", ""), "planned");
  EXPECT_EQ(list[0].value("at", ""), "2027-03-10T13:00:00.000Z");
  EXPECT_EQ(list[0].value("places", 0), 1);
  EXPECT_EQ(list[0].value("enrolled", 7), 0);
  EXPECT_EQ(list[0].value("waiting", 7), 0);
}

TEST(SessionApi, EnrolsCasesAndRecordsWhoCame) {
  SessionsApi api;
  const auto id = api.plan();
  const auto first = api.open_case("first");
  const auto second = api.open_case("second");
  for (const auto& case_id : {first, second}) {
    const auto answer = api.act(id, {{"command", "enrol"}, {"case", case_id}, {"step", "venir"}});
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  auto session = api.get("/v1/sessions/" + id);
  EXPECT_EQ(session.value("enrolled", 0), 1);
  EXPECT_EQ(session.value("waiting", 0), 1);
  EXPECT_EQ(session["enrolments"][1].value("case", ""), second);
  EXPECT_EQ(session["enrolments"][1].value("seat", ""), "waiting");

  api.post("/v1/clock", {{"now", "2027-03-10T14:00:00.000Z"}});
  const auto recorded =
      api.act(id, {{"command", "record_attendance"}, {"attendance", {{first, "present"}}}});
  EXPECT_EQ(recorded.status, 200) << recorded.body;
  session = api.get("/v1/sessions/" + id);
  EXPECT_EQ(session["enrolments"][0].value("attendance", ""), "present");
  api.post("/v1/clock", {{"now", "2027-03-10T14:00:00.000Z"}});  // answers once the case knows
  EXPECT_EQ(api.get("/v1/cases/" + first).value("status", ""), "closed");
}

TEST(SessionApi, ShowsWhatASessionOwesAmongTheTasks) {
  SessionsApi api;
  const auto id = api.plan();
  const auto tasks = api.get("/v1/tasks?person=karim")["tasks"];

  ASSERT_EQ(tasks.size(), 1U);
  EXPECT_EQ(tasks[0].value("kind", ""), "receive_session");
  EXPECT_EQ(tasks[0].value("session", ""), "atelier");
  EXPECT_EQ(tasks[0].value("stream", ""), "session/" + id);
  EXPECT_TRUE(api.get("/v1/tasks?person=olga")["tasks"].empty());
  EXPECT_EQ(api.get("/v1/sessions/" + id)["duties"].size(), 1U);
}

Json tasks_of(RunningApi& api, const std::string& who) {
  const auto answer = api.get("/v1/tasks?" + who);
  auto list = Json::array();
  for (const auto& task : answer["tasks"]) {
    if (task.value("kind", "") == "plan_session") {
      list.push_back(task);
    }
  }
  return list;
}

TEST(SessionApi, AsksItsHostForTheNextSessionThatTheProtocolForesees) {
  SessionsApi api;
  EXPECT_TRUE(tasks_of(api, "").empty());  // on request: nobody has asked
  std::string text = kText;
  text.replace(text.find("à la demande"), std::string("à la demande").size(), "tous les 3 mois");
  api.post("/v1/protocols", {{"text", testing::as_version_two(text)}});
  api.post("/v1/clock", {{"now", "2027-03-01T09:00:00.000Z"}});  // answers once it is founded

  const auto owed = tasks_of(api, "person=karim");
  ASSERT_EQ(owed.size(), 1U);
  EXPECT_EQ(owed[0].value("session", ""), "atelier");
  EXPECT_EQ(owed[0].value("due", "").substr(0, 7), "2027-06");
  EXPECT_EQ(owed[0].value("text", "").substr(0, 8), "prévoir");
  EXPECT_EQ(tasks_of(api, "partner=asso").size(), 1U);
  EXPECT_TRUE(tasks_of(api, "partner=other").empty());
  EXPECT_TRUE(tasks_of(api, "person=olga").empty());
  api.plan();
  EXPECT_EQ(tasks_of(api, "")[0].value("due", "").substr(0, 7), "2027-06");
  EXPECT_GT(tasks_of(api, "")[0].value("due", ""), owed[0].value("due", ""));
}

TEST(SessionApi, ShowsThePlaceToWhoHostsOrSendsPeople) {
  SessionsApi api;
  const auto path = "/v1/sessions/" + api.plan();

  EXPECT_EQ(api.get(path + "?person=karim").value("place", ""), kPlace);
  for (const auto* reader : {"", "?person=olga", "?person=nobody"}) {
    EXPECT_FALSE(api.get(path + reader).contains("place")) << reader;
  }
  EXPECT_EQ(api.ask("GET", "/v1/sessions").body.find(kPlace), std::string::npos);
}

struct Row {
  const char* path;
  const char* body;
  int status;
  const char* type;
};

constexpr auto kRows = std::to_array<Row>({
    {"/v1/sessions", "[]", 400, "not-understood"},
    {"/v1/sessions", R"({"at":"tomorrow"})", 400, "not-understood"},
    {"/v1/sessions", R"({"places":-1})", 400, "not-understood"},
    {"/v1/sessions", R"({"from":"session/x"})", 400, "not-understood"},
    {"/v1/sessions", R"({"person":"karim","protocol":"x"})", 404, "unknown-protocol"},
    {"/v1/sessions", R"({"person":"karim","protocol":"ateliers"})", 422, "session-needed"},
    {"/v1/sessions",
     R"({"person":"olga","protocol":"ateliers","session":"atelier"})",
     403,
     "not-yours"},
    {"/v1/sessions",
     R"({"person":"karim","protocol":"ateliers","session":"atelier"})",
     409,
     "session-instant-needed"},
    {"/v1/sessions/nowhere/commands", R"({"command":"enrol"})", 404, "unknown-session"},
    {"/v1/sessions/ID/commands", "[]", 400, "not-understood"},
    {"/v1/sessions/ID/commands", R"({"attendance":["a"]})", 400, "not-understood"},
    {"/v1/sessions/ID/commands", R"({"attendance":{"a":true}})", 400, "not-understood"},
    {"/v1/sessions/ID/commands",
     R"({"command":"plan_session","person":"karim","session":"atelier"})",
     409,
     "session-already-planned"},
    {"/v1/sessions/ID/commands", R"({"command":"open","person":"karim"})", 409, "not-possible-now"},
    {"/v1/sessions/ID/commands",
     R"({"command":"enrol","person":"karim","case":"x"})",
     422,
     "unknown-case"},
    {"/v1/cases/x/commands", R"({"command":"plan_session"})", 400, "not-understood"},
    {"/v1/cases/x/commands", R"({"command":"take","case":"y"})", 400, "not-understood"},
});

TEST(SessionApi, SaysWhatItDoesNotDo) {
  SessionsApi api;
  const auto id = api.plan();
  for (const auto& row : kRows) {
    std::string path = row.path;
    if (const auto place = path.find("ID"); place != path.npos) {
      path.replace(place, 2, id);
    }
    const auto answer = api.ask("POST", path, row.body);
    EXPECT_EQ(answer.status, row.status) << row.body << answer.body;
    EXPECT_EQ(Json::parse(answer.body).value("type", ""), std::string("/problems/") + row.type)
        << row.body << answer.body;
  }
  EXPECT_EQ(api.ask("GET", "/v1/sessions/nowhere").status, 404);
  EXPECT_EQ(api.get("/v1/sessions")["sessions"].size(), 1U);
}

}  // namespace
}  // namespace protoflow::runtime
