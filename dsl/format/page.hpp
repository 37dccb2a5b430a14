// Puts the pieces of lines on a page of limited width: where a line goes on, which marks a text
// stands in. Knows nothing of the tree.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// One word, name, sign or quoted text of a line.
struct Written {
  std::string words;                  // a text without its marks
  std::string_view opening, closing;  // of a text
  bool is_text = false;
  bool glued = false;       // no blank before it
  bool may_start = false;   // the line may go on with it
  bool must_start = false;  // a comment stands before it
  std::string_view remark;  // a comment after it
  std::span<const std::string_view> own_remarks;
};

class Page {
 public:
  /// No text goes on with a word that starts lines in one of the `known` languages: it would look
  /// like a line of its own.
  explicit Page(std::span<const Lexicon> known) : known_(known) {}

  void add_empty_line() { text_ += '\n'; }

  void add_comment(std::string_view comment, unsigned indent);
  void add_line(std::span<const Written> line, unsigned indent);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void add_run(std::span<const Written> run);
  void put(std::string_view words, bool glued);
  void go_on();
  [[nodiscard]] std::vector<std::string> chunks(std::span<const Written> run) const;
  void split(const Written& quoted, std::vector<std::string>& chunks) const;
  [[nodiscard]] bool may_break(std::string_view words, std::size_t blank) const;

  std::span<const Lexicon> known_;
  std::string text_;
  unsigned column_ = 0;
  bool fresh_ = true;  // nothing but the indent stands on this line
};

}  // namespace protoflow::dsl
