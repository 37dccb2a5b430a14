// The questions asked of a protocol before anyone is enrolled, one file each. They read the lowered
// protocol and point at the author's text; what could not be read is never complained about twice.
// Questions that need a proof (can a case get stuck, is a choice complete) belong to engine/proof.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dsl/lower/context.hpp"
#include "dsl/meaning/order.hpp"

namespace protoflow::dsl {

/// What could not be read of a file, looked up once for all questions.
struct Unread {
  bool anything = false;
  std::unordered_set<NodeIndex> declarations;
};

/// The names on a line, where each is written first.
using NamePlaces = std::unordered_map<std::string, Span>;

/// What every question reads, and where it answers.
struct Asked {
  const Tree& tree;
  const SourceText& source;
  const Names& names;
  const Names& all_names;  // with those of shared files that nothing here asks for
  const Lexicon& words;
  const model::Protocol& protocol;
  std::vector<Diagnostic>& diagnostics;
  // Filled by ask_all.
  Unread unread = {};
  Order order = {};
  mutable std::unordered_map<NodeIndex, NamePlaces> lines = {};  // those asked about so far

  [[nodiscard]] model::Language language() const { return protocol.language; }
};

void ask_all(Asked asked);

void ask_doubled_names(const Asked& asked);
void ask_doubled_clauses(const Asked& asked);
void ask_whole(const Asked& asked);        // is there a coordinator, a step, an ending
void ask_responsible(const Asked& asked);  // of steps and routines
void ask_roles(const Asked& asked);        // who holds them, with which competences
void ask_circles(const Asked& asked);      // steps that wait for one another
void ask_recorded(const Asked& asked);     // guards on what no step records or asks
void ask_reviews(const Asked& asked);      // by whom, how often
void ask_deadlines(const Asked& asked);    // whom they tell
void ask_consents(const Asked& asked);     // who sees what is sensitive
void ask_examples(const Asked& asked);
void ask_role_circles(const Asked& asked);  // roles that choose or supervise one another
void ask_sessions(const Asked& asked);      // who hosts them, who can reach them
void ask_languages(const Asked& asked);     // tags of languages
void ask_possible(const Asked& asked);      // conditions that can never be true
void ask_outcomes(const Asked& asked);      // outcomes that lead nowhere
void ask_repeats(const Asked& asked);       // how often, and what changes meanwhile
void ask_former_names(const Asked& asked);  // that still stand
void ask_promises(const Asked& asked);      // that say something of two things

// Warnings.
void ask_partnership(const Asked& asked);  // routines, needs, partners, competences
void ask_races(const Asked& asked);        // withdrawals while somebody works
void ask_room(const Asked& asked);         // deadlines shorter than what they contain
void ask_longest(const Asked& asked);      // longer than the protocol promises
void ask_stand_in(const Asked& asked);     // nobody if a partner leaves
void ask_voice(const Asked& asked);        // of the beneficiary
void ask_alike(const Asked& asked);        // names that are easily taken for one another
void ask_stories(const Asked& asked);      // free text that invites personal stories
void ask_unused_data(const Asked& asked);  // asked or declared for nothing

// What the questions share.

[[nodiscard]] const Declared& declared(const Asked& asked, NameKind kind, std::size_t id);

/// The declaration's line of that word, or kNoNode.
[[nodiscard]] NodeIndex clause_of(const Asked& asked, NodeIndex declaration, Keyword word);

/// The name leaf in a line that resolves to `name`, else the line's first word.
[[nodiscard]] Span place_of_name(const Asked& asked, NodeIndex clause, std::string_view name);

/// True when part of the declaration could not be read: nothing is then said to be missing from it.
[[nodiscard]] bool unreadable(const Asked& asked, const Declared& declaration);

/// True when an error of one of these families ("12": PF1xx, PF2xx) was told: what seems to be
/// missing may be what that error is about.
[[nodiscard]] bool doubted_by(const Asked& asked, std::string_view families);

/// "a → b → a", the middle left out when it is long.
[[nodiscard]] std::string chain_of(const std::vector<std::string>& names);

/// True when a line that could not be read, or a name that was misspelt, may well mean this
/// declaration, or its own name is at fault: nobody is then told that nothing names it.
[[nodiscard]] bool may_be_named(const Asked& asked, const Declared& declaration);

/// True when a whole declaration could not be read: nothing is then said to be missing from the
/// file.
[[nodiscard]] bool lacks_a_declaration(const Asked& asked);

/// True when no more messages are kept, so that none need be looked for.
[[nodiscard]] bool full(const Asked& asked);

void tell(const Asked& asked, Code code, Span span, std::vector<std::string> parameters);
void tell_two(
    const Asked& asked, Code code, Span span, Span second, std::vector<std::string> parameters);

}  // namespace protoflow::dsl
