#include <array>

#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

using model::FormerKind;
using model::FormerName;

struct Kind {
  NameKind name;
  FormerKind former;
};

constexpr std::array<Kind, 8> kKinds = {{{NameKind::partner, FormerKind::partner},
                                         {NameKind::role, FormerKind::role},
                                         {NameKind::information, FormerKind::information},
                                         {NameKind::consent, FormerKind::consent},
                                         {NameKind::step, FormerKind::step},
                                         {NameKind::session, FormerKind::session},
                                         {NameKind::routine, FormerKind::routine},
                                         {NameKind::ending, FormerKind::ending}}};

void add(const Context& context,
         const std::vector<NodeIndex>& leaves,
         const FormerName& like,
         std::vector<FormerName>& found) {
  for (const NodeIndex leaf : leaves) {
    found.push_back(like);
    found.back().was = name_or_empty(context, leaf);
  }
}

}  // namespace

std::vector<NodeIndex> former_names_on(const Tree& tree, NodeIndex clause) {
  Cursor cursor(tree, clause);
  if (cursor.take_word(Keyword::outcome)) {
    (void)cursor.take(NodeKind::name);
    (void)cursor.take(NodeKind::text);
  }
  return cursor.take_word(Keyword::was) ? cursor.take_all(NodeKind::name)
                                        : std::vector<NodeIndex>();
}

std::vector<FormerName> lower_former_names(const Context& context) {
  std::vector<FormerName> found;
  if (!context.tree.says(Keyword::was)) {
    return found;
  }
  for (const auto& [name_kind, kind] : kKinds) {
    const auto& declared = context.names.of(name_kind);
    for (std::size_t i = 0; i < declared.size(); ++i) {
      if (declared[i].node == kNoNode) {
        continue;
      }
      const auto place = static_cast<std::uint16_t>(i);
      std::uint16_t outcome = 0;
      for (const NodeIndex clause : clauses_in(context.tree, declared[i].node)) {
        const auto leaves = former_names_on(context.tree, clause);
        const bool is_outcome = context.tree[clause].word == Keyword::outcome;
        if (is_outcome && kind == FormerKind::step) {
          add(context, leaves, {FormerKind::outcome, outcome++, {place}, {}}, found);
        } else if (!is_outcome) {
          add(context, leaves, {kind, place, {}, {}}, found);
        }
      }
    }
  }
  return found;
}

}  // namespace protoflow::dsl
