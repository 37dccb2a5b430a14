// The lossless tree of a file: a flat array in preorder over byte offsets. Leaves are the author's
// words; what stands between two leaves is blanks and comments, so the text can be rebuilt byte for
// byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source/source_text.hpp"
#include "dsl/syntax/keyword.hpp"

namespace protoflow::dsl {

enum class NodeKind : std::uint16_t {
  file,
  declaration,  // word: which; its header's leaves, then its clauses
  clause,       // word: which, by its first keyword
  duration,
  condition,  // one operand, or several joined by the same connective
  selection,  // `all of`, `any of`, `2 of`
  negation,
  group,  // brackets
  atom,
  closed_day,
  recorded,     // NAME VALUE in an example
  expectation,  // one half of `expect A and B`
  // Leaves.
  keyword,  // word: which
  name,
  text,
  number,
  date,
  clock,
  zone,
  tag,  // of a language, for instance `ar`
  compare,
  punctuation,
  error,  // a broken line's words that nothing else took; word: see kLostDeclaration
};

/// Of an error leaf that was to be a declaration of its own, and so is no part of the one it
/// stands in.
inline constexpr Keyword kLostDeclaration = Keyword::protocol;

[[nodiscard]] constexpr bool is_leaf(NodeKind kind) {
  return kind >= NodeKind::keyword;
}

struct Node {
  NodeKind kind = NodeKind::file;
  Keyword word = Keyword::none;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size = 1;  // nodes of the subtree, itself included

  [[nodiscard]] Span span() const { return {begin, end}; }
};

static_assert(sizeof(Node) == 16);

/// The place of a node in the array.
using NodeIndex = std::uint32_t;

inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

/// The children of a node, one after the other; looks at the tree it was asked of.
class Children : public std::ranges::view_interface<Children> {
 public:
  class Iterator {
   public:
    using value_type = NodeIndex;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;

    Iterator(const Node* nodes, NodeIndex at) : nodes_(nodes), at_(at) {}

    NodeIndex operator*() const { return at_; }

    Iterator& operator++() {
      at_ += nodes_[at_].size;
      return *this;
    }

    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }

    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Node* nodes_ = nullptr;
    NodeIndex at_ = 0;
  };

  Children(const Node* nodes, NodeIndex parent)
      : nodes_(nodes), begin_(parent + 1), end_(parent + nodes[parent].size) {}

  [[nodiscard]] Iterator begin() const { return {nodes_, begin_}; }

  [[nodiscard]] Iterator end() const { return {nodes_, end_}; }

 private:
  const Node* nodes_;
  NodeIndex begin_, end_;
};

struct Tree {
  std::vector<Node> nodes;

  const Node& operator[](NodeIndex at) const { return nodes[at]; }

  /// The children of `parent`, in order.
  [[nodiscard]] Children children(NodeIndex parent) const { return {nodes.data(), parent}; }

  /// The first child of that kind (and word, unless `none`), or kNoNode.
  [[nodiscard]] NodeIndex child(NodeIndex parent,
                                NodeKind kind,
                                Keyword word = Keyword::none) const;

  /// True when something below `parent` could not be read.
  [[nodiscard]] bool broken(NodeIndex parent) const;

  /// Whether the word stands anywhere in the text.
  [[nodiscard]] bool says(Keyword word) const;
};

/// Leaves and the gaps between them, put together again: always the text that was parsed.
[[nodiscard]] std::string rebuild(const Tree& tree, std::string_view text);

}  // namespace protoflow::dsl
