// A former name is that of nothing that still stands, and of one thing only: the cases of an
// earlier version must find what they know.
#include <map>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

using Spans = std::map<std::string, Span>;

// Of the leaves, each names something of `standing` that is to be told, or something new.
void ask_names(const Asked& asked,
               const std::vector<NodeIndex>& leaves,
               const Spans& standing,
               Spans& taken) {
  for (const NodeIndex leaf : leaves) {
    const std::string name = name_of(asked.tree, leaf, asked.source.text());
    const Span span = asked.tree[leaf].span();
    if (const auto stands = standing.find(name); stands != standing.end()) {
      tell_two(asked, Code::former_name_stands, span, stands->second, {name});
    } else if (const auto [first, fresh] = taken.emplace(name, span); !fresh) {
      tell_two(asked, Code::doubled_name, span, first->second, {name});
    }
  }
}

void ask_outcomes_of(const Asked& asked, NodeIndex step) {
  Spans standing, taken;
  for (const NodeIndex clause : clauses_in(asked.tree, step)) {
    const NodeIndex leaf = asked.tree.child(clause, NodeKind::name);
    if (asked.tree[clause].word == Keyword::outcome && leaf != kNoNode) {
      standing.emplace(name_of(asked.tree, leaf, asked.source.text()), asked.tree[leaf].span());
    }
  }
  for (const NodeIndex clause : clauses_in(asked.tree, step)) {
    if (asked.tree[clause].word == Keyword::outcome) {
      ask_names(asked, former_names_on(asked.tree, clause), standing, taken);
    }
  }
}

}  // namespace

void ask_former_names(const Asked& asked) {
  if (!asked.tree.says(Keyword::was)) {
    return;
  }
  for (std::size_t i = 0; i < kNameKinds; ++i) {
    const auto& table = asked.names.of(static_cast<NameKind>(i));
    Spans standing, taken;
    for (const Declared& one : table) {
      if (one.node != kNoNode) {
        standing.emplace(one.name, one.span);
      }
    }
    for (const Declared& one : table) {
      if (one.node == kNoNode) {
        continue;
      }
      for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
        if (asked.tree[clause].word == Keyword::was) {
          ask_names(asked, former_names_on(asked.tree, clause), standing, taken);
        }
      }
      if (static_cast<NameKind>(i) == NameKind::step) {
        ask_outcomes_of(asked, one.node);
      }
    }
  }
}

}  // namespace protoflow::dsl
