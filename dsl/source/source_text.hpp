// The author's text with its lines: spans are byte offsets; lines and columns are worked out only
// when somebody asks. The text may be several files, one after the other: a byte then belongs to
// one of them, and lines count from that file's first. Does not own the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

class Lexicon;

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

/// A file of a text made of several: it begins at byte `begin`, and the byte before is an end of
/// line that stands in no file.
struct SourceFile {
  std::string path;  // from the folder of the protocol's own file
  std::uint32_t begin = 0;
  model::Language language = model::Language::french;  // of its messages
  const Lexicon* words = nullptr;                      // of its language
};

/// A view of a text of less than 4 GiB that must outlive it. The line table is built at the first
/// question about lines; not safe for two threads at once.
class SourceText {
 public:
  /// `files` in the order of the text, the first at byte 0; none: the text is one file.
  explicit SourceText(std::string_view text, std::vector<SourceFile> files = {})
      : text_(text), files_(std::move(files)) {}

  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] std::string_view text(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  /// The file that holds byte `at`; null when the text is one file.
  [[nodiscard]] const SourceFile* file_of(std::uint32_t at) const;

  /// Of all files together.
  [[nodiscard]] std::uint32_t line_count() const;

  /// The 1-based line of its file that holds byte `at`; the end of a file belongs to its last line.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t at) const;

  [[nodiscard]] Position position_of(std::uint32_t at) const;

  /// The bytes of the line that holds byte `at`, without its end-of-line characters.
  [[nodiscard]] Span line_around(std::uint32_t at) const;

 private:
  void build_lines() const;
  [[nodiscard]] std::size_t line_index(std::uint32_t at) const;

  std::string_view text_;
  std::vector<SourceFile> files_;
  mutable std::vector<std::uint32_t> line_starts_;

  struct Counted {
    std::uint32_t line = 0, byte = 0, column = 0;  // of the byte last asked for; column 0: none
  };

  mutable Counted counted_;
};

}  // namespace protoflow::dsl
