// One table of declarations against the other: added, removed, renamed, or compared member by
// member. Private to dsl/compare.
#pragma once

#include <string_view>
#include <unordered_map>

#include "dsl/compare/telling.hpp"

namespace protoflow::dsl {

/// What a table's declarations are, and how two of the same name are compared.
template <class Declaration>
struct Kind {
  Subject subject;
  Member whole;
  /// Adds whom a difference concerns, in the version that `declaration` is of.
  void (*concern)(Telling& telling,
                  const model::Protocol& protocol,
                  const Declaration& declaration);
  void (*compare)(const Telling& telling, const Declaration& was, const Declaration& now);
  /// What is said of one that is added or removed, beside its name; may be null.
  std::string (*summary)(const model::Protocol& protocol, const Declaration& declaration) = nullptr;
  /// Copies to an empty declaration of the same version what every one has, so that this is not
  /// told of a new one; may be null.
  void (*begin)(Declaration& empty, const Declaration& like) = nullptr;
  /// Adds those who are concerned by the declaration as a whole only; may be null.
  void (*concern_whole)(Telling& telling,
                        const model::Protocol& protocol,
                        const Declaration& declaration) = nullptr;
};

template <class Declaration>
std::unordered_map<std::string_view, const Declaration*> by_name(
    const std::vector<Declaration>& table) {
  std::unordered_map<std::string_view, const Declaration*> found;
  for (const Declaration& declaration : table) {
    found.emplace(declaration.name, &declaration);
  }
  return found;
}

template <class Declaration>
Telling telling_of(const Versions& versions,
                   const Kind<Declaration>& kind,
                   const model::Protocol& protocol,
                   const Declaration& declaration) {
  Telling telling{versions, kind.subject, declaration.name, called(declaration), {}, {}};
  kind.concern(telling, protocol, declaration);
  return telling;
}

template <class Declaration>
void tell_as_a_whole(const Versions& versions,
                     const Kind<Declaration>& kind,
                     const model::Protocol& protocol,
                     const Declaration& declaration,
                     ChangeKind change) {
  Telling telling = telling_of(versions, kind, protocol, declaration);
  if (kind.concern_whole != nullptr) {
    kind.concern_whole(telling, protocol, declaration);
  }
  const auto summary =
      kind.summary != nullptr ? kind.summary(protocol, declaration) : std::string();
  Difference difference{kind.whole, {}, {}, {}, {}};
  switch (change) {
    case ChangeKind::added:
      difference.is = summary;
      break;
    case ChangeKind::removed:
      difference.was = summary;
      break;
    case ChangeKind::changed:
      difference.was = versions.renamed.at({kind.subject, declaration.name});
      difference.is = declaration.name;
      break;
  }
  tell_change(telling, change, std::move(difference));
}

/// All that a new declaration says.
template <class Declaration>
void tell_new(const Versions& versions, const Kind<Declaration>& kind, const Declaration& now) {
  tell_as_a_whole(versions, kind, versions.now, now, ChangeKind::added);
  Declaration empty;
  empty.name = now.name;
  empty.title = now.title;
  if (kind.begin != nullptr) {
    kind.begin(empty, now);
  }
  const Versions both_new{versions.now, versions.now, versions.renamed, versions.changes};
  kind.compare(telling_of(both_new, kind, versions.now, now), empty, now);
}

template <class Declaration>
void compare_tables(const Versions& versions,
                    const std::vector<Declaration>& was,
                    const std::vector<Declaration>& now,
                    const Kind<Declaration>& kind) {
  const auto before = by_name(was);
  const auto after = by_name(now);
  for (const Declaration& declaration : now) {
    const auto found = before.find(declaration.name);
    if (found == before.end()) {
      tell_new(versions, kind, declaration);
      continue;
    }
    if (versions.renamed.contains({kind.subject, declaration.name})) {
      tell_as_a_whole(versions, kind, versions.now, declaration, ChangeKind::changed);
    }
    const Telling telling = telling_of(versions, kind, versions.now, declaration);
    kind.compare(telling, *found->second, declaration);
  }
  for (const Declaration& declaration : was) {
    if (!after.contains(declaration.name)) {
      tell_as_a_whole(versions, kind, versions.was, declaration, ChangeKind::removed);
    }
  }
}

// The tables, one or a few a file.
void compare_heading(const Versions& versions);   // what concerns everyone, and the calendar
void compare_people(const Versions& versions);    // needs, competences, partners, roles
void compare_recorded(const Versions& versions);  // information, consents
void compare_steps(const Versions& versions);     // stages, steps
void compare_meetings(const Versions& versions);  // sessions, routines
void compare_endings(const Versions& versions);   // agreement, endings, promises

/// How many members of two steps differ, their names aside.
[[nodiscard]] std::size_t differences(const model::Protocol& was,
                                      const model::Step& left,
                                      const model::Protocol& now,
                                      const model::Step& right);

/// Under which the outcomes of a step stand among the renames of steps.
[[nodiscard]] inline std::string outcome_key(const std::string& step, const std::string& outcome) {
  return step + '\n' + outcome;
}

/// Gives what `was` declares under another name the name it has in `now`.
[[nodiscard]] Renames rename_alike(model::Protocol& was, const model::Protocol& now);

}  // namespace protoflow::dsl
