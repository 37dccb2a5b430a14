#include "dsl/meaning/names.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "dsl/source/utf8.hpp"
#include "dsl/syntax/builder.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kJoinedMax = 60;  // bytes

struct KindRow {
  Keyword declaration;
  NameKind kind;
  std::string_view french, english;
};

// clang-format off
constexpr KindRow kKinds[] = {
    {Keyword::need,        NameKind::need,        "un besoin",        "a need"},
    {Keyword::competence,  NameKind::competence,  "une compétence",   "a competence"},
    {Keyword::partner,     NameKind::partner,     "un partenaire",    "a partner"},
    {Keyword::role,        NameKind::role,        "un rôle",          "a role"},
    {Keyword::information, NameKind::information, "une information",  "an information"},
    {Keyword::consent,     NameKind::consent,     "un consentement",  "a consent"},
    {Keyword::stage,       NameKind::stage,       "une phase",        "a stage"},
    {Keyword::step,        NameKind::step,        "une étape",        "a step"},
    {Keyword::session,     NameKind::session,     "une séance",       "a session"},
    {Keyword::routine,     NameKind::routine,     "un rendez-vous",   "a routine"},
    {Keyword::ending,      NameKind::ending,      "une fin",          "an ending"},
    {Keyword::promise,     NameKind::promise,     "une promesse",     "a promise"},
    {Keyword::example,     NameKind::example,     "un exemple",       "an example"},
};
// clang-format on

}  // namespace

std::string_view kind_phrase(NameKind kind, model::Language language) {
  const KindRow& row = kKinds[static_cast<std::size_t>(kind)];
  return language == model::Language::french ? row.french : row.english;
}

std::optional<NameKind> kind_of(Keyword declaration) {
  for (const KindRow& row : kKinds) {
    if (row.declaration == declaration) {
      return row.kind;
    }
  }
  return std::nullopt;
}

std::string name_of(const Tree& tree, NodeIndex leaf, std::string_view text) {
  const Node& node = tree[leaf];
  return composed(text.substr(node.begin, node.end - node.begin));
}

Names::Names(const Tree& tree, std::string_view text, const Lexicon& words, std::uint32_t own_end) {
  declare(NameKind::role, {std::string(words.canonical(Keyword::beneficiary)), kNoNode, {}});
  const Node* last = nullptr;
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::error) {
      doubt(text.substr(node.begin, node.end - node.begin),
            last != nullptr && last->kind == NodeKind::name
                ? composed(text.substr(last->begin, last->end - last->begin))
                : "");
    }
    last = &node;
  }
  for (const NodeIndex at : tree.children(0)) {
    if (tree[at].kind == NodeKind::declaration) {
      take_declaration(tree, at, text, own_end);
    }
  }
}

void Names::take_declaration(const Tree& tree,
                             NodeIndex at,
                             std::string_view text,
                             std::uint32_t own_end) {
  const Node& node = tree[at];
  if (node.word == Keyword::protocol) {
    protocols_.push_back(at);
  } else if (node.word == Keyword::calendar) {
    calendars_.push_back(at);
  } else if (node.word == Keyword::agreement) {
    agreements_.push_back(at);
  }
  const NodeIndex leaf = tree.child(at, NodeKind::name);
  if (const auto kind = kind_of(node.word)) {
    const bool named = leaf != kNoNode;
    Declared declared{
        named ? name_of(tree, leaf, text) : "", at, tree[named ? leaf : at + 1].span()};
    if (node.begin < own_end) {
      declare(*kind, std::move(declared));
    } else {
      spare_[static_cast<std::size_t>(*kind)].emplace(declared.name, declared);
    }
  }
  if (std::ranges::distance(tree.children(at)) > std::ptrdiff_t{kDeclarationsMax}) {
    too_many_ = tree[at + 1].span();
  }
}

void Names::declare(NameKind kind, Declared declared) {
  const auto place = static_cast<std::size_t>(kind);
  if (tables_[place].size() >= kDeclarationsMax) {
    too_many_ = declared.span;
    return;
  }
  if (!declared.name.empty()) {
    const auto id = static_cast<std::uint16_t>(tables_[place].size());
    doubled_[place] = !places_[place].emplace(declared.name, id).second || doubled_[place];
  }
  tables_[place].push_back(std::move(declared));
}

void Names::doubt(std::string_view words, std::string joined) {
  for (std::uint32_t at = 0; at < words.size();) {
    const std::uint32_t end = scan_name_letters(words, at);
    if (end == kNotThere) {
      at += decode(words, at).length;
      continue;
    }
    doubtful_.insert(composed(words.substr(at, end - at)));
    if (!joined.empty() && joined.size() < kJoinedMax) {
      joined += "-" + composed(words.substr(at, end - at));
      doubtful_.insert(joined);
    }
    at = end;
  }
}

std::optional<std::uint16_t> Names::find(NameKind kind, const std::string& name) const {
  const auto place = static_cast<std::size_t>(kind);
  const auto found = places_[place].find(name);
  if (found != places_[place].end()) {
    return found->second;
  }
  if (spare_[place].contains(name)) {
    missed_[place].insert(name);
  }
  return std::nullopt;
}

bool Names::take_in_missed() {
  bool any = false;
  for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
    if (!missed_[kind].empty()) {
      take_in(kind);
      any = true;
    }
  }
  return any;
}

void Names::take_in(std::size_t kind) {
  std::vector<Declared> table = std::move(tables_[kind]);
  for (const std::string& name : std::exchange(missed_[kind], {})) {
    const auto [first, last] = spare_[kind].equal_range(name);
    for (auto declared = first; declared != last; ++declared) {
      table.push_back(declared->second);
    }
    spare_[kind].erase(first, last);
  }
  std::sort(table.begin(), table.end(), [](const Declared& left, const Declared& right) {
    return left.node < right.node;
  });
  tables_[kind].clear();
  places_[kind].clear();
  for (Declared& declared : table) {
    declare(static_cast<NameKind>(kind), std::move(declared));
  }
}

}  // namespace protoflow::dsl
