#include "runtime/http/entity_tag.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

struct Row {
  const char* match;
  std::optional<std::uint64_t> version;
};

TEST(EntityTag, NamesTheVersionThatWasRead) {
  const std::vector<Row> rows = {{"\"7\"", 7},
                                 {"7", 7},
                                 {" \"7.0a1b\" ", 7},
                                 {"\"0\"", 0},
                                 {"*", std::nullopt},
                                 {"", std::nullopt}};
  for (const auto& [match, version] : rows) {
    const auto read = expected_version({.headers = {{"if-match", match}}});
    ASSERT_TRUE(read) << match;
    EXPECT_EQ(*read, version) << match;
  }
}

TEST(EntityTag, IsAskedForWhereItCannotBeRead) {
  for (const auto* match : {"W/\"7\"",
                            "\"7\", \"8\"",
                            "\"-7\"",
                            "\"\"",
                            "latest",
                            "\".7\"",
                            "\"99999999999999999999\""}) {
    EXPECT_FALSE(expected_version({.headers = {{"if-match", match}}})) << match;
  }
}

TEST(EntityTag, TellsWhatIsTheSameToTheByte) {
  EXPECT_EQ(tag_of("a", "7."), tag_of("a", "7."));
  EXPECT_NE(tag_of("a", "7."), tag_of("b", "7."));
  EXPECT_TRUE(tag_of("a", "7.").starts_with("\"7."));
}

}  // namespace
}  // namespace protoflow::runtime
