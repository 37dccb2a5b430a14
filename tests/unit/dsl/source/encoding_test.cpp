#include "dsl/source/encoding.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl {
namespace {

using std::string_literals::operator""s;

TEST(Encoding, IsGuessedAndUndone) {
  struct Case {
    std::string bytes;
    Encoding encoding;
    std::string text;
  };

  const Case cases[] = {
      {"étape", Encoding::utf8, "étape"},
      {"\xEF\xBB\xBFétape", Encoding::utf8, "étape"},
      {"\xE9tape", Encoding::latin1, "étape"},
      {"\xE9tape \x93x\x94 \x80", Encoding::windows_1252, "étape “x” €"},
      {"\xFF\xFE\xE9\0t\0"s, Encoding::utf16_little, "ét"},
      {"\xFE\xFF\0\xE9\0t"s, Encoding::utf16_big, "ét"},
      {"a\0\xE9\0"s, Encoding::utf16_little, "aé"},
      {"\0a\0\xE9"s, Encoding::utf16_big, "aé"},
      {"\xFF\xFE\x3D\xD8\x00\xDE"s, Encoding::utf16_little, "😀"},
      {"", Encoding::utf8, ""},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(guess_encoding(row.bytes), row.encoding) << row.text;
    EXPECT_EQ(to_utf8(row.bytes, row.encoding), row.text);
  }
}

TEST(Encoding, SaysWhichByteMeansNothing) {
  EXPECT_EQ(to_utf8("a\x81", Encoding::windows_1252), std::unexpected(1U));
  EXPECT_EQ(to_utf8("a\x93", Encoding::latin1), std::unexpected(1U));
  EXPECT_EQ(to_utf8("a\xE9", Encoding::utf8), std::unexpected(1U));
  EXPECT_EQ(to_utf8("a\0b"s, Encoding::utf16_little), std::unexpected(2U));
  EXPECT_EQ(to_utf8("\x00\xDE"s, Encoding::utf16_little), std::unexpected(0U));
}

}  // namespace
}  // namespace protoflow::dsl
