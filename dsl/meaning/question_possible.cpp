// No condition that can never be true, as far as one thing at a time can tell.
#include <array>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/possible.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// A line and its condition.
struct Line {
  NodeIndex clause = kNoNode;
  const model::Condition* condition = nullptr;
};

NameKind kind_of(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::step:
      return NameKind::step;
    case Subject::Kind::information:
      return NameKind::information;
    case Subject::Kind::consent:
      return NameKind::consent;
  }
  return NameKind::step;
}

// The atoms of the lines that name the subject, in order.
std::vector<NodeIndex> atoms_about(const Asked& asked,
                                   const std::vector<Line>& lines,
                                   const std::string& name) {
  std::vector<NodeIndex> atoms;
  for (const Line& line : lines) {
    for (NodeIndex at = line.clause; at < line.clause + asked.tree[line.clause].size; ++at) {
      const bool about = asked.tree[at].kind == NodeKind::atom &&
                         name_of(asked.tree, at + 1, asked.source.text()) == name;
      if (about) {
        atoms.push_back(at);
      }
    }
  }
  return atoms;
}

// The place among the atoms about the subject of the first that can never be true by itself.
std::optional<std::size_t> impossible_alone(const Possible& possible,
                                            const std::vector<Line>& lines,
                                            Subject subject) {
  std::size_t place = 0;
  for (const Line& line : lines) {
    for (const model::ConditionNode& node : line.condition->nodes) {
      const bool joins = node.op <= model::Op::negate;
      if (joins || subject_of(node) != subject) {
        continue;
      }
      if (!can_be(possible, node)) {
        return place;
      }
      ++place;
    }
  }
  return std::nullopt;
}

bool waits_for_the_end(const Asked& asked, const std::vector<Line>& lines, Subject subject) {
  for (const Line& line : lines) {
    for (const model::ConditionNode& node : line.condition->nodes) {
      const bool ends = node.op == model::Op::step_outcome && subject_of(node) == subject &&
                        asked.protocol.steps[subject.id]
                            .outcomes[static_cast<std::size_t>(node.number)]
                            .ends_case.known();
      if (ends) {
        return true;
      }
    }
  }
  return false;
}

void tell_impossible(const Asked& asked,
                     const Possible& possible,
                     const std::vector<Line>& lines,
                     Subject subject) {
  const Declared& one = declared(asked, kind_of(subject.kind), subject.id);
  const std::vector<NodeIndex> atoms = atoms_about(asked, lines, one.name);
  if (atoms.empty()) {
    return;  // meant by its stage
  }
  const auto alone = impossible_alone(possible, lines, subject);
  const NodeIndex at = alone && *alone < atoms.size() ? atoms[*alone] : atoms.back();
  const Span place = asked.tree[at].span();
  const std::string words(asked.source.text(place));
  const bool step = subject.kind == Subject::Kind::step;
  if (step && possible.case_goes_on && waits_for_the_end(asked, lines, subject)) {
    tell_two(asked, Code::after_the_end, place, one.span, {words, one.name});
  } else if (alone || atoms.size() == 1) {
    tell_two(asked, Code::never_true, place, one.span, {words, one.name});
  } else {
    const Span first = asked.tree[atoms.front()].span();
    tell_two(asked,
             Code::two_things_at_once,
             place,
             first,
             {words, std::string(asked.source.text(first)), one.name});
  }
}

void ask_lines(const Asked& asked, const Possible& possible, const std::vector<Line>& lines) {
  std::vector<const model::Condition*> conditions;
  conditions.reserve(lines.size());
  for (const Line& line : lines) {
    conditions.push_back(line.condition);
  }
  if (const auto subject = contradiction(possible, conditions)) {
    tell_impossible(asked, possible, lines, *subject);
  }
}

void ask_step(const Asked& asked, const Possible& possible, std::size_t id) {
  const model::Step& step = asked.protocol.steps[id];
  std::vector<Line> opening;
  std::size_t deadline = 0;
  for (const NodeIndex clause : clauses_in(asked.tree, declared(asked, NameKind::step, id).node)) {
    const Keyword word = asked.tree[clause].word;
    if (word == Keyword::after || word == Keyword::when) {
      opening.push_back({clause, word == Keyword::after ? &step.after : &step.when});
    } else if (word == Keyword::unless) {
      ask_lines(asked, possible, {{clause, &step.unless}});
    } else if (word == Keyword::repeat_until && step.repeat) {
      ask_lines(asked, possible, {{clause, &step.repeat->until}});
    } else if (word == Keyword::within && deadline < step.deadlines.size()) {
      ask_lines(asked, possible, {{clause, &step.deadlines[deadline++].when}});
    }
  }
  ask_lines(asked, possible, opening);
}

}  // namespace

void ask_possible(const Asked& asked) {
  Possible possible(asked.protocol);
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    if (!unreadable(asked, declared(asked, NameKind::step, i))) {
      ask_step(asked, possible, i);
    }
  }
  possible.case_goes_on = false;
  for (std::size_t i = 0; i < asked.protocol.endings.size(); ++i) {
    const Declared& one = declared(asked, NameKind::ending, i);
    const NodeIndex clause = clause_of(asked, one.node, Keyword::when);
    if (clause != kNoNode && !unreadable(asked, one)) {
      ask_lines(asked, possible, {{clause, &asked.protocol.endings[i].when}});
    }
  }
}

}  // namespace protoflow::dsl
