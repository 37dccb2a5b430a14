#include "dsl/meaning/questions.hpp"

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
  ask_partnership(asked);  // last: only a protocol without errors is asked
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
