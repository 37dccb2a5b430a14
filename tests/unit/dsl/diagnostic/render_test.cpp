#include "dsl/diagnostic/render.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/diagnostic/nearest.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::string_view kText =
    "protocole essai\n  coordonné par référent\nrôle référent\n  tenu par accueill\npartenaire "
    "accueil\n";

Diagnostic unknown_partner() {
  const auto at = static_cast<std::uint32_t>(kText.find("accueill"));
  const auto other = static_cast<std::uint32_t>(kText.rfind("accueil"));
  return {.code = Code::unknown_name,
          .span = {at, at + 8},
          .second = Span{other, other + 7},
          .parameters = {"accueill", "un partenaire"},
          .suggestion = "accueil"};
}

TEST(RenderText, SaysWhatWhereWhyAndWhatToDo) {
  const std::vector<Diagnostic> told = {unknown_partner()};

  EXPECT_EQ(render_text(told, {kText, "essai.proto-flow"}),
            "essai.proto-flow:4:12: erreur PF201 : « accueill » n’est pas un partenaire\n"
            "    4 |   tenu par accueill\n"
            "      |            ^^^^^^^^\n"
            "    5 | partenaire accueil\n"
            "      |            ------- le nom le plus proche est déclaré ici\n"
            "  pourquoi : Cette ligne ne désignerait personne ni rien.\n"
            "  à faire : écrivez « accueil »\n"
            "\n"
            "1 erreur\n");
}

TEST(RenderText, ColoursOnlyWhenAsked) {
  const std::vector<Diagnostic> told = {unknown_partner()};

  EXPECT_EQ(render_text(told, {kText, "x"}).find('\033'), std::string::npos);
  EXPECT_NE(
      render_text(told, {.text = kText, .file_name = "x", .colours = true}).find("\033[1;31m"),
      std::string::npos);
}

TEST(RenderText, SaysNothingAboutNothing) {
  EXPECT_EQ(render_text({}, {kText, "x"}), "");
}

// The underline stands under the word: tabs, wide letters and combining marks count as a terminal
// shows them.
TEST(RenderText, UnderlinesByTheWidthOfATerminal) {
  struct Case {
    std::string line;
    std::string shown, underline;
  };

  const Case cases[] = {
      {"a X", "a X", "  ^"},
      {"\tX", "    X", "    ^"},
      {"a\tX", "a   X", "    ^"},
      {"日本 X", "日本 X", "     ^"},
      {"e\xCC\x81 X", "e\xCC\x81 X", "  ^"},
      {"é X", "é X", "  ^"},
      {"\033[2J X", "␛[2J X", "     ^"},  // an escape never reaches the terminal
      {"👩 X", "👩 X", "   ^"},
      {"1\u00A02 X", "1\u00A02 X", "    ^"},
      {"a\u200Bb X", "a‹U+200B›b X", "           ^"},
      {"\u202Ea X", "‹U+202E›a X", "          ^"},  // nor does what turns the order round
      {"\u0085X", "‹U+0085›X", "        ^"},
  };
  for (const Case& row : cases) {
    const auto at = static_cast<std::uint32_t>(row.line.find('X'));
    const std::vector<Diagnostic> told = {{.code = Code::line_goes_on,
                                           .span = {at, at + 1},
                                           .second = {},
                                           .parameters = {"X"},
                                           .suggestion = {}}};
    const std::string text = render_text(told, {row.line, "x"});
    EXPECT_NE(text.find("    1 | " + row.shown + "\n      | " + row.underline + "\n"),
              std::string::npos)
        << text;
  }
}

std::string shown(std::string_view text, Span span, std::optional<Span> second = {}) {
  const std::vector<Diagnostic> told = {{.code = Code::doubled_name,
                                         .span = span,
                                         .second = second,
                                         .parameters = {"x"},
                                         .suggestion = {}}};
  const std::string whole = render_text(told, {text, "x"});
  const std::size_t begin = whole.find('\n') + 1;
  return whole.substr(begin, whole.find("  pourquoi") - begin);
}

Span span_of(std::string_view text, std::string_view words) {
  const auto at = static_cast<std::uint32_t>(text.find(words));
  return {at, at + static_cast<std::uint32_t>(words.size())};
}

// Some terminals show Arabic and Hebrew from right to left and others do not: the underline says
// the words as well, and the rest of the line keeps its order.
TEST(RenderText, NamesRightToLeftWordsUnderTheLine) {
  const std::string text = "étape اللغة \"Cours\" après";

  EXPECT_EQ(shown(text, span_of(text, "اللغة")),
            "    1 | \u2068étape اللغة \"Cours\" après\u2069\n"
            "      |       ^^^^^ « \u2068اللغة\u2069 »\n");
  EXPECT_EQ(shown(text, span_of(text, "après")),
            "    1 | \u2068étape اللغة \"Cours\" après\u2069\n"
            "      |                     ^^^^^ « \u2068après\u2069 »\n");
  EXPECT_EQ(shown(text, span_of(text, "étape")),
            "    1 | \u2068étape اللغة \"Cours\" après\u2069\n"
            "      | ^^^^^\n");
}

TEST(RenderText, ShowsTheFirstAndTheLastLineOfALongPlace) {
  const std::string text = "un\nobjectif \"premier\n  milieu\n  dernier\" fin";
  const Span span{span_of(text, "\"premier").begin, span_of(text, "dernier\"").end};

  EXPECT_EQ(shown(text, span),
            "    2 | objectif \"premier\n"
            "      |          ^^^^^^^^\n"
            "    …\n"
            "    4 |   dernier\" fin\n"
            "      |   ^^^^^^^^\n");
}

TEST(RenderText, CutsALongLineAroundThePlace) {
  const std::string text = std::string(3000, 'a') + " ICI " + std::string(300000, 'b');

  EXPECT_EQ(shown(text, span_of(text, "ICI")),
            "    1 | …" + std::string(39, 'a') + " ICI " + std::string(56, 'b') +
                "…\n"
                "      |                                          ^^^\n");
  const std::string short_place = "ICI " + std::string(300, 'b');
  EXPECT_EQ(shown(short_place, span_of(short_place, "ICI")),
            "    1 | ICI " + std::string(96, 'b') + "…\n      | ^^^\n");
}

TEST(RenderText, PutsTwoPlacesInTheOrderOfTheText) {
  const std::string one = "échelle A0, A1, A0 et";
  EXPECT_EQ(shown(one, {16, 19}, Span{9, 11}),
            "    1 | échelle A0, A1, A0 et\n"
            "      |         --     ^^^\n"
            "      |         déclaré une première fois ici\n");
  EXPECT_EQ(shown(one, {9, 11}, Span{17, 19}),
            "    1 | échelle A0, A1, A0 et\n"
            "      |         ^^      -- déclaré une première fois ici\n");
  const std::string two = "rôle a\nrôle a\n";
  EXPECT_EQ(shown(two, {14, 15}, Span{6, 7}),
            "    1 | rôle a\n"
            "      |      - déclaré une première fois ici\n"
            "    2 | rôle a\n"
            "      |      ^\n");
}

TEST(RenderText, ShowsOddFileNamesWithoutTheirControls) {
  const std::vector<Diagnostic> told = {unknown_partner()};

  const std::string text = render_text(told, {kText, "a\nb\033[2J\u202Ec\xFF.proto-flow"});

  EXPECT_TRUE(text.starts_with("a␊b␛[2J‹U+202E›c\uFFFD.proto-flow:4:12: ")) << text;
}

TEST(RenderJson, CountsColumnsInUtf16) {
  const std::string text = "protocole essai \"😀 é\" zut\n  coordonné par bénéficiaire\n";

  const std::string json = render_json(compile(text), text, "essai.proto-flow");

  EXPECT_NE(json.find("\"code\": \"PF105\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"language\": \"fr\""), std::string::npos) << json;
  const std::string start = "\"start\": {\n          \"line\": 1,\n          \"column\": 24\n";
  EXPECT_NE(json.find(start), std::string::npos) << json;
}

TEST(RenderJson, SurvivesBytesThatAreNotText) {
  const std::string text = "protocole \xE9\n";
  EXPECT_NE(render_json(compile(text), text, "a\xFF").find("PF114"), std::string::npos);
}

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<std::string> words = {"accueil", "recherche", "niveau-français", "B1"};

  struct Case {
    std::string_view written, meant;
  };

  const Case cases[] = {
      {"acueil", "accueil"},
      {"accuiel", "accueil"},
      {"Recherché", "recherche"},
      {"niveau-francais", "niveau-français"},
      {"zorglub", ""},
      {"x", ""},
      {"", ""},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(nearest(row.written, words), row.meant) << row.written;
  }
}

TEST(Diagnostics, KeepAnErrorAfterManyWarnings) {
  std::vector<Diagnostic> kept;
  for (int i = 0; i < 2000; ++i) {
    add(kept,
        {.code = Code::no_exchange, .span = {}, .second = {}, .parameters = {}, .suggestion = {}});
  }
  EXPECT_EQ(kept.size(), kWarningsMax);
  add(kept, {.code = Code::no_step, .span = {}, .second = {}, .parameters = {}, .suggestion = {}});
  EXPECT_TRUE(is_error(kept.back()));
}

}  // namespace
}  // namespace protoflow::dsl
