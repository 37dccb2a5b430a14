// Text -> tree and messages. Never throws, never stops at the first mistake; says nothing about
// names.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/tree.hpp"

namespace protoflow::dsl {

inline constexpr std::size_t kTextMax = std::size_t{4} << 20;  // bytes of one file

struct Parsed {
  Tree tree;  // nodes[0] is the file; empty when the text was refused whole
  std::vector<Diagnostic> diagnostics;
  const Lexicon* words = nullptr;  // of the text's language; one of those that were known
  bool shared = false;  // a file for others to use: no `protocol`, and only what may be shared

  [[nodiscard]] model::Language language() const { return words->table().messages; }
};

/// `known` must outlive what is returned.
[[nodiscard]] Parsed parse(std::string_view text, std::span<const Lexicon> known = languages());

/// The language of a text: by its first word; else by the first declaration's word that only one
/// language has; else by the words that start most of its lines.
[[nodiscard]] const Lexicon& language_of(std::string_view text,
                                         std::span<const Lexicon> known = languages());

}  // namespace protoflow::dsl
