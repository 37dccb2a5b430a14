#include "runtime/graph/svg.hpp"

#include <gtest/gtest.h>

#include "runtime/graph/text_width.hpp"
#include "runtime/graph/tidy_svg.hpp"

namespace protoflow::runtime {
namespace {

const std::string kTwoFrames =
    "digraph g { subgraph cluster_one { a [label=<<B>Étape</B><BR/>l’accueil>] } "
    "subgraph cluster_two { b } subgraph cluster_three { c } a -> b a -> c b -> c }";

TEST(Svg, DrawsDotAsOneSvgElement) {
  const auto svg = render_svg(kTwoFrames);

  ASSERT_TRUE(svg) << svg.error();
  EXPECT_TRUE(svg->starts_with("<svg")) << *svg;
  EXPECT_TRUE(svg->ends_with("</svg>\n")) << *svg;
  EXPECT_NE(svg->find("Étape"), std::string::npos);
}

TEST(Svg, DrawsTheSameBytesEachTime) {
  const auto first = render_svg(kTwoFrames);
  (void)render_svg("digraph { x -> y -> z }");  // moves the memory that numbering must not follow
  (void)render_svg("digraph {");

  EXPECT_EQ(render_svg(kTwoFrames), first);
}

TEST(Svg, SaysWhatIsWrongWithTheText) {
  for (const std::string dot : {"digraph { a -> ", "", "not a graph"}) {
    const auto svg = render_svg(dot);
    ASSERT_FALSE(svg) << dot;
    EXPECT_FALSE(svg.error().empty());
  }
}

TEST(Svg, HasNoTooltipOfInternalNamesAndNoComment) {
  const auto svg = render_svg(kTwoFrames);

  ASSERT_TRUE(svg);
  EXPECT_EQ(svg->find("<title>"), std::string::npos);
  EXPECT_EQ(svg->find("<!--"), std::string::npos);
}

TEST(TidySvg, CentresATextOnTheMiddleOfItsMeasuredWidth) {
  const std::string svg = tidy_svg(
      "<svg><text text-anchor=\"start\" x=\"100\" y=\"5\" font-size=\"10.00\" "
      "fill=\"#000\">oo</text></svg>");
  const double middle = 100 + text_width("oo", 10, false) / 2;

  EXPECT_NE(svg.find("text-anchor=\"middle\" x=\"" + std::to_string(middle).substr(0, 6)),
            std::string::npos)
      << svg;
  EXPECT_NE(svg.find(">oo</text></svg>"), std::string::npos) << svg;
}

TEST(TidySvg, FitsOnePageWhereABrowserPrintsIt) {
  const std::string svg = tidy_svg("<svg>\n<g id=\"graph0\"></g></svg>");

  EXPECT_TRUE(svg.starts_with("<svg>\n<style>@page")) << svg;
  EXPECT_NE(svg.find("</style>\n<g id="), std::string::npos) << svg;
}

TEST(TidySvg, KeepsATextThatIsCutShort) {
  EXPECT_EQ(tidy_svg("<svg><text text-anchor=\"start\" x=\"1"),
            "<svg><text text-anchor=\"start\" x=\"1");
}

TEST(TextWidth, CountsLettersAndNotBytes) {
  EXPECT_DOUBLE_EQ(text_width("é", 10, false), text_width("e", 10, false));
  EXPECT_GT(text_width("W", 10, false), text_width("i", 10, false));
  EXPECT_GT(text_width("W", 10, true), text_width("W", 10, false));
  EXPECT_DOUBLE_EQ(text_width("", 10, false), 0);
}

TEST(TextWidth, ReadsNoFurtherThanTheTextOnACutLetter) {
  EXPECT_GT(text_width("\xE2\x80", 10, false), 0);
}

}  // namespace
}  // namespace protoflow::runtime
