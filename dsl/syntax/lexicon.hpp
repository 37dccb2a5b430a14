// Finds the words of one language in a text: the longest spelling wins, any run of blanks matches a
// blank, either apostrophe the other, and accents may be missing. Knows no grammar.
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
};

/// Built once from a table of spellings; safe for many threads.
class Lexicon {
 public:
  explicit Lexicon(std::span<const Spelling> table);

  [[nodiscard]] WordMatch longest(std::string_view text, std::size_t at) const;

 private:
  struct Entry {
    std::u32string letters;
    std::u32string plain;  // the letters that may stand instead: without accents
    Keyword keyword;
  };

  std::array<std::vector<Entry>, 26> by_first_letter_;
};

[[nodiscard]] const Lexicon& lexicon(model::Language language);

}  // namespace protoflow::dsl
