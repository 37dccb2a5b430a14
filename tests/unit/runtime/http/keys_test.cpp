#include "runtime/http/keys.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

HttpRequest asking(const std::string& path, const std::string& body) {
  return {.method = "POST", .path = path, .body = body};
}

TEST(Keys, StandForOneRequest) {
  Keys keys;
  EXPECT_TRUE(keys.keep("karim:a", asking("/v1/cases", "{}")));
  EXPECT_TRUE(keys.keep("karim:a", asking("/v1/cases", "{}")));
  EXPECT_FALSE(keys.keep("karim:a", asking("/v1/cases", "{ }")));
  EXPECT_FALSE(keys.keep("karim:a", asking("/v1/sessions", "{}")));
  EXPECT_TRUE(keys.keep("ines:a", asking("/v1/sessions", "{}")));
}

TEST(Keys, MayBeUsedAnewWhenNothingWasDone) {
  Keys keys;
  EXPECT_TRUE(keys.keep("a", asking("/", "1")));
  keys.forget("a");
  EXPECT_TRUE(keys.keep("a", asking("/", "2")));
}

TEST(Keys, AreForgottenInTheOrderInWhichTheyCame) {
  Keys keys;
  EXPECT_TRUE(keys.keep("first", asking("/", "1")));
  for (std::size_t i = 0; i < 2 * Keys::kYoungMax - 1; ++i) {
    EXPECT_TRUE(keys.keep(std::to_string(i), asking("/", "1")));
  }
  EXPECT_FALSE(keys.keep("first", asking("/", "2")));
  EXPECT_TRUE(keys.keep("one more", asking("/", "1")));
  EXPECT_TRUE(keys.keep("first", asking("/", "2")));
}

TEST(Keys, AreShortAndPlain) {
  EXPECT_TRUE(is_key("8e03978e-40d5-43dd-bc93-6894a57f9324"));
  EXPECT_TRUE(is_key(std::string(128, 'a')));
  EXPECT_FALSE(is_key(std::string(129, 'a')));
  EXPECT_FALSE(is_key("clé"));
  EXPECT_FALSE(is_key("a\tb"));
}

}  // namespace
}  // namespace protoflow::runtime
