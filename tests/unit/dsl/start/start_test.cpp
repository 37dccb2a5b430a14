#include "dsl/start/start.hpp"

#include <random>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/source/utf8.hpp"
#include "dsl/start/names.hpp"

namespace protoflow::dsl {
namespace {

using model::Language;

constexpr Language kLanguages[] = {Language::french, Language::english};

// Clean: no error, no warning.
void expect_clean(const StartAnswers& answers) {
  const std::string text = first_protocol(answers);
  const Compiled compiled = compile(text);
  EXPECT_TRUE(compiled.protocol);
  EXPECT_EQ(format(text).value_or(""), text);
  EXPECT_TRUE(compiled.diagnostics.empty()) << render_text(compiled, text, "first", false);
  if (compiled.protocol) {
    EXPECT_EQ(compiled.protocol->name, first_protocol_name(answers));
    EXPECT_EQ(compiled.protocol->partners.size(), settled_answers(answers).partners.size());
  }
}

TEST(Start, WritesAProtocolThatChecksCleanFromNoAnswers) {
  for (const auto language : kLanguages) {
    expect_clean({.language = language});
  }
}

TEST(Start, HasWhatAGoodProtocolHas) {
  for (const auto language : kLanguages) {
    const Compiled compiled = compile(first_protocol({.language = language}));
    ASSERT_TRUE(compiled.protocol);
    const auto& protocol = *compiled.protocol;
    EXPECT_EQ(protocol.language, language);
    EXPECT_EQ(protocol.stages.size(), 2U);
    EXPECT_EQ(protocol.routines.size(), 3U);
    EXPECT_EQ(protocol.sessions.size(), 1U);
    EXPECT_EQ(protocol.consents.size(), 1U);
    EXPECT_EQ(protocol.examples.size(), 2U);
    EXPECT_TRUE(protocol.agreement);
    for (std::size_t i = 1; i < protocol.roles.size(); ++i) {
      EXPECT_EQ(protocol.roles[i].partners.size(), 2U) << protocol.roles[i].name;
    }
  }
}

TEST(Start, TakesPartnersThatLookAlike) {
  expect_clean({.title = "Contact",
                .partners = {"Foyer",
                             "Foyers",
                             "Contact",
                             "contact",
                             "Club",
                             "Club",
                             "Club",
                             "",
                             "étape",
                             "115",
                             "Foyer 2",
                             "\"Bénéficiaire\"",
                             "Foyér"}});
}

TEST(Start, TakesAnswersThatCouldEndAText) {
  for (const auto language : kLanguages) {
    expect_clean({.language = language,
                  .title = "a \"b\" # c \\ « d » “e” {partner}\nstep x",
                  .objective = "\"",
                  .audience = "étape un\r\nstep two\n\n",
                  .need = "\x80\xff broken",
                  .partners = {"#", "\"\"\"", "« »", "{supports}", std::string("a\0b", 3)}});
  }
}

TEST(Start, TakesLongAnswersAndManyPartners) {
  StartAnswers answers;
  answers.title = std::string(100'000, 'x');
  answers.objective = std::string(100'000, 'y');
  for (int i = 0; i < 200; ++i) {
    answers.partners.push_back(std::string(500, static_cast<char>('a' + i % 26)) +
                               std::to_string(i));
  }
  EXPECT_EQ(settled_answers(answers).partners.size(), kStartPartnersMax);
  expect_clean(answers);
}

std::string random_answer(std::mt19937& random) {
  constexpr std::u32string_view kLetters = U"abÉç1  -_'’\"«”#\n\t{}\\ال中😀\u0301\u202E\u00A0.";
  constexpr std::string_view kWords[] = {"step",
                                         "étape",
                                         "partenaire",
                                         "with",
                                         "Foyer",
                                         "example",
                                         "tous les",
                                         "and",
                                         "et",
                                         "fin",
                                         "Mission locale d'Arles"};
  std::string answer;
  const auto upto = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
  };
  for (std::size_t i = upto(upto(4) == 0 ? 200 : 12); i > 0; --i) {
    if (upto(4) == 0) {
      answer += kWords[upto(std::size(kWords) - 1)];
    } else {
      append_utf8(answer, kLetters[upto(kLetters.size() - 1)]);
    }
  }
  return answer;
}

TEST(Start, ChecksCleanWhateverTheAnswers) {
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  for (int round = 0; round < 200 && !HasFailure(); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    StartAnswers answers;
    answers.language = kLanguages[random() % 2];
    answers.name = random_answer(random);
    answers.title = random_answer(random);
    answers.objective = random_answer(random);
    answers.audience = random_answer(random);
    answers.need = random_answer(random);
    for (auto count = random() % 8; count > 0; --count) {
      answers.partners.push_back(random_answer(random));
    }
    expect_clean(answers);
  }
}

struct NameRow {
  const char* title;
  const char* name;
};

TEST(StartNames, AreMadeFromTitles) {
  constexpr NameRow kRows[] = {
      {"Mission locale d'Arles", "mission-locale-d-arles"},
      {"  École de l’Espérance (Aix) ", "école-de-l-espérance-aix"},
      {"115", "lieu-115"},
      {"étape", "étape-2"},
      {"Tous les", "tous-les"},
      {"!!!", "lieu"},
      {"", "lieu"},
      {"مركز اللغة", "مركز-اللغة"},
      {"Un_titre__long", "un-titre-long"},
  };
  for (const auto& [title, name] : kRows) {
    EXPECT_EQ(name_from(title, "lieu", Language::french, {}), name);
  }
}

TEST(StartNames, AreNotTakenForOneAnother) {
  EXPECT_EQ(name_from("Foyer", "x", Language::french, {"foyer"}), "foyer-2");
  EXPECT_EQ(name_from("Foyers", "x", Language::french, {"foyer"}), "foyers-2");
  EXPECT_EQ(name_from("Foyer", "x", Language::french, {"foyer", "foyer-2"}), "foyer-3");
}

TEST(StartNames, KeepTextsOnOneLineBetweenQuotes) {
  EXPECT_EQ(safe_text(" a \"b\"\n c\x01 ", 100), "a “b” c");
  EXPECT_EQ(safe_text("éééé", 2), "éé");
  EXPECT_EQ(safe_text("a\u202Eb", 10), "ab");
}

}  // namespace
}  // namespace protoflow::dsl
