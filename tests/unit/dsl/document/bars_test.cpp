#include "dsl/document/bars.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl::document {
namespace {

const Bars kLying{
    .caption = text("Days <of> waiting"), .labels = {"a & b", "c"}, .values = {3, 1.25}};

TEST(BarsHtml, SaysEachValueAndEscapesEachLabel) {
  const auto html = bars_html(kLying);

  EXPECT_NE(html.find("Days &lt;of&gt; waiting"), std::string::npos) << html;
  EXPECT_NE(html.find("a &amp; b"), std::string::npos) << html;
  EXPECT_NE(html.find(">1.3<"), std::string::npos) << html;
  EXPECT_EQ(html.find("<script"), std::string::npos);
}

TEST(BarsHtml, DrawsTheLargestOverTheWholeWidth) {
  const auto html = bars_html(kLying);

  EXPECT_NE(html.find("width=\"1000\""), std::string::npos) << html;
  EXPECT_NE(html.find("width=\"417\""), std::string::npos) << html;
}

TEST(BarsText, IsALineAValueOrOneLineOfColumns) {
  EXPECT_NE(bars_text(kLying).find("██████████████████████████████ 3  a & b"), std::string::npos)
      << bars_text(kLying);
  const Bars upright{.caption = text("Load"), .values = {0, 4, 8}, .upright = true};
  EXPECT_NE(bars_text(upright).find(" ▄█\n"), std::string::npos) << bars_text(upright);
}

TEST(BarsText, TakesNothingAndZeros) {
  EXPECT_NE(bars_text({.caption = text("None")}).find("None"), std::string::npos);
  EXPECT_NE(
      bars_html({.caption = text("Zero"), .labels = {"z"}, .values = {0}}).find("width=\"0\""),
      std::string::npos);
}

TEST(ShortNumber, HasAtMostOneDecimal) {
  EXPECT_EQ(short_number(3, false), "3");
  EXPECT_EQ(short_number(3.46, true), "3,5");
  EXPECT_EQ(short_number(0.04, false), "0");
}

}  // namespace
}  // namespace protoflow::dsl::document
