// The words of the language as an enumeration, and what a table of one language holds. The grammar,
// formatting, the messages and the tests read these tables; a third language is one more table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

enum class Keyword : std::uint16_t {
#define PF_KEYWORD(name, part) name,
#include "dsl/syntax/keywords.def"
#undef PF_KEYWORD
  none,
};

inline constexpr std::size_t kKeywordCount = static_cast<std::size_t>(Keyword::none);

enum class Part : std::uint8_t {
  declaration,
  clause,
  inner,
  soft,
};

inline constexpr std::array<Part, kKeywordCount> kParts = {
#define PF_KEYWORD(name, part) Part::part,
#include "dsl/syntax/keywords.def"
#undef PF_KEYWORD
};

[[nodiscard]] constexpr Part part_of(Keyword keyword) {
  return kParts[static_cast<std::size_t>(keyword)];
}

/// `a, b` goes on after the comma, and a line goes on before and after these words.
[[nodiscard]] constexpr bool connects(Keyword keyword) {
  return keyword == Keyword::both || keyword == Keyword::either || keyword == Keyword::otherwise;
}

/// Where formatting writes a spelling other than the first: `d'accueil`, `toutes les semaines`.
enum class Form : std::uint8_t {
  accepted,          // read, never written (unless it is the first)
  before_vowel,      // the next name starts with a vowel
  before_masculine,  // the next word, a number left aside, is masculine
  before_feminine,
  after_one,     // the number 1 stands before it
  after_word,    // another keyword stands before it, no number
  before_range,  // "to" stands after the next word or time
};

/// A spelling in composed form; one space stands for any run of blanks, `'` for either apostrophe.
/// The first row of a keyword is the canonical one: messages show it, and formatting writes it
/// unless the place asks for the form of a later row. What a word agrees with is known from the
/// declaration it belongs to, so its first row agrees already.
struct Spelling {
  Keyword keyword;
  std::string_view text;
  Form form = Form::accepted;
};

/// A table is complete when each keyword has a row and the rows of one keyword stand together, in
/// the order of the enumeration.
[[nodiscard]] constexpr bool complete(std::span<const Spelling> table) {
  std::size_t next = 0;
  for (const Spelling& row : table) {
    const auto place = static_cast<std::size_t>(row.keyword);
    if (place == next) {
      ++next;
    } else if (place + 1 != next) {
      return false;
    }
  }
  return next == kKeywordCount;
}

/// All that is known of one language. Only `spellings` is never empty.
struct LanguageTable {
  std::string_view tag;           // BCP 47: "fr"
  std::string_view french_name;   // as a message in French says it: "anglais"
  std::string_view english_name;  // as a message in English says it: "English"
  model::Language messages{};     // the language in which its authors get their messages
  std::span<const Spelling> spellings;
  std::span<const Spelling> mistaken =
      {};                        // no words of the language; a message says the right one
  std::string_view vowels = {};  // small letters without accents before which words elide
  std::span<const std::string_view> unelided =
      {};  // how names start that take no elision all the same
  std::span<const Keyword> masculine = {};
  std::span<const Keyword> feminine = {};

  [[nodiscard]] constexpr std::string_view name_in(model::Language language) const {
    return language == model::Language::french ? french_name : english_name;
  }
};

[[nodiscard]] const LanguageTable& french();
[[nodiscard]] const LanguageTable& english();

}  // namespace protoflow::dsl
