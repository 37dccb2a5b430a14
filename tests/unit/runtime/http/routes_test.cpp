// The table of addresses: each stands once, is found as it is written, and its methods are said.
#include "runtime/http/routes.hpp"

#include <set>

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

HttpRequest asking(const std::string& method, std::vector<std::string> segments) {
  return {.method = method, .segments = std::move(segments)};
}

TEST(Routes, StandOnceEach) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& route : all_routes()) {
    EXPECT_TRUE(seen.emplace(route.method, route.path).second) << route.path;
    EXPECT_NE(route.answer, nullptr) << route.path;
  }
}

TEST(Routes, AreOpenToAnybodyOnlyWhereTheyMayBe) {
  const std::set<std::string_view> open = {"/health",
                                           "/ready",
                                           "/metrics",
                                           "/v1/health",
                                           "/v1/openapi.json",
                                           "/v1/calendar/{secret}",
                                           "/v1/sign-in",
                                           "/v1/sign-in/token",
                                           "/sign-in/{secret}",
                                           "/sign-in",
                                           "/answer/{secret}",
                                           "/answer",
                                           "/sign-out"};
  for (const auto& route : all_routes()) {
    EXPECT_EQ(route.needs == Needs::nothing, open.contains(route.path)) << route.path;
  }
}

TEST(Routes, SayWhatStandsInTheirPlaces) {
  const auto request = asking("POST", {"v1", "cases", "a/b", "commands"});
  const auto found = find_route(request);
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->path, "/v1/cases/{case}/commands");
  EXPECT_EQ(found.places, std::vector<std::string_view>{"a/b"});
}

struct Row {
  const char* claim;
  std::vector<std::string> segments;
  const char* methods;
};

TEST(Routes, NameTheMethodsOfAnAddress) {
  const std::vector<Row> rows = {
      {"two methods", {"v1", "cases"}, "GET, HEAD, POST"},
      {"one that reads", {"v1", "cases", "x"}, "GET, HEAD"},
      {"one that writes", {"v1", "cases", "x", "commands"}, "POST"},
      {"a longer one", {"v1", "cases", "x", "commands", "y"}, ""},
      {"a shorter one", {"v1"}, ""},
      {"nothing at all", {}, ""},
      {"an empty part", {"v1", ""}, ""},
      {"another version", {"v2", "cases"}, ""},
  };
  for (const auto& row : rows) {
    const auto request = asking("BREW", row.segments);
    const auto found = find_route(request);
    EXPECT_EQ(found.route, nullptr) << row.claim;
    EXPECT_EQ(found.methods, row.methods) << row.claim;
  }
}

}  // namespace
}  // namespace protoflow::runtime
