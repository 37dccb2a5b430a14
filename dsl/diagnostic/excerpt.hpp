// The author's line with what is meant underlined, as a terminal shows it. Knows nothing of
// messages.
//
// Columns are those of a terminal that shows each code point by itself: two for wide letters and
// emoji, none for combining marks. What would move the cursor or turn the order of letters round
// (controls, U+202E and its kin) is shown as a sign of its own, never sent. Right-to-left letters
// are enclosed, so that the rest of the line keeps its order; some terminals then show them from
// right to left and others do not, so the underline names the words as well.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dsl/source/source_text.hpp"

namespace protoflow::dsl {

inline constexpr std::size_t kExcerptColumns = 100;  // of a line shown; the rest is `…`

struct Mark {
  Span span;
  char sign = '^';
  std::string label;        // after the underline; may be empty
  std::string_view colour;  // an escape, or nothing
};

/// The first words of an underline that names right-to-left words, and the last.
struct Quotes {
  std::string_view open, close;
};

/// The line of the first mark, under it the marks of all, which lie on that line; a mark that goes
/// on to other lines shows its last line too.
[[nodiscard]] std::string excerpt(const SourceText& source,
                                  std::span<const Mark> marks,
                                  const Quotes& quotes);

/// True when both can stand under one line.
[[nodiscard]] bool on_one_line(const SourceText& source, Span left, Span right);

/// `text` with its controls made visible, for a terminal.
[[nodiscard]] std::string harmless(std::string_view text);

}  // namespace protoflow::dsl
