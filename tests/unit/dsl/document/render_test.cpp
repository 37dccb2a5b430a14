#include "dsl/document/render.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

#include <gtest/gtest.h>

#include "dsl/document/matrix.hpp"
#include "dsl/document/words.hpp"

namespace protoflow::dsl::document {
namespace {

Document of_one_paragraph(const Text& words) {
  Document document;
  document.kind = "brief";
  document.title = text("Title");
  document.sections = {{"Heading", Width::full, {Paragraph{words}}}};
  return document;
}

TEST(Html, EscapesEveryTextAndAsksForNothingElse) {
  const std::string page =
      render_html(of_one_paragraph(text("<script>alert('x')</script> & \"more\"")));

  EXPECT_NE(page.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"),
            std::string::npos);
  for (const std::string_view outside : {"<script", "http:", "https:", "url(", "@import", "src="}) {
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  }
}

TEST(Html, KeepsAnotherLanguageOrDirectionApart) {
  struct Row {
    Span span;
    std::string_view html;
  };

  const Row rows[] = {
      {{"Bonjour", Weight::plain, "fr"}, "<span lang=\"fr\" dir=\"auto\">Bonjour</span>"},
      {{"جمعية"}, "<span dir=\"auto\">جمعية</span>"},
      {{"a \u202E b"}, "<span dir=\"auto\">a \u202E b</span>"},
      {{"élan"}, "<p>élan</p>"},
  };
  for (const Row& row : rows) {
    const std::string page = render_html(of_one_paragraph({row.span}));
    EXPECT_NE(page.find(row.html), std::string::npos) << page;
  }
}

TEST(Html, GivesATableACaptionAndScopes) {
  Document document;
  Table table;
  table.name = "matrix";
  table.caption = text("Caption");
  table.columns = {{text("Step")}, {text("Role")}};
  table.rows = {{text("Stage"), {}}, {{}, {{text("First")}, {text("R")}}}};
  document.sections = {{"", Width::full, {table}}};

  const std::string page = render_html(document);

  for (const std::string_view piece : {"<caption>Caption</caption>",
                                       "<th scope=\"col\">",
                                       "<th scope=\"rowgroup\" colspan=\"2\">Stage</th>",
                                       "<th scope=\"row\">First</th><td>R</td>"}) {
    EXPECT_NE(page.find(piece), std::string::npos) << piece << "\n" << page;
  }
}

TEST(Markdown, LetsNoCharacterOfATextMeanAnything) {
  struct Row {
    std::string_view text, markdown;
  };

  const Row rows[] = {
      {"a*b*_c_", "a\\*b\\*\\_c\\_"},
      {"[x](javascript:y)", "\\[x\\](javascript:y)"},
      {"<b>&amp;", "\\<b\\>\\&amp;"},
      {"a | b", "a \\| b"},
      {"# not a heading", "\\# not a heading"},
      {"- not a list", "\\- not a list"},
      {"1. not a list", "1\\. not a list"},
      {"12) not a list", "12\\) not a list"},
      {"état-civil 1.5", "état-civil 1.5"},
      {"back\\slash `code`", "back\\\\slash \\`code\\`"},
      {"a\nb", "a b"},
      {"a\u202Eb", "ab"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(escaped_markdown(row.text), row.markdown);
  }
}

TEST(Markdown, BeginsNoLineInACell) {
  Document document;
  Table table;
  table.caption = text("Caption");
  table.columns = {{text("Days")}, {text("Share")}};
  table.rows = {{{}, {{text("20.1")}, {text("-3*")}}}};
  document.sections = {{"", Width::full, {table}}};

  EXPECT_NE(render_markdown(document).find("| 20.1 | -3\\* |"), std::string::npos);
}

TEST(Csv, KeepsToRfc4180AndIsNoFormula) {
  model::Protocol protocol;
  protocol.language = model::Language::english;
  protocol.partners = {{.name = "p", .title = "P"}};
  protocol.roles = {{.name = "beneficiary", .binding = model::Binding::beneficiary},
                    {.name = "a", .title = "+A", .partners = {model::PartnerId{0}}}};
  for (const std::string_view title :
       {"=cmd|' /C calc'!A0", "@sum", "-1", "\u00a0=1", "say \"hello\", twice", "plain"}) {
    model::Step step;
    step.title = title;
    step.responsible = model::RoleId{1};
    step.outcomes = {{.name = "done"}};
    protocol.steps.push_back(step);
  }

  EXPECT_EQ(matrix_csv({protocol, model::Language::english, ""}),
            "\uFEFF\"Stage\",\"Step\",\"'+A\"\r\n"
            "\"\",\"Held by\",\"P\"\r\n"
            "\"\",\"'=cmd|' /C calc'!A0\",\"responsible\"\r\n"
            "\"\",\"'@sum\",\"responsible\"\r\n"
            "\"\",\"'-1\",\"responsible\"\r\n"
            "\"\",\"'\u00a0=1\",\"responsible\"\r\n"
            "\"\",\"say \"\"hello\"\", twice\",\"responsible\"\r\n"
            "\"\",\"plain\",\"responsible\"\r\n");
}

TEST(DocumentWords, AreAllThereInBothLanguagesWithTheSameFillings) {
  using Flat = std::array<std::string_view, sizeof(DocumentWords) / sizeof(std::string_view)>;
  const auto french = std::bit_cast<Flat>(document_words(model::Language::french));
  const auto english = std::bit_cast<Flat>(document_words(model::Language::english));
  const auto fillings = [](std::string_view pattern) {
    std::set<std::string_view> names;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at + 1)) {
      names.insert(pattern.substr(at, pattern.find('}', at) - at));
    }
    return names;
  };
  for (std::size_t i = 0; i < french.size(); ++i) {
    EXPECT_FALSE(french[i].empty()) << "after " << french[i - 1];
    EXPECT_FALSE(english[i].empty()) << "after " << english[i - 1];
    EXPECT_EQ(fillings(french[i]), fillings(english[i])) << french[i] << " / " << english[i];
  }
}

TEST(Fill, KeepsWhatHasNoFillingAndAnOpenBrace) {
  EXPECT_EQ(plain(fill("a {x} b {y}", {{"x", text("1 {y}")}})), "a 1 {y} b {y}");
  EXPECT_EQ(plain(fill("a {x", {{"x", text("1")}})), "a {x");
}

}  // namespace
}  // namespace protoflow::dsl::document
