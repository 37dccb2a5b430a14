// What every part of lowering shares: the tree, the names, the protocol being made, and how one
// leaf reads as a name, a number, a date, a duration. Reports what cannot be read and goes on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/files/calendars.hpp"
#include "dsl/meaning/names.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/tree.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

struct Context {
  const Tree& tree;
  const SourceText& source;
  const Names& names;
  const Lexicon& words;
  model::Protocol& protocol;
  std::vector<Diagnostic>& diagnostics;
  Calendars& calendars;
  bool shared = false;              // a file for others to use: its roles are declared elsewhere
  std::size_t condition_nodes = 0;  // made so far, bounded

  [[nodiscard]] model::Language language() const { return protocol.language; }

  /// The language of the file in which the node stands.
  [[nodiscard]] model::Language language_at(NodeIndex node) const {
    const SourceFile* file = source.file_of(tree[node].begin);
    return file == nullptr ? language() : file->language;
  }

  /// The words of that language.
  [[nodiscard]] const Lexicon& words_at(NodeIndex node) const {
    const SourceFile* file = source.file_of(tree[node].begin);
    return file == nullptr ? words : *file->words;
  }

  [[nodiscard]] std::string_view text(NodeIndex node) const {
    return source.text(tree[node].span());
  }

  [[nodiscard]] std::uint32_t line(NodeIndex node) const {
    return source.line_of(tree[node].begin);
  }
};

/// The children of a line one after the other; commas are passed over.
class Cursor {
 public:
  Cursor(const Tree& tree, NodeIndex parent);

  /// The next child if it is of that kind, else kNoNode and nothing is taken.
  [[nodiscard]] NodeIndex take(NodeKind kind);
  bool take_word(Keyword keyword);

  /// All children of that kind that follow.
  [[nodiscard]] std::vector<NodeIndex> take_all(NodeKind kind);

  /// The next child, whatever it is; kNoNode at the end.
  [[nodiscard]] NodeIndex next() const;
  void skip();

 private:
  void skip_punctuation();

  const Tree& tree_;
  NodeIndex at_, end_;
};

void report(Context& context, Code code, NodeIndex at, std::vector<std::string> parameters);

/// As above, with the second place of the message.
void report_with(Context& context, Diagnostic diagnostic);

/// What a name means where a name of `kind` must stand; reports and gives no id when it means
/// nothing here.
[[nodiscard]] std::optional<std::uint16_t> resolve(Context& context, NameKind kind, NodeIndex leaf);

/// Reports a name that is none of `kinds`, the kinds that may stand there.
void report_unknown_name(Context& context, const std::vector<NameKind>& kinds, NodeIndex leaf);

/// Typed forms of `resolve`; the id is unknown when the name is missing or means nothing here.
template <class IdType>
[[nodiscard]] IdType resolve_as(Context& context, NameKind kind, NodeIndex leaf) {
  if (leaf == kNoNode) {
    return {};
  }
  const auto found = resolve(context, kind, leaf);
  return found ? IdType{*found} : IdType{};
}

template <class IdType>
void resolve_all(Context& context,
                 NameKind kind,
                 const std::vector<NodeIndex>& leaves,
                 std::vector<IdType>& out) {
  for (const NodeIndex leaf : leaves) {
    if (const IdType found = resolve_as<IdType>(context, kind, leaf); found.known()) {
      out.push_back(found);
    }
  }
}

struct Range {
  std::int64_t from = 0, to = 0;
};

/// A whole number in the range; reports anything else. Missing leaf: no value, no message.
[[nodiscard]] std::optional<std::int64_t> whole_number(Context& context,
                                                       NodeIndex leaf,
                                                       Range range);
[[nodiscard]] std::optional<std::chrono::sys_days> day_of(Context& context, NodeIndex leaf);
[[nodiscard]] std::optional<model::Duration> duration_of(Context& context, NodeIndex node);

/// The words of a text leaf; empty when the leaf is missing.
[[nodiscard]] std::string text_of(const Context& context, NodeIndex leaf);

}  // namespace protoflow::dsl
