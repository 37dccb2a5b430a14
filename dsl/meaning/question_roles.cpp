// Every role is held by somebody who can do it.
#include <algorithm>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

constexpr Keyword kBindings[] = {Keyword::held_by, Keyword::chosen_by, Keyword::volunteer_of};

// The role's line that says who holds it, or kNoNode; a second one is reported.
NodeIndex binding_of(const Asked& asked, const Declared& role) {
  NodeIndex first = kNoNode;
  for (const NodeIndex clause : clauses_in(asked.tree, role.node)) {
    const bool binds =
        std::find(std::begin(kBindings), std::end(kBindings), asked.tree[clause].word) !=
        std::end(kBindings);
    if (binds && first != kNoNode) {
      tell_two(asked,
               Code::two_bindings,
               asked.tree[clause].span(),
               asked.tree[first].span(),
               {role.name});
    }
    first = binds && first == kNoNode ? clause : first;
  }
  return first;
}

// Rows are partners, columns the competences that they bring.
BitTable brought_by(const model::Protocol& protocol) {
  BitTable brought(protocol.partners.size(), protocol.competences.size());
  for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
    for (const model::CompetenceId competence : protocol.partners[i].brings) {
      brought.set(i, competence.value);
    }
  }
  return brought;
}

struct Held {
  const Declared& declaration;
  const model::Role& role;
  NodeIndex binding;
};

void tell_lacking(const Asked& asked, const Held& held, model::PartnerId partner, std::size_t id) {
  const std::string& holder = asked.protocol[partner].name;
  const std::string& competence = asked.protocol.competences[id].name;
  const NodeIndex requires_clause =
      clause_of(asked, held.declaration.node, Keyword::requires_competence);
  const Span required = place_of_name(asked, requires_clause, competence);
  tell_two(asked,
           Code::partner_lacks_competence,
           place_of_name(asked, held.binding, holder),
           required,
           {holder, held.role.name, competence});
}

void ask_competences(const Asked& asked, const BitTable& brought, const Held& held) {
  BitTable required(1, asked.protocol.competences.size());
  for (const model::CompetenceId competence : held.role.requires_competences) {
    required.set(0, competence.value);
  }
  for (const model::PartnerId partner : held.role.partners) {
    const auto has = brought.row(partner.value);
    const auto needs = required.row(0);
    const bool all = std::equal(has.begin(), has.end(), needs.begin(), [](auto brings, auto need) {
      return (need & ~brings) == 0;
    });
    if (all || unreadable(asked, declared(asked, NameKind::partner, partner.value))) {
      continue;
    }
    for (std::size_t i = 0; i < asked.protocol.competences.size() && !full(asked); ++i) {
      if (required.test(0, i) && !brought.test(partner.value, i)) {
        tell_lacking(asked, held, partner, i);
      }
    }
  }
}

void ask_role(const Asked& asked,
              const BitTable& brought,
              const Declared& declared_role,
              const model::Role& role) {
  const NodeIndex binding = binding_of(asked, declared_role);
  if (unreadable(asked, declared_role)) {
    return;
  }
  if (binding == kNoNode) {
    tell(asked, Code::role_without_partner, declared_role.span, {role.name});
    return;
  }
  ask_competences(asked, brought, {declared_role, role, binding});
  const bool chosen = role.binding == model::Binding::chosen_by;
  const bool answered =
      clause_of(asked, declared_role.node, Keyword::answer_within) != kNoNode ||
      asked.tree.child(binding, NodeKind::keyword, Keyword::answer_within) != kNoNode;
  if (chosen && !answered) {
    tell(asked, Code::chosen_without_answer, asked.tree[binding].span(), {role.name});
  }
  const NodeIndex supervised = clause_of(asked, declared_role.node, Keyword::supervised_by);
  if (role.binding == model::Binding::volunteer_of && supervised == kNoNode) {
    tell(asked, Code::volunteer_without_supervisor, asked.tree[binding].span(), {role.name});
  }
  const auto self = asked.names.find(NameKind::role, role.name);
  if (supervised != kNoNode && self && role.supervisor.value == *self) {
    tell(asked,
         Code::supervised_by_itself,
         place_of_name(asked, supervised, role.name),
         {role.name});
  }
}

}  // namespace

void ask_roles(const Asked& asked) {
  const auto& roles = asked.names.of(NameKind::role);
  const BitTable brought = brought_by(asked.protocol);
  for (std::size_t i = 1; i < roles.size(); ++i) {
    ask_role(asked, brought, roles[i], asked.protocol.roles[i]);
  }
}

}  // namespace protoflow::dsl
