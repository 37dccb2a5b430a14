#include "dsl/syntax/tree.hpp"

#include <algorithm>

namespace protoflow::dsl {

NodeIndex Tree::child(NodeIndex parent, NodeKind kind, Keyword word) const {
  const NodeIndex end = parent + nodes[parent].size;
  for (NodeIndex at = parent + 1; at < end; at += nodes[at].size) {
    if (nodes[at].kind == kind && (word == Keyword::none || nodes[at].word == word)) {
      return at;
    }
  }
  return kNoNode;
}

bool Tree::says(Keyword word) const {
  return std::ranges::find(nodes, word, &Node::word) != nodes.end();
}

bool Tree::broken(NodeIndex parent) const {
  for (NodeIndex at = parent; at < parent + nodes[parent].size; ++at) {
    if (nodes[at].kind == NodeKind::error && nodes[at].word != kLostDeclaration) {
      return true;
    }
  }
  return false;
}

std::string rebuild(const Tree& tree, std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::uint32_t at = 0;
  for (const Node& node : tree.nodes) {
    if (is_leaf(node.kind)) {
      result.append(text.substr(at, node.begin - at));
      result.append(text.substr(node.begin, node.end - node.begin));
      at = node.end;
    }
  }
  result.append(text.substr(at));
  return result;
}

}  // namespace protoflow::dsl
