// What changes between two versions of a protocol, as data: what it is about, whom it concerns,
// what was and what is. Sentences and layout are report.hpp's work. The order of declarations is no
// change, except of endings, deputies, deadlines, late rules and levels of a scale; examples,
// places in the text and the language of the keywords are none either.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

enum class ChangeKind : std::uint8_t { added, removed, changed };

enum class Subject : std::uint8_t {
  protocol,
  need,
  competence,
  partner,
  role,
  information,
  consent,
  stage,
  step,
  session,
  routine,
  agreement,
  ending,
  promise,
};

/// What of the subject differs; `whole_…` is the declaration itself: added, removed, or renamed
/// when the kind is `changed`.
enum class Member : std::uint8_t {
#define PF_MEMBER(name) name,
#include "dsl/compare/members.def"
#undef PF_MEMBER
  count,
};

inline constexpr auto kMemberCount = static_cast<std::size_t>(Member::count);

/// "whole_step", "within": as in members.def.
[[nodiscard]] std::string_view name_of(Member member);
[[nodiscard]] std::string_view name_of(Subject subject);
[[nodiscard]] std::string_view name_of(ChangeKind kind);

/// `was` and `is` are small phrases in the reader's language; `was` is empty when something was
/// added, `is` when it was removed.
struct Change {
  ChangeKind kind = ChangeKind::changed;
  Subject subject = Subject::protocol;
  Member member = Member::title;
  std::string name;    // the declaration's name in the new version, in the old if it was removed
  std::string called;  // its title, or its name when it has none
  std::string was, is;
  bool everyone = false;              // concerns every role
  std::vector<std::string> roles;     // names, each once; may be empty when `everyone`
  std::vector<std::string> partners;  // names of partners concerned by themselves, not by a role
};

/// From `was` to `now`, what concerns everyone first, then in the order of the new version. A
/// declaration whose name alone changed is told as renamed, and nothing is told of the places that
/// speak of it. Requires resolved protocols: every id is unknown or a place in its table.
[[nodiscard]] std::vector<Change> compare(const model::Protocol& was,
                                          const model::Protocol& now,
                                          model::Language reader);

}  // namespace protoflow::dsl
