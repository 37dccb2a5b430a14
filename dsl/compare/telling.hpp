// How the parts of a declaration are compared: by exact meaning, told in small phrases. Private to
// dsl/compare.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dsl/compare/compare.hpp"
#include "dsl/compare/phrases.hpp"
#include "engine/model/canonical_words.hpp"

namespace protoflow::dsl {

/// By subject and new name: the old name.
using Renames = std::map<std::pair<Subject, std::string>, std::string>;

/// Two versions, made alike for comparing: what was renamed has its new name in both, and the
/// language of both is the reader's.
struct Versions {
  const model::Protocol& was;
  const model::Protocol& now;
  const Renames& renamed;
  std::vector<Change>& changes;

  [[nodiscard]] model::Language reader() const { return now.language; }
};

/// Where the differences of one declaration are told.
struct Telling {
  const Versions& versions;
  Subject subject = Subject::protocol;
  std::string name, called;
  std::vector<std::string> roles;  // concerned by whatever changes here
  std::vector<std::string> partners;
};

/// A difference, and whom it concerns beside those of the telling.
struct Difference {
  Member member;
  std::string was, is;  // empty: there was none, there is none
  std::vector<std::string> roles, partners;
};

/// Adds the change. Its kind is what the empty phrases say.
void tell_change(const Telling& telling, Difference difference);

/// The same for what has no phrases, such as a flag.
void tell_change(const Telling& telling, ChangeKind kind, Difference difference);

/// One of several things of a kind, such as an outcome. `key` says which one, `exact` its meaning.
struct Phrase {
  std::string key, exact, words;
  std::vector<std::string> roles, partners;
};

enum class Order : std::uint8_t { none, matters };

/// Phrases of the same key are told as changed, others as added or removed; where order matters, a
/// new order is told too.
void compare_phrases(const Telling& telling,
                     Member member,
                     const std::vector<Phrase>& was,
                     const std::vector<Phrase>& now,
                     Order order = Order::none);

void compare_texts(const Telling& telling,
                   Member member,
                   const std::string& was,
                   const std::string& now);
void compare_numbers(const Telling& telling,
                     Member member,
                     std::optional<std::int64_t> was,
                     std::optional<std::int64_t> now);
void compare_flags(const Telling& telling, Member member, bool was, bool now);
void compare_durations(const Telling& telling,
                       Member member,
                       const std::optional<model::Duration>& was,
                       const std::optional<model::Duration>& now);
void compare_reminders(const Telling& telling,
                       const std::vector<model::Duration>& was,
                       const std::vector<model::Duration>& now);
void compare_conditions(const Telling& telling,
                        Member member,
                        const model::Condition& was,
                        const model::Condition& now);
void compare_tags(const Telling& telling,
                  Member member,
                  const std::vector<std::string>& was,
                  const std::vector<std::string>& now);
void compare_translations(const Telling& telling,
                          const std::vector<model::Translation>& was,
                          const std::vector<model::Translation>& now);
void compare_closed(const Telling& telling,
                    Member member,
                    const std::vector<model::ClosedDay>& was,
                    const std::vector<model::ClosedDay>& now);
void compare_role(const Telling& telling, Member member, model::RoleId was, model::RoleId now);
void compare_roles(const Telling& telling,
                   Member member,
                   const std::vector<model::RoleId>& was,
                   const std::vector<model::RoleId>& now);
void compare_follow_ups(const Telling& telling,
                        const std::vector<model::FollowUp>& was,
                        const std::vector<model::FollowUp>& now);

[[nodiscard]] std::vector<Phrase> late_phrases(const model::Protocol& protocol,
                                               const std::vector<model::LateRule>& rules,
                                               const std::vector<model::Outcome>& outcomes);

/// Adds the names of known roles that are not there yet.
void add_roles(std::vector<std::string>& names,
               const model::Protocol& protocol,
               const std::vector<model::RoleId>& roles);

/// What an id points at: its exact name and what it is called; both nothing when unknown.
struct Named {
  std::string exact, words;
};

template <class Declaration, class Tag>
Named named(const std::vector<Declaration>& table, model::Id<Tag> id) {
  return {model::words::name_of(table, id), called_in(table, id)};
}

void compare_named(const Telling& telling, Member member, const Named& was, const Named& now);

template <class Declaration, class Tag>
std::vector<Phrase> phrases_of(const std::vector<Declaration>& table,
                               const std::vector<model::Id<Tag>>& ids) {
  std::vector<Phrase> phrases;
  for (const auto id : ids) {
    const std::string name = model::words::name_of(table, id);
    phrases.push_back({name, name, called_in(table, id), {}, {}});
  }
  return phrases;
}

}  // namespace protoflow::dsl
