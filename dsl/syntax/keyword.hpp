// The words of the language as an enumeration, and one table of spellings per language. The
// grammar, the messages and the tests read these tables; a third language is one more table.
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
  later_declaration,
  clause,
  later_clause,
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

/// A spelling in composed form; one space stands for any run of blanks, `'` for either apostrophe.
/// The first row of a keyword is the canonical one, which formatting writes; the others are
/// accepted.
struct Spelling {
  Keyword keyword;
  std::string_view text;
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

[[nodiscard]] std::span<const Spelling> french_spellings();
[[nodiscard]] std::span<const Spelling> english_spellings();
[[nodiscard]] std::span<const Spelling> spellings(model::Language language);

/// What formatting and messages write for `keyword`.
[[nodiscard]] std::string_view canonical_spelling(model::Language language, Keyword keyword);

}  // namespace protoflow::dsl
