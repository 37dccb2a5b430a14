// The author's text with its lines: spans are byte offsets; lines and columns are worked out only
// when somebody asks. Does not own the text and knows nothing of the language written in it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace protoflow::dsl {

/// Bytes [begin, end) of a text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// 1-based line; 1-based column in UTF-16 code units (what editors count).
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

/// A view of a text of less than 4 GiB that must outlive it. The line table is built at the first
/// question about lines; not safe for two threads at once.
class SourceText {
 public:
  explicit SourceText(std::string_view text) : text_(text) {}

  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] std::string_view text(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  [[nodiscard]] std::uint32_t line_count() const;

  /// The 1-based line that holds byte `at`; the end of the text belongs to the last line.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t at) const;

  [[nodiscard]] Position position_of(std::uint32_t at) const;

  /// The bytes of a 1-based line, without its end-of-line characters.
  [[nodiscard]] Span line_span(std::uint32_t line) const;

 private:
  void build_lines() const;

  std::string_view text_;
  mutable std::vector<std::uint32_t> line_starts_;
};

}  // namespace protoflow::dsl
