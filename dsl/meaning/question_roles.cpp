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

void ask_competences(const Asked& asked,
                     const Declared& declared_role,
                     const model::Role& role,
                     NodeIndex binding) {
  const NodeIndex requires_clause =
      clause_of(asked, declared_role.node, Keyword::requires_competence);
  for (const model::PartnerId partner : role.partners) {
    const model::Partner& holder = asked.protocol[partner];
    if (unreadable(asked, declared(asked, NameKind::partner, partner.value))) {
      continue;
    }
    for (const model::CompetenceId competence : role.requires_competences) {
      const bool brought =
          std::find(holder.brings.begin(), holder.brings.end(), competence) != holder.brings.end();
      const std::string& name = asked.protocol.competences[competence.value].name;
      if (!brought) {
        tell_two(asked,
                 Code::partner_lacks_competence,
                 place_of_name(asked, binding, holder.name),
                 place_of_name(asked, requires_clause, name),
                 {holder.name, role.name, name});
      }
    }
  }
}

void ask_role(const Asked& asked, const Declared& declared_role, const model::Role& role) {
  const NodeIndex binding = binding_of(asked, declared_role);
  if (unreadable(asked, declared_role)) {
    return;
  }
  if (binding == kNoNode) {
    tell(asked, Code::role_without_partner, declared_role.span, {role.name});
    return;
  }
  ask_competences(asked, declared_role, role, binding);
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
  for (std::size_t i = 1; i < roles.size(); ++i) {
    ask_role(asked, roles[i], asked.protocol.roles[i]);
  }
}

}  // namespace protoflow::dsl
