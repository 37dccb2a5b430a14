#include "dsl/meaning/questions.hpp"

#include <algorithm>

namespace protoflow::dsl {

namespace {

constexpr std::size_t kChainEnds = 6;  // names told at each end of a long chain

Unread unread_of(const Tree& tree) {
  Unread unread;
  unread.anything = std::ranges::any_of(
      tree.nodes, [](const Node& node) { return node.kind == NodeKind::error; });
  for (const NodeIndex at : tree.children(0)) {
    if (unread.anything && tree.broken(at)) {
      unread.declarations.insert(at);
    }
  }
  return unread;
}

void ask_for_errors(const Asked& asked) {
  ask_doubled_names(asked);
  ask_doubled_clauses(asked);
  ask_former_names(asked);
  ask_languages(asked);
  ask_whole(asked);
  ask_responsible(asked);
  ask_roles(asked);
  ask_role_circles(asked);
  ask_circles(asked);
  ask_recorded(asked);
  ask_possible(asked);
  ask_outcomes(asked);
  ask_repeats(asked);
  ask_reviews(asked);
  ask_deadlines(asked);
  ask_consents(asked);
  ask_sessions(asked);
  ask_promises(asked);
  ask_examples(asked);
}

// After the errors, so that a warning that may come from one can be left out.
void ask_for_warnings(const Asked& asked) {
  ask_partnership(asked);
  ask_races(asked);
  ask_room(asked);
  ask_longest(asked);
  ask_stand_in(asked);
  ask_voice(asked);
  ask_alike(asked);
  ask_stories(asked);
  ask_unused_data(asked);
}

}  // namespace

void ask_all(Asked asked) {
  asked.unread = unread_of(asked.tree);
  asked.order = Order(asked.protocol);
  ask_for_errors(asked);
  ask_for_warnings(asked);
}

const Declared& declared(const Asked& asked, NameKind kind, std::size_t id) {
  return asked.names.of(kind)[id];
}

NodeIndex clause_of(const Asked& asked, NodeIndex declaration, Keyword word) {
  return asked.tree.child(declaration, NodeKind::clause, word);
}

Span place_of_name(const Asked& asked, NodeIndex clause, std::string_view name) {
  const auto [line, fresh] = asked.lines.try_emplace(clause);
  for (NodeIndex at = clause; fresh && at < clause + asked.tree[clause].size; ++at) {
    if (asked.tree[at].kind == NodeKind::name) {
      line->second.emplace(name_of(asked.tree, at, asked.source.text()), asked.tree[at].span());
    }
  }
  const auto found = line->second.find(std::string(name));
  return found == line->second.end() ? asked.tree[clause + 1].span() : found->second;
}

bool unreadable(const Asked& asked, const Declared& declaration) {
  return declaration.node == kNoNode || asked.unread.declarations.contains(declaration.node);
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

bool doubted_by(const Asked& asked, std::string_view families) {
  return std::any_of(
      asked.diagnostics.begin(), asked.diagnostics.end(), [&](const Diagnostic& told) {
        return is_error(told) && families.find(entry(told.code).code[2]) != families.npos;
      });
}

std::string chain_of(const std::vector<std::string>& names) {
  std::string chain;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool middle = i >= kChainEnds && i + kChainEnds < names.size();
    if (middle && i > kChainEnds) {
      continue;
    }
    chain += (i == 0 ? "" : " → ") + (middle ? "…" : names[i]);
  }
  return chain;
}

bool full(const Asked& asked) {
  return asked.diagnostics.size() >= kDiagnosticsMax;
}

void tell(const Asked& asked, Code code, Span span, std::vector<std::string> parameters) {
  add(asked.diagnostics,
      {.code = code,
       .span = span,
       .second = {},
       .parameters = std::move(parameters),
       .suggestion = {}});
}

void tell_two(
    const Asked& asked, Code code, Span span, Span second, std::vector<std::string> parameters) {
  add(asked.diagnostics,
      {.code = code,
       .span = span,
       .second = second,
       .parameters = std::move(parameters),
       .suggestion = {}});
}

}  // namespace protoflow::dsl
