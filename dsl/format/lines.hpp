// The tree as the lines of a page: headings, the lines under them, and the comments between. What
// the author's own layout leaves behind is only where comments stand and which lines are set apart.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/syntax/tree.hpp"

namespace protoflow::dsl {

/// A leaf, and the comments that stand between it and the next one.
struct Piece {
  NodeIndex leaf = kNoNode;
  std::string_view remark;                    // on the same line; empty: none
  std::vector<std::string_view> own_remarks;  // on lines of their own, within one line of the text
};

enum class LineKind : std::uint8_t { comment, heading, clause };

struct Line {
  LineKind kind = LineKind::comment;
  Keyword word = Keyword::none;  // of a heading
  bool set_apart = false;        // after an empty line
  bool indented = false;
  std::string_view comment;   // of a comment; trimmed
  std::vector<Piece> pieces;  // of the others
};

/// A tree without errors, in the order of the text.
[[nodiscard]] std::vector<Line> lines_of(const Tree& tree, std::string_view text);

/// True when an empty line stands before `line`, which follows `previous`; `next` may be null.
[[nodiscard]] bool is_set_apart(const Line& previous, const Line& line, const Line* next);

}  // namespace protoflow::dsl
