// Every outcome leads somewhere: an effect of its own, a condition that speaks of it, or something
// that goes on once the step, or a step that it makes needless, has settled.
#include <algorithm>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

struct Mentions {
  const model::Protocol& protocol;
  std::vector<std::vector<bool>> outcomes;            // by step: which of them are spoken of
  std::vector<std::vector<std::uint16_t>> followers;  // by step: those that open by its outcomes
  std::vector<bool> settled;  // by step: something goes on when it has settled or is not needed
  bool ends_anyway = false;   // by an ending that speaks of no step
};

void look_at(Mentions& mentions, const model::Condition& condition, const std::uint16_t* follower) {
  using model::Op;
  const auto& nodes = condition.nodes;
  const bool negates = std::any_of(
      nodes.begin(), nodes.end(), [](const auto& node) { return node.op == Op::negate; });
  for (const model::ConditionNode& node : nodes) {
    if (node.op == Op::step_outcome && !negates) {
      mentions.outcomes[node.subject][static_cast<std::size_t>(node.number)] = true;
      if (follower != nullptr) {
        mentions.followers[node.subject].push_back(*follower);
      }
    } else if (about_a_step(node.op)) {
      mentions.settled[node.subject] = true;  // "is not o" speaks of every other outcome
    }
  }
}

void look_at(Mentions& mentions, std::uint16_t id) {
  const model::Step& step = mentions.protocol.steps[id];
  look_at(mentions, step.after, &id);
  look_at(mentions, step.when, &id);
  look_at(mentions, step.unless, nullptr);
  for (const model::Deadline& deadline : step.deadlines) {
    look_at(mentions, deadline.when, nullptr);
    if (deadline.from.known()) {
      mentions.settled[deadline.from.value] = true;
    }
  }
  if (step.repeat) {
    look_at(mentions, step.repeat->until, nullptr);
  }
}

Mentions mentions_in(const model::Protocol& protocol) {
  const std::size_t count = protocol.steps.size();
  Mentions mentions{protocol,
                    {},
                    std::vector<std::vector<std::uint16_t>>(count),
                    std::vector<bool>(count, false)};
  for (const model::Step& step : protocol.steps) {
    mentions.outcomes.emplace_back(step.outcomes.size(), false);
  }
  for (const std::uint16_t i : places_in(protocol.steps)) {
    look_at(mentions, i);
  }
  for (const model::Ending& ending : protocol.endings) {
    look_at(mentions, ending.when, nullptr);
    const bool speaks_of_steps =
        std::any_of(ending.when.nodes.begin(), ending.when.nodes.end(), [](const auto& node) {
          return about_a_step(node.op);
        });
    mentions.ends_anyway = mentions.ends_anyway || (ending.has_condition && !speaks_of_steps);
  }
  return mentions;
}

// By step: whether anything follows once it is not needed. From the last steps to the first.
std::vector<bool> goes_on_without(const Asked& asked, const Mentions& mentions) {
  std::vector<bool> goes_on = mentions.settled;
  const auto& sequence = asked.order.sequence();
  for (auto at = sequence.rbegin(); at != sequence.rend(); ++at) {
    const auto& followers = mentions.followers[*at];
    goes_on[*at] = goes_on[*at] || std::any_of(followers.begin(),
                                               followers.end(),
                                               [&](std::uint16_t step) { return goes_on[step]; });
  }
  return goes_on;
}

// The names of a step's outcomes, in order.
std::vector<NodeIndex> outcome_names(const Asked& asked, const Declared& step) {
  std::vector<NodeIndex> names;
  for (const NodeIndex clause : clauses_in(asked.tree, step.node)) {
    if (asked.tree[clause].word == Keyword::outcome) {
      names.push_back(asked.tree.child(clause, NodeKind::name));
    }
  }
  return names;
}

void ask_step(const Asked& asked, const Mentions& mentions, std::uint16_t id) {
  const auto& outcomes = asked.protocol.steps[id].outcomes;
  const auto& spoken_of = mentions.outcomes[id];
  if (std::find(spoken_of.begin(), spoken_of.end(), true) == spoken_of.end()) {
    return;  // nobody asks how the step comes out
  }
  const Declared& one = declared(asked, NameKind::step, id);
  const std::vector<NodeIndex> names = outcome_names(asked, one);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool effect = outcomes[i].reopens.known() || outcomes[i].ends_case.known();
    if (!spoken_of[i] && !effect && names[i] != kNoNode) {
      tell_two(asked,
               Code::outcome_leads_nowhere,
               asked.tree[names[i]].span(),
               one.span,
               {outcomes[i].name, one.name});
    }
  }
}

}  // namespace

void ask_outcomes(const Asked& asked) {
  if (asked.unread.anything || doubted_by(asked, "29") || !asked.order.known()) {
    return;  // the line that speaks of the outcome may be the broken one
  }
  const Mentions mentions = mentions_in(asked.protocol);
  if (mentions.ends_anyway) {
    return;
  }
  const std::vector<bool> goes_on = goes_on_without(asked, mentions);
  for (const std::uint16_t i : places_in(asked.protocol.steps)) {
    if (!goes_on[i]) {
      ask_step(asked, mentions, i);
    }
  }
}

}  // namespace protoflow::dsl
