#include "runtime/http/page.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace protoflow::runtime {
namespace {

using Json = nlohmann::ordered_json;
using Query = std::map<std::string, std::string, std::less<>>;

HttpRequest asking(Query query, const std::string& list = "cases") {
  return {.path = "/v1/" + list, .segments = {"v1", list}, .query = std::move(query)};
}

// The rows of the page, and its cursor.
std::pair<std::string, std::string> rows_of(const std::vector<std::string>& keys,
                                            const HttpRequest& request) {
  auto page = Page::read(request).value();
  std::string rows;
  for (const auto& key : keys) {
    rows += page.takes(key) ? key : "";
  }
  const auto json = Json::parse(page.respond(request, Json::object()).body);
  const auto next = json.value("next", "");
  const auto after = next.find("after=");
  return {rows, after == next.npos ? "" : next.substr(after + 6)};
}

TEST(Page, EndsWhereTheNextOneBegins) {
  const std::vector<std::string> keys = {"a", "b", "c", "d", "e"};
  const auto [first, after] = rows_of(keys, asking({{"limit", "2"}}));
  EXPECT_EQ(first, "ab");
  const auto [second, on] = rows_of(keys, asking({{"limit", "2"}, {"after", after}}));
  EXPECT_EQ(second, "cd");
  const auto [third, end] = rows_of(keys, asking({{"limit", "2"}, {"after", on}}));
  EXPECT_EQ(third, "e");
  EXPECT_EQ(end, "");
}

TEST(Page, BeginsAtTheSameRowWhateverCameOrWent) {
  const auto after = rows_of({"a", "b", "c"}, asking({{"limit", "2"}})).second;
  EXPECT_EQ(rows_of({"a", "a2", "c", "d"}, asking({{"after", after}})).first, "cd");
}

TEST(Page, HasANextOneOnlyWhenThereAreMoreRows) {
  EXPECT_EQ(rows_of({"a", "b"}, asking({{"limit", "2"}})).second, "");
}

TEST(Page, KeepsWhatElseWasAsked) {
  const auto request = asking({{"limit", "1"}, {"search", "é&"}});
  auto page = Page::read(request).value();
  EXPECT_TRUE(page.takes("a"));
  EXPECT_FALSE(page.takes("b"));
  const auto next = Json::parse(page.respond(request, Json::object()).body).value("next", "");
  EXPECT_TRUE(next.starts_with("/v1/cases?limit=1&search=%C3%A9%26&after=")) << next;
}

TEST(Page, RefusesWhatIsNoPlaceInItsList) {
  const auto after = rows_of({"a", "b"}, asking({{"limit", "1"}})).second;
  EXPECT_TRUE(Page::read(asking({{"after", after}})));
  EXPECT_FALSE(Page::read(asking({{"after", after}}, "people")));
  for (const auto* cursor : {"x", "6", "zz", "2f", "2f76312f63617365730aff", "a b"}) {
    EXPECT_FALSE(Page::read(asking({{"after", cursor}}))) << cursor;
  }
  for (const auto* limit : {"0", "1001", "-1", "ten", "1.5", "99999999999999999999"}) {
    EXPECT_FALSE(Page::read(asking({{"limit", limit}}))) << limit;
  }
}

TEST(Page, SortsNumbersAsNumbers) {
  EXPECT_LT(key_of(9), key_of(10));
  EXPECT_LT(key_of(10), key_of(18446744073709551615U));
}

}  // namespace
}  // namespace protoflow::runtime
