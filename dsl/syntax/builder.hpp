// What the grammar writes to: the growing tree, the messages, and the tokens of the language.
// Everything can be taken back to a mark, so an alternative that fails leaves neither nodes nor
// messages. Knows no rule.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/source/source_text.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/tree.hpp"

namespace protoflow::dsl {

/// What a line lacks, for a message.
enum class Expected : std::uint8_t {
#define PF_EXPECTED(name, french, english) name,
#include "dsl/syntax/expected.def"
#undef PF_EXPECTED
};

[[nodiscard]] std::string_view phrase(Expected expected, model::Language language);

inline constexpr std::uint32_t kNesting = 64;           // brackets and negations inside one another
inline constexpr std::uint32_t kNotThere = 0xFFFFFFFF;  // no token at that place

class Builder {
 public:
  /// `known` are the languages whose words get a message of their own in a text of `own`.
  Builder(std::string_view text, const Lexicon& own, std::span<const Lexicon> known);

  struct Mark {
    std::size_t nodes, diagnostics;
    std::uint32_t last_begin, last_end;
    bool last_connects, broken;
  };

  [[nodiscard]] Mark mark() const;
  void rewind(const Mark& mark);

  NodeIndex open(NodeKind kind, Keyword word);
  void close(NodeIndex node);

  /// Whether that word stands after the blanks at `at`, where it would have been understood.
  [[nodiscard]] bool is_at_word(Keyword keyword, std::uint32_t at);

  /// Each reads one token after the blanks at `at`, adds its leaf, and returns the byte after it or
  /// kNotThere.
  [[nodiscard]] std::uint32_t take_word(Keyword keyword, std::uint32_t at);
  [[nodiscard]] std::uint32_t take(NodeKind kind, std::uint32_t at);
  [[nodiscard]] std::uint32_t take_mark(char mark, std::uint32_t at);

  /// The byte after a line of blanks and comments only.
  [[nodiscard]] std::uint32_t take_blank_line(std::uint32_t at);

  /// The byte after the end of the line; what is too much on it becomes an error leaf with a
  /// message.
  [[nodiscard]] std::uint32_t end_line(std::uint32_t at);

  /// The byte after a line that starts with no clause of `declaration` (none: outside any), with
  /// its message.
  [[nodiscard]] std::uint32_t take_stray_line(Keyword declaration, std::uint32_t at);

  [[nodiscard]] bool at_declaration(std::uint32_t at);

  void report_expected(Expected expected, std::uint32_t at);
  void report_mixed_connectives(std::uint32_t at);
  void report_too_deep(std::uint32_t at);

  [[nodiscard]] bool broken() const { return broken_; }

  [[nodiscard]] std::uint32_t depth() const { return depth_; }

  void set_depth(std::uint32_t depth) { depth_ = depth; }

  [[nodiscard]] Tree take_tree() { return {std::move(nodes_)}; }

  [[nodiscard]] std::vector<Diagnostic> take_diagnostics() { return std::move(diagnostics_); }

 private:
  struct ReadWord {
    std::uint32_t from = kNotThere;
    WordMatch word;
  };

  /// The longest word that another language has at a place.
  struct ForeignWord {
    WordMatch word;
    const Lexicon* language = nullptr;
  };

  /// What was meant by a slip, in the place of what was written; no text when it is none.
  struct Rewriting {
    Span span;
    std::string text;
  };

  [[nodiscard]] Rewriting slip_at(std::uint32_t at);
  [[nodiscard]] Rewriting without_sign(std::uint32_t at);
  [[nodiscard]] Rewriting as_deputy(std::uint32_t at);
  [[nodiscard]] Rewriting name_or_title(std::uint32_t at);

  [[nodiscard]] std::uint32_t skip_gap(std::uint32_t at);
  [[nodiscard]] std::uint32_t find_gap_end(std::uint32_t at);
  [[nodiscard]] bool next_line_connects(std::uint32_t line_end);
  [[nodiscard]] std::uint32_t skip_lines_to_token(std::uint32_t at) const;
  [[nodiscard]] const WordMatch& word_at(std::uint32_t at);
  [[nodiscard]] bool at_end_of_line(std::uint32_t at) const;

  void push_leaf(NodeKind kind, Keyword word, Span span);
  [[nodiscard]] std::uint32_t scan(NodeKind kind, std::uint32_t at);
  [[nodiscard]] std::uint32_t scan_name(std::uint32_t at);
  [[nodiscard]] std::uint32_t scan_text(std::uint32_t at);

  [[nodiscard]] std::uint32_t skip_broken_line(std::uint32_t at);
  [[nodiscard]] std::uint32_t skip_declaration(std::uint32_t at);

  void report(Diagnostic diagnostic);
  [[nodiscard]] ForeignWord foreign_word(std::uint32_t at) const;
  [[nodiscard]] bool report_foreign(std::uint32_t at);
  [[nodiscard]] bool report_longer_unit();
  [[nodiscard]] bool looks_like_a_heading(std::uint32_t at);
  [[nodiscard]] bool report_misplaced(Keyword declaration, std::uint32_t at);
  void report_unknown(Keyword declaration, std::uint32_t at);
  [[nodiscard]] Span word_span(std::uint32_t at) const;
  [[nodiscard]] std::string_view text_of(Span span) const;
  [[nodiscard]] std::string tried_word_near(std::string_view written) const;

  std::string_view text_;
  const Lexicon& own_;
  std::span<const Lexicon> known_;
  std::vector<Node> nodes_;
  std::vector<Diagnostic> diagnostics_;
  std::uint32_t last_begin_ = 0, last_end_ = 0;  // the last token
  bool last_connects_ = false;                   // it was `,` or a connective: the line goes on
  bool broken_ = false;                          // this line has had its message
  bool swallowing_ = false;                      // inside a declaration that could not be read
  std::uint32_t depth_ = 0;
  std::uint32_t gap_from_ = kNotThere, gap_end_ = 0;
  std::array<ReadWord, 64> words_;  // those of the last places, for alternatives read again
  std::uint32_t tried_at_ = 0;
  std::bitset<kKeywordCount> tried_;  // the words that would have been understood at tried_at_
};

}  // namespace protoflow::dsl
