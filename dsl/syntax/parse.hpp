// Text -> tree and messages. Never throws, never stops at the first mistake; says nothing about
// names.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/syntax/tree.hpp"

namespace protoflow::dsl {

inline constexpr std::size_t kTextMax = std::size_t{4} << 20;  // bytes of one file

struct Parsed {
  Tree tree;  // nodes[0] is the file; empty when the text was refused whole
  std::vector<Diagnostic> diagnostics;
  model::Language language = model::Language::french;
};

[[nodiscard]] Parsed parse(std::string_view text);

/// The language of a text: by its first word, or else by the words that start most of its lines.
[[nodiscard]] model::Language language_of(std::string_view text);

}  // namespace protoflow::dsl
