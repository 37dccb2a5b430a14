// Coming in by a link: asked for by mail, opened by a button, once; the page and its cookie.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

class SignIn : public ::testing::Test {
 protected:
  void SetUp() override {
    api.prepare();
    api.post("/v1/people/ines/commands",
             {{"command", "set_contact"}, {"mail", "Ines@Example.org"}, {"language", "ar"}});
  }

  ClientAnswer ask_for_link(const std::string& mail, const std::string& client = "192.0.2.1") {
    return api.ask(
        "POST", "/v1/sign-in", Json{{"mail", mail}}.dump(), {{"X-Forwarded-For", client}});
  }

  std::string link(const std::string& person = "ines") {
    return api.link_in({.person = person, .theme = MailTheme::sign_in});
  }

  static std::string secret_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  ClientAnswer press(const std::string& path) {
    return api.ask("POST", "/sign-in", "secret=" + secret_in(path), {});
  }

  ClientAnswer exchange(const std::string& path) {
    return api.ask("POST", "/v1/sign-in/token", Json{{"secret", secret_in(path)}}.dump(), {});
  }

  static std::string cookie_in(const ClientAnswer& answer) {
    const auto header = answer.headers.at("set-cookie");
    return header.substr(0, header.find(';'));
  }

  RunningApi api;
};

TEST_F(SignIn, AnswersAStrangersAddressAsAKnownOne) {
  auto known = ask_for_link("ines@example.org");
  auto unknown = ask_for_link("nobody@example.org");
  for (auto* answer : {&known, &unknown}) {
    answer->headers.erase("x-request-id");  // another for each request, whoever asks
  }
  EXPECT_EQ(known.status, 202);
  EXPECT_EQ(unknown.status, 202);
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(known.headers, unknown.headers);
  api.get("/v1/health");  // the address is looked up after the answer
  EXPECT_EQ(api.mailed, std::vector<std::string>{"ines"});
}

TEST_F(SignIn, SendsFewLinksToOneAddressAndTakesFewRequestsFromOnePlace) {
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(ask_for_link("ines@example.org", "192.0.2." + std::to_string(i)).status, 202);
  }
  api.get("/v1/health");
  EXPECT_EQ(api.mailed.size(), 3U);
  int taken = 0;
  while (taken < 100 && ask_for_link("x@example.org", "198.51.100.1").status == 202) {
    ++taken;
  }
  EXPECT_EQ(taken, 10);
  EXPECT_EQ(ask_for_link("ines@example.org", "198.51.100.2").status, 202);
}

TEST_F(SignIn, ChangesNothingWhenALinkIsOnlyLookedAt) {
  const auto path = link();
  const auto before = api.get("/v1/tokens");
  for (int i = 0; i < 3; ++i) {
    const auto page = api.ask("GET", path, "", {});
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("dir=\"rtl\""), std::string::npos);
    EXPECT_EQ(page.headers.at("cache-control"), "no-store");
    EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
    EXPECT_FALSE(page.headers.contains("set-cookie"));
  }
  EXPECT_EQ(api.get("/v1/tokens"), before);
  EXPECT_EQ(press(path).status, 200);
}

TEST_F(SignIn, OpensASessionOnceInACookieThatScriptsCannotRead) {
  const auto path = link();
  const auto answer = press(path);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto header = answer.headers.at("set-cookie");
  for (const auto* part : {"HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=43200"}) {
    EXPECT_NE(header.find(part), std::string::npos) << part;
  }
  const auto me = api.ask("GET", "/v1/me", "", {{"Cookie", "a=b; " + cookie_in(answer)}});
  ASSERT_EQ(me.status, 200);
  EXPECT_EQ(Json::parse(me.body)["person"], "ines");
  EXPECT_EQ(press(path).status, 410);
  EXPECT_EQ(exchange(path).status, 410);
  EXPECT_EQ(api.ask("GET", path, "", {}).status, 410);
}

TEST_F(SignIn, TakesACookieOnlyFromItsOwnPages) {
  const auto cookie = cookie_in(press(link()));
  const auto here = "http://127.0.0.1:" + std::to_string(api.port());
  const auto act = [&](const std::string& origin) {
    RunningApi::Headers headers{{"Cookie", cookie}};
    if (!origin.empty()) {
      headers.emplace_back("Origin", origin);
    }
    return api.ask("POST", "/v1/me/contact", R"({"command":"forget_contact"})", headers).status;
  };
  EXPECT_EQ(act(""), 403);
  EXPECT_EQ(act("https://evil.example"), 403);
  EXPECT_EQ(act("null"), 403);
  EXPECT_EQ(act(here), 200);
  EXPECT_EQ(act(kPages), 200);
}

TEST_F(SignIn, IsNotPressedByAPageOfAnotherSite) {
  const auto path = link();
  const auto press_from = [&](const std::string& site) {
    return api.ask("POST", "/sign-in", "secret=" + secret_in(path), {{"Sec-Fetch-Site", site}})
        .status;
  };
  EXPECT_EQ(press_from("cross-site"), 403);
  EXPECT_EQ(press_from("same-site"), 403);
  EXPECT_EQ(press_from("same-origin"), 200);
}

TEST_F(SignIn, GivesProgramsATokenThatEndsAfterTwelveHours) {
  const auto answer = exchange(link());
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto json = Json::parse(answer.body);
  EXPECT_EQ(json["person"], "ines");
  EXPECT_EQ(json["expires"], "2027-03-01T20:00:00.000Z");
  const auto secret = json.value("secret", "");
  EXPECT_EQ(api.ask_as(secret, "GET", "/v1/me").status, 200);
  api.post("/v1/clock", {{"now", "2027-03-01T20:00:00.000Z"}});
  EXPECT_EQ(api.ask_as(secret, "GET", "/v1/me").status, 401);
}

TEST_F(SignIn, OpensNothingWhenALinkIsOldWrongOrOfSomebodyRemoved) {
  const auto old = link(), removed = link("karim");
  api.post("/v1/people/karim/commands", {{"command", "person_removed"}});
  EXPECT_EQ(press(removed).status, 404);
  EXPECT_EQ(press("/sign-in/pfl_wrong").status, 404);
  EXPECT_EQ(api.ask("GET", "/sign-in/pfl_wrong", "", {}).status, 404);
  api.post("/v1/clock", {{"now", "2027-03-01T08:15:00.000Z"}});
  EXPECT_EQ(press(old).status, 410);
  EXPECT_EQ(api.ask("GET", old, "", {}).status, 410);
  EXPECT_EQ(exchange(old).status, 410);
}

TEST_F(SignIn, MakesWhoeverTriesManyLinksWait) {
  int tried = 0;
  while (tried < 100 && press("/sign-in/pfl_wrong").status == 404) {
    ++tried;
  }
  EXPECT_EQ(tried, 30);
  EXPECT_EQ(press(link()).status, 200);
}

TEST_F(SignIn, LetsTheOperatorInByALinkOfTheirOwn) {
  const auto answer = api.post("/v1/sign-in/operator", Json::object());
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto url = Json::parse(answer.body).value("link", "");
  ASSERT_TRUE(url.starts_with(kPages)) << url;
  const auto path = url.substr(std::string_view(kPages).size());
  const auto cookie = cookie_in(press(path));
  const auto who = [&] { return api.ask("GET", "/v1/me", "", {{"Cookie", cookie}}); };
  EXPECT_EQ(Json::parse(who().body)["reader"], "operator");
  EXPECT_EQ(press(path).status, 410);
  EXPECT_EQ(cookie.find(kToken), std::string::npos);
  api.ask("POST", "/sign-out", "", {{"Cookie", cookie}});
  EXPECT_EQ(who().status, 401);
}

TEST_F(SignIn, EndsASessionWhenSomebodySignsOut) {
  const auto cookie = cookie_in(press(link()));
  EXPECT_EQ(api.ask("GET", "/v1/me", "", {{"Cookie", cookie}}).status, 200);
  const auto out = api.ask("POST", "/sign-out", "", {{"Cookie", cookie}});
  EXPECT_EQ(out.status, 200);
  EXPECT_NE(out.headers.at("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(api.ask("GET", "/v1/me", "", {{"Cookie", cookie}}).status, 401);
  EXPECT_EQ(api.ask("POST", "/sign-out", "", {}).status, 200);
}

TEST_F(SignIn, SaysWhatABodyMustBe) {
  for (const auto* body :
       {"", "[]", "{}", R"({"mail":"no address"})", R"({"mail":7})", R"({"secret":"x"})"}) {
    EXPECT_EQ(api.ask("POST", "/v1/sign-in", body, {}).status, 400) << body;
  }
}

}  // namespace
}  // namespace protoflow::runtime
