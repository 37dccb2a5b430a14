#include "dsl/source/source_text.hpp"

#include <gtest/gtest.h>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

TEST(SourceText, CountsLinesAndUtf16Columns) {
  const std::string text = "aé😀b\r\n\ncd";
  const SourceText source(text);

  struct Case {
    std::uint32_t at;
    Position position;
  };

  const Case cases[] = {
      {0, {1, 1}},
      {1, {1, 2}},
      {3, {1, 3}},
      {7, {1, 5}},
      {10, {2, 1}},
      {11, {3, 1}},
      {13, {3, 3}},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(source.position_of(row.at), row.position) << row.at;
  }
  EXPECT_EQ(source.line_count(), 3U);
  EXPECT_EQ(source.text(source.line_around(3)), "aé😀b");
  EXPECT_EQ(source.text(source.line_around(10)), "");
}

TEST(SourceText, GivesTheByteOrderMarkNoColumn) {
  const std::string text = "\xEF\xBB\xBFprotocole";
  EXPECT_EQ(SourceText(text).position_of(3), (Position{1, 1}));
}

TEST(SourceText, HasOneLineWhenEmpty) {
  EXPECT_EQ(SourceText("").position_of(0), (Position{1, 1}));
  EXPECT_EQ(SourceText("").line_count(), 1U);
}

TEST(SourceText, CountsTheLinesOfEachFileFromItsFirst) {
  const std::string text =
      "un\ndeux\n\n\xEF\xBB\xBF"
      "use\ntrois\nx\n";
  const SourceText source(text, {{"own", 0}, {"shared", 9}});

  EXPECT_EQ(source.file_of(7)->path, "own");
  EXPECT_EQ(source.position_of(8), (Position{3, 1})) << "the end of a file is its last line";
  EXPECT_EQ(source.file_of(9)->path, "shared");
  EXPECT_EQ(source.position_of(12), (Position{1, 1}));
  EXPECT_EQ(source.position_of(18), (Position{2, 3}));
  EXPECT_EQ(source.text(source.line_around(18)), "trois");
  EXPECT_EQ(SourceText(text).file_of(3), nullptr);
}

TEST(Utf8, TellsNamesOfAnyScriptFromOtherSigns) {
  for (const char32_t letter : {U'a', U'Z', U'é', U'ل', U'日', U'ж'}) {
    EXPECT_TRUE(is_letter(letter)) << static_cast<std::uint32_t>(letter);
  }
  for (const char32_t sign : {U'1', U'-', U'«', U'’', U' ', U'\u0301', U','}) {
    EXPECT_FALSE(is_letter(sign)) << static_cast<std::uint32_t>(sign);
  }
  for (const char32_t part : {U'a', U'7', U'-', U'_', U'\u0301', U'٣'}) {
    EXPECT_TRUE(is_name_character(part)) << static_cast<std::uint32_t>(part);
  }
}

TEST(Utf8, ComposesAndFindsBrokenBytes) {
  EXPECT_EQ(composed("e\xCC\x81tape"), "étape");
  EXPECT_EQ(composed("plain"), "plain");
  EXPECT_EQ(first_broken_byte("é\xE9x"), 2U);
  EXPECT_EQ(first_broken_byte("a\xED\xA0\x80"), 1U);  // a surrogate
  EXPECT_EQ(first_broken_byte("a\xC0\xAF"), 1U);      // an overlong form
  EXPECT_EQ(first_broken_byte("é😀"), std::nullopt);
}

}  // namespace
}  // namespace protoflow::dsl
