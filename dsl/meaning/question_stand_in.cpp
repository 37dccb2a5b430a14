// Somebody stands in when a partner leaves. What a role no longer holds falls to its deputies, then
// to the coordinating role: that one needs a deputy, and a role that is chosen needs a choice.
#include <set>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

std::size_t distinct(const std::vector<model::PartnerId>& partners) {
  return std::set<model::PartnerId>(partners.begin(), partners.end()).size();
}

Span line_of(const Asked& asked, std::size_t role, Keyword word) {
  const NodeIndex clause = clause_of(asked, declared(asked, NameKind::role, role).node, word);
  return asked.tree[clause].span();
}

// How many partners take part; any may be chosen where a role does not say among which.
std::size_t partners_with_a_role(const model::Protocol& protocol) {
  std::set<model::PartnerId> partners;
  for (const model::Role& role : protocol.roles) {
    if (role.binding == model::Binding::chosen_by && role.partners.empty()) {
      return protocol.partners.size();
    }
    partners.insert(role.partners.begin(), role.partners.end());
  }
  return partners.size();
}

}  // namespace

void ask_stand_in(const Asked& asked) {
  if (partners_with_a_role(asked.protocol) < 2 || doubted_by(asked, "1239")) {
    return;  // alone there is nobody to turn to
  }
  for (std::size_t i = 1; i < asked.protocol.roles.size(); ++i) {
    const model::Role& role = asked.protocol.roles[i];
    if (unreadable(asked, declared(asked, NameKind::role, i)) || distinct(role.partners) != 1) {
      continue;
    }
    const bool coordinates = asked.protocol.coordinated_by.value == i;
    if (coordinates && role.binding == model::Binding::held_by) {
      tell(asked,
           Code::coordinator_without_deputy,
           line_of(asked, i, Keyword::held_by),
           {role.name, asked.protocol[role.partners.front()].name});
    } else if (role.binding == model::Binding::chosen_by) {
      tell(asked,
           Code::one_candidate,
           line_of(asked, i, Keyword::chosen_by),
           {role.name, asked.protocol[role.partners.front()].name});
    }
  }
}

}  // namespace protoflow::dsl
