// A language made ready for reading: finds its words in a text (the longest spelling wins, any run
// of blanks matches a blank, either apostrophe the other, accents may be missing) and says how each
// is written. Knows no grammar.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/syntax/keyword.hpp"

namespace protoflow::dsl {

/// The longest word at a place, and every keyword that is spelled like it.
struct WordMatch {
  std::uint32_t end = 0;  // byte after the word; 0 when no word stands there
  std::uint8_t count = 0;
  std::array<Keyword, 4> keywords{};

  [[nodiscard]] bool found() const { return count > 0; }

  [[nodiscard]] bool has(Keyword keyword) const {
    for (std::uint8_t i = 0; i < count; ++i) {
      if (keywords[i] == keyword) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool has(Part part) const {
    for (std::uint8_t i = 0; i < count; ++i) {
      if (part_of(keywords[i]) == part) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool starts_line() const { return has(Part::declaration) || has(Part::clause); }
};

/// Built once from the table of a language, whose texts must outlive it; safe for many threads.
class Lexicon {
 public:
  explicit Lexicon(const LanguageTable& table);

  [[nodiscard]] WordMatch longest(std::string_view text, std::size_t at) const;

  [[nodiscard]] const LanguageTable& table() const { return table_; }

  /// Every row of `keyword`, the canonical one first; `none` has no row.
  [[nodiscard]] std::span<const Spelling> rows(Keyword keyword) const;

  /// What messages show for `keyword`; empty for `none`.
  [[nodiscard]] std::string_view canonical(Keyword keyword) const {
    return keyword == Keyword::none ? std::string_view() : rows(keyword).front().text;
  }

 private:
  // A place reached by reading letters one by one, and the words that end there.
  struct Place {
    std::uint32_t first_edge = 0;
    std::uint16_t edges = 0;
    std::uint8_t count = 0;
    bool elided = false;  // the last letter is an apostrophe: a name may follow at once
    std::array<Keyword, 4> keywords{};
  };

  struct Edge {
    char32_t letter;
    std::uint32_t place;
  };

  struct Builder;

  [[nodiscard]] const Place* next(const Place& from, char32_t letter) const;

  LanguageTable table_;
  std::array<std::uint16_t, kKeywordCount + 1> first_rows_{};
  std::vector<Place> places_;                     // the first is where every word begins
  std::vector<Edge> edges_;                       // of one place after the other
  std::array<std::uint32_t, 128> after_first_{};  // by an ASCII first letter; 0: no word
};

/// The languages that are shipped, in the order in which a text of no certain language is read.
[[nodiscard]] std::span<const Lexicon> languages();

/// The same, `first` before the others: a text of which nothing tells the language is then of that
/// one.
[[nodiscard]] std::span<const Lexicon> languages_from(model::Language first);

/// The language of that tag among `known`, if any.
[[nodiscard]] const Lexicon* language_tagged(std::string_view tag, std::span<const Lexicon> known);

/// The shipped language in which messages of `language` are written.
[[nodiscard]] const Lexicon& lexicon(model::Language language);

}  // namespace protoflow::dsl
