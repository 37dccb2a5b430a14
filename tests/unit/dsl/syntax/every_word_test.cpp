#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/parse.hpp"
#include "dsl/syntax/places.hpp"
#include "dsl/syntax/scan.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

constexpr model::Language kLanguages[] = {model::Language::french, model::Language::english};

std::string first_message(const std::string& text) {
  const Compiled compiled = compile(text, whole_shelf());
  return render_text(compiled, text, "whole", false).substr(0, 400);
}

std::string meaning_of(const std::string& text) {
  Compiled compiled = compile(text, whole_shelf());
  if (!compiled.protocol) {
    return "does not compile";
  }
  // The built-in role is the one name that belongs to the language.
  compiled.protocol->roles[0].name = "beneficiary";
  compiled.protocol->language = model::Language::english;
  return canonical(*compiled.protocol);
}

// Kinds and words of the tree, names and texts.
std::string shape_of(const std::string& text) {
  std::string shape;
  for (const Node& node : parse(text).tree.nodes) {
    shape += std::to_string(static_cast<int>(node.kind)) + " " +
             std::to_string(static_cast<int>(node.word)) + " " + std::to_string(node.size);
    if (is_leaf(node.kind) && node.kind != NodeKind::keyword) {
      shape += " " + unquoted(std::string_view(text).substr(node.begin, node.end - node.begin));
    }
    shape += "\n";
  }
  return shape;
}

TEST(EveryWord, IsUsedByTheWholeLanguageAndUnderstood) {
  for (const auto language : kLanguages) {
    const std::string text = whole_language(language);
    std::set<Keyword> used;
    for (const Node& node : parse(text).tree.nodes) {
      if (node.kind == NodeKind::keyword) {
        used.insert(node.word);
      }
    }
    used.insert(Keyword::beneficiary);  // read as a name

    EXPECT_TRUE(compile(text, whole_shelf()).protocol) << first_message(text);
    for (std::size_t i = 0; i < kKeywordCount; ++i) {
      const auto keyword = static_cast<Keyword>(i);
      EXPECT_TRUE(used.contains(keyword)) << enumerator(keyword);
    }
  }
}

TEST(EveryWord, MeansTheSameInEverySpelling) {
  for (const auto language : kLanguages) {
    const std::string meaning = meaning_of(whole_language(language));
    for (const Spelling& row : lexicon(language).table().spellings) {
      const std::string text = whole_language(language, {{row.keyword, std::string(row.text)}});
      EXPECT_EQ(meaning_of(text), meaning) << row.text << "\n" << first_message(text);
    }
  }
}

// What formatting writes follows from the tree, never from the spelling that was typed.
TEST(EveryWord, IsWrittenTheSameWhateverTheSpelling) {
  for (const auto language : kLanguages) {
    const std::string written = format(whole_language(language)).value_or("");
    ASSERT_FALSE(written.empty());
    EXPECT_EQ(format(written).value_or(""), written);
    EXPECT_EQ(shape_of(written), shape_of(whole_language(language)));
    for (const Spelling& row : lexicon(language).table().spellings) {
      const std::string text = whole_language(language, {{row.keyword, std::string(row.text)}});
      EXPECT_EQ(format(text).value_or("not formatted"), written) << row.text;
    }
  }
}

TEST(EveryWord, MeansTheSameInEveryLanguage) {
  EXPECT_EQ(meaning_of(whole_language(model::Language::french)),
            meaning_of(whole_language(model::Language::english)));
}

TEST(EveryWord, StartsADeclarationOrALineNeverBoth) {
  for (const auto language : kLanguages) {
    for (const Spelling& row : lexicon(language).table().spellings) {
      const WordMatch word = lexicon(language).longest(row.text, 0);
      const bool declares = word.has(Part::declaration);
      EXPECT_TRUE(word.has(row.keyword)) << row.text;
      EXPECT_FALSE(declares && (word.has(Part::clause) || word.has(Part::inner))) << row.text;
      EXPECT_LT(word.count, word.keywords.size()) << row.text << ": room for one more meaning";
    }
  }
}

TEST(EveryWord, ThatStartsALineHasItsPlaces) {
  for (std::size_t i = 0; i < kKeywordCount; ++i) {
    const auto keyword = static_cast<Keyword>(i);
    EXPECT_EQ(!places_of(keyword).empty(), part_of(keyword) == Part::clause) << enumerator(keyword);
  }
}

// Each word that may start a line under a declaration is read there, and under no other.
TEST(EveryWord, StandsWhereThePlacesSay) {
  const auto language = model::Language::english;
  for (const Keyword declaration : declarations()) {
    for (std::size_t i = 0; i < kKeywordCount; ++i) {
      const auto keyword = static_cast<Keyword>(i);
      if (part_of(keyword) != Part::clause || keyword == Keyword::for_purpose) {
        continue;
      }
      const std::string text =
          "protocol p\n" + std::string(lexicon(language).canonical(declaration)) + " x \"x\"\n" +
          std::string(lexicon(language).canonical(keyword)) + "\n";
      const Parsed parsed = parse(text);
      const bool misplaced = std::ranges::any_of(
          parsed.diagnostics,
          [](const Diagnostic& diagnostic) { return diagnostic.code == Code::misplaced_clause; });
      const auto places = places_of(keyword);
      const bool belongs = std::find(places.begin(), places.end(), declaration) != places.end();
      EXPECT_NE(misplaced, belongs) << text;
    }
  }
}

}  // namespace
}  // namespace protoflow::dsl
