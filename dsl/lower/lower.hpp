// Tree and names -> model::Protocol. Works on a tree with mistakes in it too, so that the questions
// of dsl/meaning can be asked of what could be read; an unknown id stands for what could not.
#pragma once

#include <ranges>

#include "dsl/lower/context.hpp"

namespace protoflow::dsl {

/// Fills `context.protocol`. The tables are in declaration order, one entry for each declaration,
/// so that an id is also the place in `names.of(kind)`.
void lower(Context& context);

// The parts, each for one kind of declaration; `at` is the declaration's node.
void lower_protocol(Context& context, NodeIndex at);
void lower_calendar(Context& context, NodeIndex at);
[[nodiscard]] model::Need lower_need(Context& context, NodeIndex at);
[[nodiscard]] model::Competence lower_competence(Context& context, NodeIndex at);
[[nodiscard]] model::Partner lower_partner(Context& context, NodeIndex at);
[[nodiscard]] model::Role lower_role(Context& context, NodeIndex at);
[[nodiscard]] model::Information lower_information(Context& context, NodeIndex at);
[[nodiscard]] model::Consent lower_consent(Context& context, NodeIndex at);
void lower_outcomes(Context& context, NodeIndex at, model::Step& step);
void lower_step(Context& context, NodeIndex at, model::Step& step);
[[nodiscard]] model::Routine lower_routine(Context& context, NodeIndex at);
[[nodiscard]] model::Session lower_session(Context& context, NodeIndex at);
[[nodiscard]] model::Agreement lower_agreement(Context& context, NodeIndex at);
[[nodiscard]] model::Ending lower_ending(Context& context, NodeIndex at);
[[nodiscard]] model::Promise lower_promise(Context& context, NodeIndex at);
[[nodiscard]] model::Example lower_example(Context& context, NodeIndex at);

/// A line `if late …`: one rule for each role told.
void lower_late(Context& context,
                NodeIndex clause,
                const model::Step* step,
                std::vector<model::LateRule>& rules);

/// Where a condition stands decides what it may speak of.
enum class ConditionPlace : std::uint8_t { after, guard, ending, promise };

[[nodiscard]] model::Condition lower_condition(Context& context,
                                               NodeIndex node,
                                               ConditionPlace place);

/// The value that a leaf says for an information; reports `code` when it cannot be one of its
/// values.
[[nodiscard]] std::optional<model::Value> lower_value(Context& context,
                                                      model::InformationId information,
                                                      NodeIndex leaf);

/// The outcome of that name, or an unknown id and a message.
[[nodiscard]] model::OutcomeId resolve_outcome(Context& context,
                                               model::StepId step,
                                               NodeIndex leaf);

/// A line `follow-up …` of a session or an ending.
[[nodiscard]] model::FollowUp lower_follow_up(Context& context, NodeIndex clause);

/// A line `closed on …`; `lower_closed_all` reads all of a declaration: sorted, no day twice.
[[nodiscard]] std::vector<model::ClosedDay> lower_closed_all(Context& context, NodeIndex at);

/// The lines `translation …` of a declaration.
[[nodiscard]] std::vector<model::Translation> translations_of(const Context& context, NodeIndex at);

/// The names after `was` on a line, if it says it.
[[nodiscard]] std::vector<NodeIndex> former_names_on(const Tree& tree, NodeIndex clause);

/// What the lines `was` of all declarations say.
[[nodiscard]] std::vector<model::FormerName> lower_former_names(const Context& context);

/// What a name leaf says; empty when the leaf is missing.
[[nodiscard]] std::string name_or_empty(const Context& context, NodeIndex leaf);

/// The declaration's name and title.
struct Heading {
  std::string name, title;
};

[[nodiscard]] Heading heading_of(const Context& context, NodeIndex at);

/// The lines of a declaration.
[[nodiscard]] inline auto clauses_in(const Tree& tree, NodeIndex at) {
  return tree.children(at) | std::views::filter([&tree](NodeIndex child) {
           return tree[child].kind == NodeKind::clause;
         });
}

}  // namespace protoflow::dsl
