#include "runtime/http/problem.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {

TEST(Problem, WritesTheMembersOfTheStandardInOrder) {
  const HttpResponse response = problem(409, "stale-version", "Too late", "Read it again.");

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"/problems/stale-version","title":"Too late","status":409,)"
            R"("detail":"Read it again."})");
}

TEST(Problem, CarriesFurtherMembersAsJsonOrElseAsText) {
  const HttpResponse response =
      problem(403, "x", "t", "d", {{"may", R"(["lead","partner"])"}, {"note", "not json"}});

  EXPECT_NE(response.body.find(R"("may":["lead","partner"],"note":"not json"})"), std::string::npos)
      << response.body;
}

TEST(Problem, SurvivesTextsThatAreNotUtf8) {
  EXPECT_NE(problem(400, "x", "t", "a\xff\"b").body.find("a\xEF\xBF\xBD\\\"b"), std::string::npos);
}

}  // namespace protoflow::runtime
