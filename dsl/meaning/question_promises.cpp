// A promise of two things speaks of two different things. Whether it holds is a question of proof.
#include <algorithm>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// The words of an atom without the blanks between them.
std::string words_of(const Asked& asked, NodeIndex atom) {
  std::string words;
  for (const NodeIndex leaf : asked.tree.children(atom)) {
    words += name_of(asked.tree, leaf, asked.source.text()) + " ";
  }
  return words;
}

void ask_line(const Asked& asked, NodeIndex clause) {
  std::unordered_map<std::string, NodeIndex> first;
  for (const NodeIndex child : asked.tree.children(clause)) {
    if (asked.tree[child].kind != NodeKind::atom) {
      continue;
    }
    const auto [other, fresh] = first.emplace(words_of(asked, child), child);
    if (!fresh) {
      tell_two(asked,
               Code::promise_of_itself,
               asked.tree[child].span(),
               asked.tree[other->second].span(),
               {std::string(asked.source.text(asked.tree[child].span()))});
    }
  }
}

}  // namespace

void ask_promises(const Asked& asked) {
  for (const Declared& one : asked.names.of(NameKind::promise)) {
    for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
      ask_line(asked, clause);
    }
  }
}

}  // namespace protoflow::dsl
