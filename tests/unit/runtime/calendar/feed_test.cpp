#include "runtime/calendar/feed.hpp"

#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

class Calendars : public ::testing::Test {
 protected:
  Calendars() { api.prepare(); }

  std::string address(Json owner) {
    owner["command"] = "new_calendar";
    return Json::parse(api.post("/v1/calendars", owner).body).value("calendar", "");
  }

  ClientAnswer fetch(const std::string& path, RunningApi::Headers headers = {}) {
    return api.ask("GET", path, "", std::move(headers));
  }

  RunningApi api;
};

TEST_F(Calendars, HoldWhatAPersonOwesAndNothingThatNamesAnybody) {
  const auto case_id = api.open();
  const auto feed = fetch(address({{"person", "ines"}}));

  EXPECT_EQ(feed.status, 200);
  EXPECT_NE(feed.body.find("SUMMARY:Une étape vous attend"), std::string::npos) << feed.body;
  EXPECT_NE(feed.body.find(case_id), std::string::npos);
  for (const std::string_view word :
       {"ines", "accueil", "association", "Association", "protoflow-"}) {
    EXPECT_EQ(feed.body.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(fetch(address({{"person", "karim"}})).body.find(case_id), std::string::npos);
  EXPECT_NE(fetch(address({{"partner", "association"}})).body.find("VEVENT"), std::string::npos);
}

TEST_F(Calendars, AreNotSentAgainWhileNothingHasChanged) {
  api.open();
  const auto path = address({{"person", "ines"}});
  std::string tag;
  for (const auto& [name, value] : fetch(path).headers) {
    tag = name == "etag" || name == "ETag" ? value : tag;
  }

  EXPECT_FALSE(tag.empty());
  EXPECT_EQ(fetch(path, {{"If-None-Match", tag}}).status, 304);
  api.open("open-2");
  EXPECT_EQ(fetch(path, {{"If-None-Match", tag}}).status, 200);
}

TEST_F(Calendars, AreFoundAtTheNewestAddressAlone) {
  const auto first = address({{"person", "ines"}});
  const auto second = address({{"person", "ines"}});
  EXPECT_GE(second.size(), std::string("/v1/calendar/pfc_.ics").size() + 32);
  EXPECT_EQ(api.get("/v1/calendars")["calendars"], Json::array({{{"person", "ines"}}}));

  EXPECT_EQ(fetch(first).status, 404);
  EXPECT_EQ(fetch(second).status, 200);
  EXPECT_EQ(fetch("/v1/calendar/.ics").status, 404);
  EXPECT_EQ(fetch("/v1/calendar/pfc_0").status, 404);

  EXPECT_EQ(api.post("/v1/calendars", {{"command", "revoke_calendar"}, {"person", "ines"}}).status,
            200);
  EXPECT_EQ(fetch(second).status, 404);
  const auto third = address({{"person", "ines"}});
  api.post("/v1/people/ines/commands", {{"command", "person_removed"}});
  EXPECT_EQ(fetch(third).status, 404);
}

TEST_F(Calendars, AndContactsAreMadeByAPersonWithATokenOfTheirOwn) {
  const auto token = Json::parse(api.post("/v1/people/ines/tokens", {{"name", "laptop"}}).body);
  const RunningApi::Headers own = {{"Authorization", "Bearer " + token.value("secret", "")}};
  const auto ask = [&](const std::string& path, const Json& body) {
    return api.ask("POST", path, body.dump(), own);
  };

  const auto made = ask("/v1/me/calendar", {{"command", "new_calendar"}, {"person", "karim"}});
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(fetch(Json::parse(made.body).value("calendar", "")).status, 200);
  EXPECT_EQ(api.get("/v1/calendars")["calendars"], Json::array({{{"person", "ines"}}}));
  EXPECT_EQ(ask("/v1/me/contact", {{"command", "set_contact"}, {"mail", "i@example.org"}}).status,
            200);
  EXPECT_EQ(api.get("/v1/people")["people"][0]["contact"], true);

  EXPECT_EQ(
      ask("/v1/me/calendar", {{"command", "new_calendar"}, {"partner", "association"}}).status,
      400);
  EXPECT_EQ(ask("/v1/calendars", {{"command", "new_calendar"}, {"person", "karim"}}).status, 403);
  EXPECT_EQ(api.post("/v1/me/contact", {{"command", "forget_contact"}}).status, 400);
}

TEST_F(Calendars, RefuseWhoIsNotThere) {
  for (const Json& body : {Json{{"command", "new_calendar"}},
                           Json{{"command", "new_calendar"}, {"person", "nobody"}},
                           Json{{"command", "new_calendar"}, {"partner", "nobody"}},
                           Json{{"command", "new_calendar"}, {"person", 7}},
                           Json{{"command", "burn"}, {"person", "ines"}},
                           Json::array()}) {
    EXPECT_GE(api.post("/v1/calendars", body).status, 400) << body.dump();
  }
}

TEST(CalendarAddress, IsReadAsItWasWritten) {
  for (const auto& address : {CalendarAddress{.person = "ines", .hash = "ab"},
                              CalendarAddress{.partner = "association"}}) {
    EXPECT_EQ(read_calendar_address(calendar_address_json(address)).value(), address);
  }
  for (const std::string_view bad :
       {"[]", "{}", R"({"person":"a","partner":"b"})", R"({"person":7})"}) {
    EXPECT_FALSE(read_calendar_address(bad)) << bad;
  }
}

}  // namespace
}  // namespace protoflow::runtime
