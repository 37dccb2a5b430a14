#include "runtime/http/json_depth.hpp"

#include <string>

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonDepth, IsCountedOutsideOfTexts) {
  EXPECT_FALSE(nests_too_deep(nested(kJsonDepthMax)));
  EXPECT_TRUE(nests_too_deep(nested(kJsonDepthMax + 1)));
  EXPECT_TRUE(nests_too_deep(std::string(kJsonDepthMax + 1, '{')));
  EXPECT_FALSE(nests_too_deep('"' + nested(1000) + '"'));
  EXPECT_FALSE(nests_too_deep("\"a\\\"" + nested(1000) + '"'));
  EXPECT_TRUE(nests_too_deep("\"a\\\\\"" + nested(1000)));
}

TEST(JsonDepth, IsNotTakenForTheLength) {
  std::string wide;
  for (int i = 0; i < 1000; ++i) {
    wide += "[]]";
  }
  EXPECT_FALSE(nests_too_deep(wide));
}

}  // namespace
}  // namespace protoflow::runtime
