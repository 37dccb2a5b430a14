// With what people come in: tokens issued and shown once, revoked, expired, limited in how often.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/raw_socket.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

TEST(TokenApi, ShowsATokenOnceAndKeepsItsHashAlone) {
  RunningApi api;
  api.prepare();
  const auto answer = api.post("/v1/people/ines/tokens", {{"name", "laptop"}});
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto json = Json::parse(answer.body);
  const auto secret = json.value("secret", "");
  EXPECT_TRUE(secret.starts_with("pft_"));
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_EQ(json["scopes"], Json::array({"read", "act"}));
  EXPECT_EQ(json["expires"], "2028-03-01T00:00:00.000Z");
  const auto listed = api.ask("GET", "/v1/tokens").body;
  EXPECT_NE(listed.find(json.value("token", "?")), std::string::npos);
  EXPECT_EQ(listed.find(secret), std::string::npos);
  EXPECT_EQ(listed.find("sha256"), std::string::npos);
  for (const auto& entry : std::filesystem::directory_iterator(api.folder.path())) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
  }
}

TEST(TokenApi, TellsEachWhoTheyAreAndWhatTheyMayAsk) {
  RunningApi api;
  api.prepare();
  EXPECT_EQ(api.get("/v1/me").value("reader", ""), "operator");
  const auto token = api.token_for("ines", {{"scope", "read"}});
  const auto me = Json::parse(api.ask_as(token, "GET", "/v1/me").body);
  EXPECT_EQ(me["person"], "ines");
  EXPECT_EQ(me["partner"], "association");
  EXPECT_EQ(me["token"]["scopes"], Json::array({"read"}));
  const auto may = me["may"].dump();
  EXPECT_NE(may.find("GET /v1/me"), std::string::npos);
  EXPECT_EQ(may.find("POST /v1/protocols"), std::string::npos);
}

TEST(TokenApi, OpensNothingOnceRevokedExpiredOrItsOwnerRemoved) {
  RunningApi api;
  api.prepare();
  const auto revoked = api.token_for("ines"), removed = api.token_for("karim"),
             expired = api.token_for("ines", {{"expires", "2027-03-01"}});
  for (const auto& token : {revoked, removed, expired}) {
    EXPECT_EQ(api.ask_as(token, "GET", "/v1/me").status, 200);
  }

  const auto me = Json::parse(api.ask_as(revoked, "GET", "/v1/me").body);
  EXPECT_EQ(api.ask_as(revoked, "DELETE", "/v1/tokens/" + me["token"].value("token", "")).status,
            200);
  api.post("/v1/people/karim/commands", {{"command", "person_removed"}});
  api.post("/v1/clock", {{"now", "2027-03-02T00:00:00.000Z"}});

  const auto stranger = api.ask_as("pft_nobody", "GET", "/v1/me");
  EXPECT_EQ(stranger.status, 401);
  for (const auto& token : {revoked, removed, expired}) {
    const auto answer = api.ask_as(token, "GET", "/v1/me");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.body, stranger.body);
  }
  api.post("/v1/people",
           {{"person", "karim"}, {"partner", "mission-locale"}, {"roles", {"coordination"}}});
  EXPECT_EQ(api.ask_as(removed, "GET", "/v1/me").status, 401);
}

TEST(TokenApi, EndsAnOpenStreamWhenItsTokenIsRevoked) {
  RunningApi api;
  api.prepare();
  const auto token = api.token_for("ines");
  const auto me = Json::parse(api.ask_as(token, "GET", "/v1/me").body);
  RawSocket stream(api.port());
  stream.send("GET /v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n");
  EXPECT_NE(stream.until("\r\n\r\n").find("200 OK"), std::string::npos);

  api.ask("DELETE", "/v1/tokens/" + me["token"].value("token", ""));

  EXPECT_EQ(stream.rest().find("notice"), std::string::npos);  // and it has an end
}

TEST(TokenApi, RevokesOnlyOnesOwn) {
  RunningApi api;
  api.prepare();
  const auto ines = api.token_for("ines"), karim = api.token_for("karim");
  const auto me = Json::parse(api.ask_as(karim, "GET", "/v1/me").body);
  const auto of_karim = "/v1/tokens/" + me["token"].value("token", "");

  const auto refused = api.ask_as(ines, "DELETE", of_karim);
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.body, api.ask_as(ines, "DELETE", "/v1/tokens/nothing").body);
  const auto listed = Json::parse(api.ask_as(ines, "GET", "/v1/tokens").body)["tokens"];
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0]["person"], "ines");
  EXPECT_TRUE(
      Json::parse(api.ask_as(ines, "GET", "/v1/tokens?person=karim").body)["tokens"].empty());
  EXPECT_EQ(api.ask("DELETE", of_karim).status, 200);
  EXPECT_EQ(api.ask_as(karim, "GET", "/v1/me").status, 401);
}

TEST(TokenApi, IssuesNothingTwiceAndNothingThatMakesNoSense) {
  RunningApi api;
  api.prepare();
  const Json asked{{"command_id", "first"}};
  EXPECT_EQ(api.post("/v1/people/ines/tokens", asked).status, 201);
  const auto again = api.post("/v1/people/ines/tokens", asked);
  EXPECT_EQ(again.status, 200);
  EXPECT_FALSE(Json::parse(again.body).contains("secret"));
  EXPECT_EQ(api.get("/v1/tokens")["tokens"].size(), 1u);

  EXPECT_EQ(api.post("/v1/people/nobody/tokens", Json::object()).status, 403);
  for (const auto& wrong : {Json{{"name", "Inès, 06 12 34"}},
                            Json{{"scope", "all"}},
                            Json{{"expires", "2027-02-28"}},
                            Json{{"expires", "soon"}},
                            Json{{"secret", "pft_mine"}},
                            Json{{"name", 7}}}) {
    EXPECT_EQ(api.post("/v1/people/ines/tokens", wrong).status, 400) << wrong;
  }
}

TEST(TokenApi, KeepsTheOperatorsBusinessToTheOperator) {
  RunningApi api;
  api.prepare();
  const auto token = api.token_for("ines");
  for (const auto* path : {"/v1/people/ines/tokens", "/v1/protocols", "/v1/people", "/v1/clock"}) {
    EXPECT_EQ(api.ask_as(token, "POST", path, "{}").status, 403) << path;
  }
}

TEST(TokenApi, MakesWhoeverAsksTooOftenWait) {
  RunningApi api(true,
                 {.person = {.burst = 2, .every = std::chrono::milliseconds(1500)},
                  .stranger = {.burst = 2, .every = std::chrono::milliseconds(5000)}});
  api.prepare();
  const auto token = api.token_for("ines");
  EXPECT_EQ(api.ask_as(token, "GET", "/v1/me").status, 200);
  EXPECT_EQ(api.ask_as(token, "GET", "/v1/me").status, 200);
  const auto refused = api.ask_as(token, "GET", "/v1/me");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "2");
  EXPECT_EQ(api.ask("GET", "/v1/me").status, 200);  // the operator is not counted
  api.pace.advance(std::chrono::milliseconds(1500));
  EXPECT_EQ(api.ask_as(token, "GET", "/v1/me").status, 200);

  // Wrong tokens count against the address; then a right one opens nothing either.
  const auto from = [&](const std::string& address, const std::string& with) {
    return api
        .ask("GET",
             "/v1/me",
             {},
             {{"Authorization", "Bearer " + with}, {"X-Forwarded-For", "192.0.2.9, " + address}})
        .status;
  };
  EXPECT_EQ(from("192.0.2.1", "pft_wrong"), 401);
  EXPECT_EQ(from("192.0.2.1", "pft_wrong"), 401);
  EXPECT_EQ(from("192.0.2.1", "pft_wrong"), 429);
  EXPECT_EQ(from("192.0.2.1", kToken), 429);
  EXPECT_EQ(from("192.0.2.2", kToken), 200);
  api.pace.advance(std::chrono::milliseconds(5000));
  EXPECT_EQ(from("192.0.2.1", kToken), 200);
}

}  // namespace
}  // namespace protoflow::runtime
