// Slips of a tired author, each in a sound protocol: one message, and what it says to write mends
// the text.
#include <array>
#include <string>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/diagnostic/nearest.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/golden_shelf.hpp"

namespace protoflow::dsl {
namespace {

struct Slip {
  std::string_view sound, written, suggestion;
};

// clang-format off
constexpr auto kSlips = std::to_array<Slip>({
    {"responsible adviser",           "responsible: adviser",        "responsible adviser"},
    {"if late tell teacher",          "if late, tell teacher",       "if late tell"},
    {"with beneficiary, adviser",     "with beneficiary; adviser",   "beneficiary, adviser"},
    {"role teacher \"Teacher\"",      "role teacher: \"Teacher\"",   "teacher \"Teacher\""},
    {"held by centre, else school",   "held by centre and school",   "centre, else school"},
    {"held by centre, else school",   "held by centre, school",      "centre, else school"},
    {"routine look-back \"What",      "routine look back \"What",    "look-back"},
    {"course \"Begin a language course\"", "course Begin a language course", "\"Begin a language course\""},
});
// clang-format on

std::string with_slip(std::string text, const Slip& slip) {
  return text.replace(text.find(slip.sound), slip.sound.size(), slip.written);
}

std::string shipped(std::string_view name) {
  return read_golden(in_sources("/protocols/") + std::string(name) + ".proto-flow");
}

TEST(Slips, AreMendedByWhatTheirOneMessageSaysToWrite) {
  for (const Slip& slip : kSlips) {
    std::string text = with_slip(shipped("first-steps"), slip);
    const Compiled compiled = compile(text);

    ASSERT_EQ(compiled.diagnostics.size(), 1U)
        << render_text(compiled, text, std::string(slip.written), false);
    const Diagnostic& said = compiled.diagnostics.front();
    EXPECT_EQ(said.suggestion, slip.suggestion) << slip.written;
    text.replace(said.span.begin, said.span.end - said.span.begin, said.suggestion);
    EXPECT_TRUE(compile(text).diagnostics.empty()) << text;
  }
}

TEST(Slips, OfNamesCostNoMessageWhereTheNameIsUsed) {
  for (const Slip& slip : {Slip{"step welcome \"", "step welcome here \"", "welcome-here"},
                           Slip{"step course \"", "step welcome \"", ""},
                           Slip{"routine look-back \"", "routine look back \"", "look-back"}}) {
    const std::string text = with_slip(shipped("first-steps"), slip);
    const Compiled compiled = compile(text);

    ASSERT_EQ(compiled.diagnostics.size(), 1U)
        << render_text(compiled, text, std::string(slip.written), false);
    EXPECT_EQ(compiled.diagnostics.front().suggestion, slip.suggestion);
  }
}

TEST(Slips, ATextThatIsNotClosedIsSaidWhereItOpens) {
  std::string text = shipped("first-steps");
  const std::size_t closing = text.find("\"\n", text.find("step course"));
  text.erase(closing, 1);
  text.insert(text.find("  within 3 weeks"), "  guidance \"Choose\n    together.\"\n");
  const Compiled compiled = compile(text);

  ASSERT_EQ(compiled.diagnostics.size(), 1U) << render_text(compiled, text, "slip", false);
  EXPECT_EQ(compiled.diagnostics.front().code, Code::text_not_closed);
  EXPECT_EQ(compiled.diagnostics.front().span.begin, text.find("\"Begin"));
}

TEST(Slips, OfTheFirstWordAreMendedByTheWordThatIsMeant) {
  for (const Slip& slip :
       {Slip{"  within 3 weeks", "  in 3 weeks", "within"},
        Slip{"  responsible teacher", "  done by teacher", "responsible"},
        Slip{"  if late tell adviser", "  in case of delay tell adviser", "if late"},
        Slip{"step course", "task course", "step"}}) {
    const std::string text = with_slip(shipped("first-steps"), slip);
    const Compiled compiled = compile(text);

    ASSERT_EQ(compiled.diagnostics.size(), 1U)
        << render_text(compiled, text, std::string(slip.written), false);
    EXPECT_EQ(compiled.diagnostics.front().suggestion, slip.suggestion);
  }
}

TEST(Slips, OfTheFirstWordAreNoWordsOfTheLanguage) {
  for (const LanguageTable* table : {&french(), &english()}) {
    const Lexicon words(*table);
    for (const Spelling& row : table->mistaken) {
      EXPECT_FALSE(words.longest(row.text, 0).starts_line()) << row.text;
      EXPECT_TRUE(part_of(row.keyword) == Part::clause || part_of(row.keyword) == Part::declaration)
          << row.text;
    }
  }
}

TEST(Nearest, OfLevelsAsNearTakesTheOneWhoseNumberIsNext) {
  const std::array<std::string, 4> levels = {"A0", "A1", "A2", "B1"};

  EXPECT_EQ(nearest("A3", levels), "A2");
}

}  // namespace
}  // namespace protoflow::dsl
