#include "runtime/channel/cloud_event.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace protoflow::runtime {
namespace {

using Json = nlohmann::json;

OutgoingNotice told() {
  return {.number = 448,
          .id = "case/ab12:7:0",
          .stream = "case/ab12",
          .json = R"({"id":"case/ab12:7:0","kind":"step_offered","at":"2027-03-01T08:00:00.000Z",)"
                  R"("case":"ab12","protocol":"health","role":"nurse","partner":"clinic",)"
                  R"("person":"awa","step":"vaccination","due":"2027-03-09T17:00:00.000Z",)"
                  R"("text":"Please see to the vaccination"})"};
}

// The members that CloudEvents 1.0 asks for, section 3.1 of its JSON format.
TEST(CloudEvent, HasItsAttributesAndTheNoticesStableId) {
  const auto event = Json::parse(cloud_event(told(), EventData::thin));

  EXPECT_EQ(event["specversion"], "1.0");
  EXPECT_EQ(event["id"], "case/ab12:7:0");
  EXPECT_EQ(event["source"], "/v1/cases/ab12");
  EXPECT_EQ(event["type"], "protoflow.step_offered");
  EXPECT_EQ(event["time"], "2027-03-01T08:00:00.000Z");
  EXPECT_EQ(event["datacontenttype"], "application/json");
}

TEST(CloudEvent, IsThinUnlessAskedFor) {
  const auto thin = Json::parse(cloud_event(told(), EventData::thin))["data"];
  const auto whole = Json::parse(cloud_event(told(), EventData::whole))["data"];

  EXPECT_EQ(thin, (Json{{"case", "ab12"}, {"due", "2027-03-09T17:00:00.000Z"}}));
  EXPECT_EQ(whole, Json::parse(told().json));
}

TEST(CloudEvent, NamesWhereEachKindOfStreamIsRead) {
  auto notice = told();
  notice.stream = "partnership/90ab";
  EXPECT_EQ(Json::parse(cloud_event(notice, EventData::thin))["source"], "/v1/partnerships/90ab");
  notice.stream = "session/xyz";
  EXPECT_EQ(Json::parse(cloud_event(notice, EventData::thin))["source"], "/v1/sessions/xyz");
}

}  // namespace
}  // namespace protoflow::runtime
