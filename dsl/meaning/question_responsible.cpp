// One responsible role for every step and routine, a coordinator, a step, an ending.
#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

NodeIndex second_name(const Tree& tree, NodeIndex clause) {
  NodeIndex last = kNoNode;
  std::size_t count = 0;
  for (const NodeIndex child : tree.children(clause)) {
    if (tree[child].kind == NodeKind::name) {
      last = ++count <= 2 ? child : last;
    }
  }
  return count > 1 ? last : kNoNode;
}

void ask_one(const Asked& asked, const Declared& one) {
  NodeIndex first = kNoNode;
  for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
    if (asked.tree[clause].word != Keyword::responsible) {
      continue;
    }
    if (first != kNoNode) {
      tell_two(asked,
               Code::two_responsibles,
               asked.tree[clause].span(),
               asked.tree[first].span(),
               {one.name});
      return;
    }
    first = clause;
    const NodeIndex second = second_name(asked.tree, clause);
    if (second != kNoNode) {
      const Span one_name = asked.tree[asked.tree.child(clause, NodeKind::name)].span();
      tell_two(asked, Code::two_responsibles, asked.tree[second].span(), one_name, {one.name});
    }
  }
  if (first == kNoNode && !unreadable(asked, one)) {
    const std::string word(asked.words.canonical(Keyword::responsible));
    tell(asked, Code::no_responsible, one.span, {one.name, word});
  }
}

}  // namespace

void ask_responsible(const Asked& asked) {
  for (const NameKind kind : {NameKind::step, NameKind::routine}) {
    for (const Declared& one : asked.names.of(kind)) {
      ask_one(asked, one);
    }
  }
}

void ask_whole(const Asked& asked) {
  if (asked.names.protocols().empty()) {
    return;
  }
  const NodeIndex protocol = asked.names.protocols().front();
  const Span place = asked.tree[protocol + 1].span();
  const bool coordinated = clause_of(asked, protocol, Keyword::coordinated_by) != kNoNode;
  if (!coordinated && !asked.tree.broken(protocol)) {
    tell(asked, Code::no_coordinator, place, {});
  }
  if (lacks_a_declaration(asked)) {
    return;
  }
  if (asked.protocol.steps.empty()) {
    tell(asked, Code::no_step, place, {});
  }
  if (asked.protocol.endings.empty()) {
    tell(asked, Code::no_ending, place, {});
  }
}

}  // namespace protoflow::dsl
