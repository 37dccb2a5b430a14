// How each leaf of a line is written: its words in the spelling that the place asks for, by the
// table of the language alone. Knows nothing of layout.
#pragma once

#include <string>
#include <string_view>

#include "dsl/format/lines.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// A text without errors, the language it is in and the one it is written in.
struct Manuscript {
  const Tree& tree;
  std::string_view text;
  const Lexicon& from;
  const Lexicon& to;

  [[nodiscard]] std::string_view leaf(NodeIndex at) const {
    return text.substr(tree[at].begin, tree[at].end - tree[at].begin);
  }
};

/// True for a name that stands for the beneficiary, who has another name in each language.
[[nodiscard]] bool is_beneficiary(const Manuscript& manuscript, NodeIndex name);

[[nodiscard]] std::string spelled_name(const Manuscript& manuscript, NodeIndex name);

/// The `place`th piece of `line`; a quoted text is given without its marks.
[[nodiscard]] std::string spelled(const Manuscript& manuscript,
                                  const Line& line,
                                  std::size_t place);

}  // namespace protoflow::dsl
