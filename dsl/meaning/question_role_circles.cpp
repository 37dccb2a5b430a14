// No roles that choose or supervise one another: at the end of the chain there must be somebody.
// A step may well be handed from late role to late role in a circle.
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

using RoleIds = std::vector<std::uint16_t>;

struct Chain {
  Keyword line;
  RoleIds next;  // by role; the role itself where the chain ends
};

Chain chain(const Asked& asked, Keyword line) {
  Chain result{line, {}};
  for (const std::uint16_t i : places_in(asked.protocol.roles)) {
    const model::Role& role = asked.protocol.roles[i];
    const model::RoleId next = line == Keyword::chosen_by ? role.chooser : role.supervisor;
    result.next.push_back(next.known() ? next.value : i);
  }
  return result;
}

void tell_circle(const Asked& asked, const Chain& chain, std::uint16_t start) {
  std::vector<std::string> names;
  std::uint16_t at = start, last = start;
  do {
    names.push_back(asked.protocol.roles[at].name);
    last = at;
    at = chain.next[at];
  } while (at != start);
  names.push_back(names.front());
  const auto place = [&](std::uint16_t role) {
    const NodeIndex clause =
        clause_of(asked, declared(asked, NameKind::role, role).node, chain.line);
    return place_of_name(asked, clause, asked.protocol.roles[chain.next[role]].name);
  };
  const Span here = place(start);
  if (last == start) {
    tell(asked, Code::roles_in_circle, here, {chain_of(names)});
  } else {
    tell_two(asked, Code::roles_in_circle, here, place(last), {chain_of(names)});
  }
}

// Each role has one next: walk on until a role was seen; a circle if it was on this walk.
void ask_chain(const Asked& asked, const Chain& chain) {
  constexpr std::uint16_t kUnseen = 0xFFFF;
  RoleIds walk_of(chain.next.size(), kUnseen);
  for (const std::uint16_t walk : places_in(chain.next)) {
    std::uint16_t at = walk;
    while (walk_of[at] == kUnseen) {
      walk_of[at] = walk;
      at = chain.next[at];
    }
    if (walk_of[at] == walk && chain.next[at] != at) {
      tell_circle(asked, chain, at);
    }
  }
}

// A role that names itself is a circle of one, told by its own message where it supervises itself.
void ask_itself(const Asked& asked, const Chain& chain) {
  for (const std::uint16_t i : places_in(chain.next)) {
    if (asked.protocol.roles[i].chooser.value == i) {
      tell_circle(asked, chain, i);
    }
  }
}

}  // namespace

void ask_role_circles(const Asked& asked) {
  const Chain choosers = chain(asked, Keyword::chosen_by);
  ask_chain(asked, choosers);
  ask_itself(asked, choosers);
  ask_chain(asked, chain(asked, Keyword::supervised_by));
}

}  // namespace protoflow::dsl
