#include "dsl/meaning/questions.hpp"

#include <algorithm>

namespace protoflow::dsl {

void ask_all(const Asked& asked) {
  ask_doubled_names(asked);
  ask_doubled_clauses(asked);
  ask_whole(asked);
  ask_responsible(asked);
  ask_roles(asked);
  ask_circles(asked);
  ask_recorded(asked);
  ask_reviews(asked);
  ask_deadlines(asked);
  ask_consents(asked);
  ask_examples(asked);
  ask_partnership(asked);
}

const Declared& declared(const Asked& asked, NameKind kind, std::size_t id) {
  return asked.names.of(kind)[id];
}

NodeIndex clause_of(const Asked& asked, NodeIndex declaration, Keyword word) {
  return asked.tree.child(declaration, NodeKind::clause, word);
}

Span place_of_name(const Asked& asked, NodeIndex clause, std::string_view name) {
  for (NodeIndex at = clause; at < clause + asked.tree[clause].size; ++at) {
    if (asked.tree[at].kind == NodeKind::name &&
        name_of(asked.tree, at, asked.source.text()) == name) {
      return asked.tree[at].span();
    }
  }
  return asked.tree[clause + 1].span();
}

bool unreadable(const Asked& asked, const Declared& declaration) {
  return declaration.node == kNoNode || asked.tree.broken(declaration.node);
}

bool may_be_named(const Asked& asked, const Declared& declaration) {
  return asked.names.doubtful(declaration.name) ||
         std::ranges::any_of(asked.diagnostics, [&](const Diagnostic& told) {
           return (told.code == Code::unknown_name && told.second == declaration.span) ||
                  (is_error(told) && told.span == declaration.span);
         });
}

bool lacks_a_declaration(const Asked& asked) {
  return std::ranges::any_of(asked.tree.nodes, [](const Node& node) {
    return node.kind == NodeKind::error && node.word == kLostDeclaration;
  });
}

void tell(const Asked& asked, Code code, Span span, std::vector<std::string> parameters) {
  asked.diagnostics.push_back({.code = code,
                               .span = span,
                               .second = {},
                               .parameters = std::move(parameters),
                               .suggestion = {}});
}

void tell_two(
    const Asked& asked, Code code, Span span, Span second, std::vector<std::string> parameters) {
  asked.diagnostics.push_back({.code = code,
                               .span = span,
                               .second = second,
                               .parameters = std::move(parameters),
                               .suggestion = {}});
}

}  // namespace protoflow::dsl
