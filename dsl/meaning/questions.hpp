// The questions asked of a protocol before anyone is enrolled, one file each. They read the lowered
// protocol and point at the author's text; what could not be read is never complained about twice.
// Questions that need a proof (can a case get stuck, is a choice complete) belong to engine/proof.
#pragma once

#include "dsl/lower/context.hpp"

namespace protoflow::dsl {

/// What every question reads, and where it answers.
struct Asked {
  const Tree& tree;
  const SourceText& source;
  const Names& names;
  const Names& all_names;  // with those of shared files that nothing here asks for
  const Lexicon& words;
  const model::Protocol& protocol;
  std::vector<Diagnostic>& diagnostics;

  [[nodiscard]] model::Language language() const { return protocol.language; }
};

void ask_all(const Asked& asked);

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
void ask_partnership(const Asked& asked);  // warnings: routines, needs, partners, competences
void ask_examples(const Asked& asked);

// What the questions share.

[[nodiscard]] const Declared& declared(const Asked& asked, NameKind kind, std::size_t id);

/// The declaration's line of that word, or kNoNode.
[[nodiscard]] NodeIndex clause_of(const Asked& asked, NodeIndex declaration, Keyword word);

/// The name leaf in a line that resolves to `name`, else the line's first word.
[[nodiscard]] Span place_of_name(const Asked& asked, NodeIndex clause, std::string_view name);

/// True when part of the declaration could not be read: nothing is then said to be missing from it.
[[nodiscard]] bool unreadable(const Asked& asked, const Declared& declaration);

/// The steps that a step's `after` and `when` speak of, each once, in order.
[[nodiscard]] std::vector<std::uint16_t> awaited_steps(const model::Step& step);

/// True when a line that could not be read, or a name that was misspelt, may well mean this
/// declaration, or its own name is at fault: nobody is then told that nothing names it.
[[nodiscard]] bool may_be_named(const Asked& asked, const Declared& declaration);

/// True when a whole declaration could not be read: nothing is then said to be missing from the
/// file.
[[nodiscard]] bool lacks_a_declaration(const Asked& asked);

void tell(const Asked& asked, Code code, Span span, std::vector<std::string> parameters);
void tell_two(
    const Asked& asked, Code code, Span span, Span second, std::vector<std::string> parameters);

}  // namespace protoflow::dsl
