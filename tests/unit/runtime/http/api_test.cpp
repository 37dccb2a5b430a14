// The paths of the API: what each answers, and what it says when it does not.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

// RFC 9457: every answer of 400 and more has the same shape.
void expect_problem(const ClientAnswer& answer, int status, const std::string& type) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  const auto json = Json::parse(answer.body, nullptr, false);
  ASSERT_TRUE(json.is_object()) << answer.body;
  EXPECT_EQ(json.value("status", 0), status);
  EXPECT_EQ(json.value("type", ""), "/problems/" + type);
  EXPECT_NE(json.value("title", ""), "");
  EXPECT_NE(json.value("detail", ""), "");
}

struct Row {
  const char* method;
  const char* path;
  const char* body;
  int status;
  const char* type;  // of the problem; empty: it is answered
};

constexpr auto kRows = std::to_array<Row>({
    {"GET", "/v1/health", "", 200, ""},
    {"GET", "/v1/protocols", "", 200, ""},
    {"GET", "/v1/people", "", 200, ""},
    {"GET", "/v1/cases", "", 200, ""},
    {"GET", "/v1/cases?after=zzz", "", 400, "not-understood"},
    {"GET", "/v1/tasks", "", 200, ""},
    {"GET", "/v1/tasks?person=ines", "", 200, ""},
    {"GET", "/v1/tasks?partner=association", "", 200, ""},
    {"GET", "/v1/tasks?person=nobody", "", 404, "unknown-person"},
    {"GET", "/v1/notices", "", 200, ""},
    {"GET", "/v1/notices?after=3", "", 200, ""},
    {"GET", "/v1/notices?after=three", "", 400, "not-understood"},
    {"GET", "/v1/cases/nowhere", "", 404, "unknown-case"},
    {"GET", "/v1/cases/nowhere/history", "", 404, "unknown-case"},
    {"GET", "/v1/cases/nowhere/times", "", 404, "unknown-case"},
    {"GET", "/v1/cases/nowhere/elsewhere", "", 404, "no-such-address"},
    {"GET", "/", "", 404, "no-such-address"},
    {"GET", "/v1", "", 404, "no-such-address"},
    {"GET", "/v2/cases", "", 404, "no-such-address"},
    {"GET", "/v1/health/more", "", 404, "no-such-address"},
    {"POST", "/v1/nowhere", "{}", 404, "no-such-address"},
    {"DELETE", "/v1/cases", "", 405, "method-not-allowed"},
    {"PUT", "/v1/cases/x", "{}", 405, "method-not-allowed"},
    {"POST", "/v1/cases", "", 400, "not-understood"},
    {"POST", "/v1/cases", "[]", 400, "not-understood"},
    {"POST", "/v1/cases", "{\"protocol\":", 400, "not-understood"},
    {"POST", "/v1/cases", "{\"protocol\":7}", 400, "not-understood"},
    {"POST", "/v1/cases", "{\"protocole\":\"x\"}", 400, "not-understood"},
    {"POST", "/v1/cases", "{\"protocol\":\"x\",\"person\":\"karim\"}", 404, "unknown-protocol"},
    {"POST", "/v1/cases", "{\"protocol\":\"\\ud800\"}", 400, "not-understood"},
    {"POST",
     "/v1/cases/nowhere/commands",
     "{\"command\":\"take\",\"person\":\"ines\"}",
     404,
     "unknown-case"},
    {"POST", "/v1/cases/x/commands", "{\"command\":\"open\"}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"happened\":\"today\"}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"expected_version\":-1}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"expected_version\":\"1\"}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"with_reservations\":1}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"information\":[]}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"information\":{\"a\":null}}", 400, "not-understood"},
    {"POST", "/v1/cases/x/commands", "{\"consent\":{\"a\":\"oui\"}}", 400, "not-understood"},
    {"POST", "/v1/people", "{}", 400, "not-understood"},
    {"POST",
     "/v1/people",
     "{\"person\":\"lea\",\"partner\":\"x\",\"roles\":\"y\"}",
     400,
     "not-understood"},
    {"POST", "/v1/people", "{\"person\":\"Lé a\",\"partner\":\"x\"}", 422, "not-a-person"},
    {"POST", "/v1/people", "{\"person\":\"lea\",\"partner\":\"association\"}", 201, ""},
    {"POST", "/v1/people", "{\"person\":\"lea\",\"partner\":\"association\"}", 200, ""},
    {"POST", "/v1/people/ines/commands", "{}", 400, "not-understood"},
    {"POST", "/v1/people/%FF/commands", R"({"command":"person_absent"})", 400, "malformed-request"},
    {"POST", "/v1/people/ines/commands", R"({"command":"take"})", 400, "not-understood"},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_absent","until":"soon"})",
     400,
     "not-understood"},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_absent","dry_run":"yes"})",
     400,
     "not-understood"},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_returned"})",
     409,
     "person-not-absent"},
    {"POST", "/v1/people/nobody/commands", R"({"command":"person_absent"})", 403, "unknown-person"},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_absent","until":"2027-12-31","dry_run":true})",
     200,
     ""},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_absent","until":"2027-12-31"})",
     200,
     ""},
    {"POST", "/v1/people/ines/commands", R"({"command":"person_returned"})", 200, ""},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_returned","command_id":7})",
     400,
     "not-understood"},
    {"POST",
     "/v1/people/ines/commands",
     R"({"command":"person_absent","until":"2027-12-30","by":"nobody"})",
     403,
     "unknown-person"},
    {"GET", "/v1/people/ines/commands", "", 405, "method-not-allowed"},
    {"POST", "/v1/protocols", "{\"text\":7}", 400, "not-understood"},
    {"POST", "/v1/protocols", "{\"text\":\"protocole\"}", 422, "protocol-not-valid"},
    {"POST", "/v1/protocols", "{\"text\":\"\",\"files\":[7]}", 400, "not-understood"},
    {"POST", "/v1/clock", "{\"now\":\"later\"}", 400, "not-understood"},
    {"POST", "/v1/clock", "{\"now\":\"2020-01-01T00:00:00.000Z\"}", 400, "not-understood"},
    {"POST", "/v1/clock", "{\"now\":\"2027-03-01T09:00:00.000Z\"}", 200, ""},
});

TEST(Api, AnswersEveryPathOrSaysWhyNot) {
  RunningApi api;
  api.prepare();
  for (const auto& row : kRows) {
    SCOPED_TRACE(std::string(row.method) + " " + row.path + " " + row.body);
    const auto answer = api.ask(row.method, row.path, row.body);
    if (*row.type != '\0') {
      expect_problem(answer, row.status, row.type);
    } else {
      EXPECT_EQ(answer.status, row.status) << answer.body;
      EXPECT_TRUE(Json::accept(answer.body));
    }
  }
}

TEST(Api, GivesTheNewestCheckpointAsText) {
  RunningApi api;
  const auto answer = api.ask("GET", "/v1/checkpoint");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.body, "a note\n");
}

TEST(Api, DeploysAProtocolWithTheFilesItUses) {
  RunningApi api;
  Json body = {{"text",
                "protocole essai \"Essai\"\n  coordonné par référente\n  utilise \"p.proto-flow\"\n"
                "rôle référente \"Référente\"\n  tenu par mission\nétape accueil \"Accueil\"\n"
                "  responsable référente\nfin terminé \"Terminé\"\n  quand accueil\n"}};
  expect_problem(api.ask("POST", "/v1/protocols", body.dump()), 422, "protocol-not-valid");
  body["files"] = {{{"path", "p.proto-flow"}, {"text", "partenaire mission \"Mission locale\"\n"}}};

  EXPECT_EQ(api.ask("POST", "/v1/protocols", body.dump()).status, 200);
}

TEST(Api, NamesTheMethodsThatAnAddressHas) {
  RunningApi api;
  EXPECT_EQ(api.ask("DELETE", "/v1/cases").headers["allow"], "GET, HEAD, POST");
  EXPECT_EQ(api.ask("PUT", "/v1/tasks").headers["allow"], "GET, HEAD");
  EXPECT_EQ(api.ask("GET", "/v1/cases/x/commands").headers["allow"], "POST");
}

TEST(Api, HasNoClockToMoveUnlessItDemonstrates) {
  RunningApi api(false);
  expect_problem(api.ask("POST", "/v1/clock", R"({"now":"2030-01-01T00:00:00.000Z"})"),
                 404,
                 "no-such-address");
}

TEST(Api, LetsNobodyInWithoutTheToken) {
  RunningApi api;
  const std::vector<RunningApi::Headers> strangers = {
      {},
      {{"Authorization", "Bearer "}},
      {{"Authorization", "Bearer pfo_token-of-the-tes"}},
      {{"Authorization", std::string("Bearer ") + kToken + "x"}},
      {{"Authorization", kToken}},
      {{"Authorization", std::string("Basic ") + kToken}},
  };
  for (const auto& headers : strangers) {
    for (const auto* path : {"/v1/cases", "/v1/people", "/v1/stream", "/v1/nowhere"}) {
      const auto answer = api.ask("GET", path, {}, headers);
      expect_problem(answer, 401, "token-needed");
      EXPECT_EQ(answer.headers.at("www-authenticate"), "Bearer");
    }
  }
  EXPECT_EQ(api.ask("GET", "/v1/health", {}, {}).status, 200);
}

TEST(Api, OpensACaseAndAnswersARepetitionWithTheFirstAnswer) {
  RunningApi api;
  api.prepare();
  const Json body{{"protocol", "accueil-partagé"}, {"person", "karim"}};
  const auto first = api.ask_with("Idempotency-Key", "open-1", "/v1/cases", body);
  const auto again = api.ask_with("Idempotency-Key", "open-1", "/v1/cases", body);
  const auto one = Json::parse(first.body);
  const auto two = Json::parse(again.body);

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(one["case"], two["case"]);
  EXPECT_EQ(one["events"], two["events"]);
  EXPECT_TRUE(two.value("repeated", false));
  EXPECT_EQ(api.get("/v1/cases")["cases"].size(), 1u);
}

TEST(Api, TakesACommandOnlyForTheVersionThatWasRead) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  const auto path = "/v1/cases/" + case_id;
  const Json take{{"command", "take"}, {"person", "ines"}, {"step", "accueil"}};
  const auto read = api.ask("GET", path);
  const auto etag = read.headers.at("etag");
  const auto version = Json::parse(read.body)["version"].get<std::uint64_t>();
  EXPECT_TRUE(etag.starts_with("\"" + std::to_string(version) + ".")) << etag;

  const auto outrun = api.ask_with("If-Match", "\"1\"", path + "/commands", take);
  expect_problem(outrun, 412, "version-conflict");
  const auto told = Json::parse(outrun.body);
  EXPECT_EQ(told["version"], version);
  ASSERT_EQ(told["since"].size(), version - 1);
  EXPECT_EQ(told["since"][0]["version"], 2);
  expect_problem(
      api.ask_with("If-Match", "latest", path + "/commands", take), 400, "not-understood");
  const auto done = api.ask_with("If-Match", etag, path + "/commands", take);
  EXPECT_EQ(done.status, 200);
  expect_problem(api.ask_with("If-Match", etag, path + "/commands", take), 412, "version-conflict");
  const Json release{{"command", "release"}, {"person", "ines"}, {"step", "accueil"}};
  EXPECT_EQ(api.ask_with("If-Match", done.headers.at("etag"), path + "/commands", release).status,
            200);
}

TEST(Api, SendsNothingAgainThatTheClientHas) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  for (const auto& path :
       {"/v1/cases/" + case_id, std::string("/v1/partnerships/accueil-partagé")}) {
    SCOPED_TRACE(path);
    const auto get = [&](const std::string& tag) {
      return api.ask("GET",
                     path,
                     {},
                     {{"Authorization", std::string("Bearer ") + kToken}, {"If-None-Match", tag}});
    };
    const auto etag = api.ask("GET", path).headers.at("etag");

    EXPECT_EQ(get(etag).status, 304);
    EXPECT_EQ(get(etag).body, "");
    EXPECT_EQ(get("\"0\", W/" + etag).status, 304);
    EXPECT_EQ(get("\"0\"").status, 200);
  }
  const auto read = api.ask("GET", "/v1/cases/" + case_id).headers.at("etag");
  api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}});
  EXPECT_NE(api.ask("GET", "/v1/cases/" + case_id).headers.at("etag"), read);
}

TEST(Api, TakesAKeyForOneRequestOnly) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  const auto path = "/v1/cases/" + case_id + "/commands";
  const Json take{{"command", "take"}, {"person", "ines"}, {"step", "accueil"}};
  const Json other{{"command", "decline"}, {"person", "ines"}, {"step", "accueil"}};
  const Json waits{{"command", "take"}, {"person", "ines"}, {"step", "visite"}};
  expect_problem(api.ask_with("Idempotency-Key", "a", path, waits), 409, "step-waits");

  const auto first = api.ask_with("Idempotency-Key", "a", path, take);
  EXPECT_EQ(first.status, 200) << "a refusal does not use the key up";
  expect_problem(api.ask_with("Idempotency-Key", "a", path, other), 422, "key-used-otherwise");
  const auto again = api.ask_with("Idempotency-Key", "a", path, take);
  EXPECT_EQ(Json::parse(again.body)["events"], Json::parse(first.body)["events"]);
  EXPECT_EQ(api.ask_with("Idempotency-Key", "b", path, other).status, 200);

  Json rehearsal = take;
  rehearsal["dry_run"] = true;
  EXPECT_EQ(api.ask_with("Idempotency-Key", "c", path, rehearsal).status, 200);
  expect_problem(api.ask_with("Idempotency-Key", "c", path, waits), 409, "step-waits");
}

TEST(Api, KnowsTheKeyAndTheCommandIdForTheSame) {
  RunningApi api;
  api.prepare();
  Json body{{"protocol", "accueil-partagé"}, {"person", "karim"}, {"command_id", "one"}};
  expect_problem(api.ask_with("Idempotency-Key", "two", "/v1/cases", body), 400, "not-understood");
  EXPECT_EQ(api.ask_with("Idempotency-Key", "one", "/v1/cases", body).status, 201);
  body.erase("command_id");
  EXPECT_EQ(api.ask_with("Idempotency-Key", "three", "/v1/cases", body).status, 201);

  const Json away{{"command", "person_absent"}, {"until", "2027-12-31"}};
  const Json back{{"command", "person_returned"}};
  const std::string path = "/v1/people/ines/commands";
  EXPECT_EQ(api.ask_with("Idempotency-Key", "away", path, away).status, 200);
  EXPECT_EQ(api.post(path, back).status, 200);
  const auto again = Json::parse(api.ask_with("Idempotency-Key", "away", path, away).body);
  EXPECT_TRUE(again.value("repeated", false)) << "she is not absent a second time";
}

TEST(Api, TellsRefusalsByTheirCode) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  expect_problem(api.act(case_id, {{"command", "take"}, {"person", "karim"}, {"step", "accueil"}}),
                 403,
                 "not-yours");
  expect_problem(api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "visite"}}),
                 409,
                 "step-waits");
  expect_problem(api.act(case_id, {{"command", "take"}, {"person", "nobody"}, {"step", "accueil"}}),
                 403,
                 "unknown-person");
  expect_problem(api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "acueil"}}),
                 422,
                 "unknown-step");
}

TEST(Api, RefusesACommandIdThatIsNoText) {
  RunningApi api;
  api.prepare();
  const Json body{{"protocol", "accueil-partagé"}, {"person", "karim"}};
  for (const auto& id : {std::string("open-\xff"), std::string(129, 'a')}) {
    expect_problem(api.ask_with("Idempotency-Key", id, "/v1/cases", body), 400, "not-understood");
  }
  EXPECT_EQ(api.get("/v1/cases")["cases"].size(), 0u);
}

TEST(Api, ListsTasksForAPersonAPartnerAndACase) {
  RunningApi api;
  api.prepare();
  const auto first = api.open("open-1");
  api.open("open-2");
  api.act(first, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}});

  const auto of_cases = [&](const std::string& query) {  // not those of the partnership
    std::size_t found = 0;
    const auto answer = api.get("/v1/tasks" + query);
    for (const auto& task : answer["tasks"]) {
      found += task.contains("case") ? 1U : 0U;
    }
    return found;
  };
  EXPECT_EQ(of_cases(""), 2u);
  EXPECT_EQ(of_cases("?case=" + first), 1u);
  EXPECT_EQ(of_cases("?person=ines"), 2u);
  EXPECT_EQ(of_cases("?person=karim"), 0u);
  EXPECT_EQ(of_cases("?partner=association"), 2u);
  EXPECT_EQ(of_cases("?partner=mission-locale"), 0u);
  const auto task = api.get("/v1/tasks?case=" + first)["tasks"][0];
  EXPECT_EQ(task["person"], "ines");
  EXPECT_EQ(task["work"], "taken");
  EXPECT_GT(task["because"]["line"], 0);
}

TEST(Api, SaysWhatACommandWouldDoAndWritesNothing) {
  RunningApi api;
  api.prepare();
  const auto opening = api.post("/v1/cases",
                                {{"protocol", "accueil-partagé"},
                                 {"person", "karim"},
                                 {"command_id", "open-dry"},
                                 {"dry_run", true}});
  EXPECT_EQ(opening.status, 200);
  EXPECT_EQ(Json::parse(opening.body)["dry_run"], true);
  EXPECT_EQ(Json::parse(opening.body)["events"][0]["kind"], "case_opened");
  EXPECT_EQ(api.get("/v1/cases")["cases"].size(), 0u);

  const auto case_id = api.open();
  const auto before = api.get("/v1/cases/" + case_id + "/history");
  const auto taking = api.act(
      case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}, {"dry_run", true}});
  EXPECT_EQ(taking.status, 200);
  EXPECT_EQ(Json::parse(taking.body)["events"][0]["kind"], "step_taken");
  EXPECT_EQ(Json::parse(taking.body)["undoes"], Json::array());
  EXPECT_EQ(api.get("/v1/cases/" + case_id + "/history"), before);

  expect_problem(
      api.act(case_id,
              {{"command", "take"}, {"person", "karim"}, {"step", "accueil"}, {"dry_run", true}}),
      403,
      "not-yours");
  expect_problem(
      api.act(case_id,
              {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}, {"dry_run", "yes"}}),
      400,
      "not-understood");
}

TEST(Api, MovesTheClockFromDeadlineToDeadline) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}});
  EXPECT_EQ(api.post("/v1/clock", {{"now", "2027-03-20T08:00:00.000Z"}}).status, 200);

  const auto events = api.get("/v1/cases/" + case_id + "/history")["events"];
  std::vector<std::string> recorded;
  for (const auto& event : events) {
    if (event["kind"] == "step_reminded" || event["kind"] == "step_late") {
      EXPECT_EQ(event["happened"], event["recorded"]);
      recorded.push_back(event["recorded"]);
    }
  }
  ASSERT_EQ(recorded.size(), 2u);
  EXPECT_LT(recorded[0], recorded[1]);
  EXPECT_EQ(api.get("/v1/tasks")["tasks"][0]["time"], "late");
}

TEST(Api, SaysHowLongWorkWasWithNobodyAndWhenItsClockStoodStill) {
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  ASSERT_EQ(api.ask("POST", "/v1/clock", R"({"now":"2027-03-01T09:00:00.000Z"})").status, 200);
  ASSERT_EQ(api.act(case_id,
                    {{"command", "complete"},
                     {"person", "ines"},
                     {"step", "accueil"},
                     {"outcome", "engagée"},
                     {"information", {{"niveau-français", "A1"}}},
                     {"consent", {{"partage", true}}}})
                .status,
            200);
  const auto times = api.get("/v1/cases/" + case_id + "/times");

  EXPECT_EQ(times["orphan_ms"]["not_taken"], 3'600'000);
  ASSERT_EQ(times["stops"].size(), 1U);
  EXPECT_EQ(times["stops"][0]["step"], "accueil");
  EXPECT_EQ(times["stops"][0]["why"], "in_review");
  EXPECT_EQ(times["stops"][0]["from"], "2027-03-01T09:00:00.000Z");
  EXPECT_FALSE(times["stops"][0].contains("to"));
}

TEST(Api, ReadsNoticesPageByPage) {
  RunningApi api;
  api.prepare();
  constexpr std::size_t kOfTheFounding = 6;  // what the partnership and its routines tell
  const auto before = page_with(api, "/v1/notices?after=0", kOfTheFounding);
  ASSERT_EQ(before["notices"].size(), kOfTheFounding);
  const auto founded = before["next"].get<std::string>();
  api.open("open-1");
  const auto first = page_with(api, founded, 1);
  ASSERT_EQ(first["notices"].size(), 1u);
  const auto next = first["next"].get<std::string>();
  EXPECT_EQ(api.get(next)["notices"].size(), 0u);
  api.open("open-2");
  EXPECT_EQ(page_with(api, next, 1)["notices"].size(), 1u);
}

}  // namespace
}  // namespace protoflow::runtime
