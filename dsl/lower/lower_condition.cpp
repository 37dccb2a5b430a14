// Conditions: a preorder tree of the text becomes a preorder array of the model. Depth is bounded
// by the grammar (kNesting), so recursion is too.
#include <algorithm>

#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

using model::Compare;
using model::ConditionNode;
using model::Op;
using Nodes = std::vector<ConditionNode>;

constexpr std::size_t kConditionNodesMax = 1'000'000;  // of one protocol
constexpr std::size_t kOneConditionMax = 60'000;       // fewer than 65,536 operands

struct Lowering {
  Context& context;
  ConditionPlace place;
  Nodes nodes;
};

void lower_operand(Lowering& to, NodeIndex node);

bool too_long(const Lowering& to) {
  return to.nodes.size() >= kOneConditionMax || to.context.condition_nodes >= kConditionNodesMax;
}

void add(Lowering& to, ConditionNode node) {
  if (!too_long(to)) {
    to.nodes.push_back(node);
    ++to.context.condition_nodes;
  }
}

// Puts a joining node before what `from` on was made; a single operand needs none.
void join(Lowering& to, std::size_t from, ConditionNode joining) {
  const bool single = joining.children == 1 && joining.op != Op::negate;
  if (!single && !too_long(to)) {
    add(to, joining);
    std::rotate(
        to.nodes.begin() + static_cast<std::ptrdiff_t>(from), to.nodes.end() - 1, to.nodes.end());
  }
}

std::string said(const Lowering& to, Keyword word) {
  return std::string(to.context.words.canonical(word));
}

// A place in the tree of the name of a condition, and what it names.
struct Subject {
  NodeIndex leaf = kNoNode;
  std::string name;
  NameKind kind = NameKind::step;
  std::uint16_t id = 0;
};

std::optional<Subject> subject_of(Lowering& to, NodeIndex leaf) {
  Context& context = to.context;
  const std::string name = name_of(context.tree, leaf, context.source.text());
  const bool after = to.place == ConditionPlace::after;
  for (const NameKind kind :
       {NameKind::step, NameKind::stage, NameKind::information, NameKind::consent}) {
    if (const auto found = context.names.find(kind, name)) {
      return Subject{leaf, name, kind, *found};
    }
  }
  const std::vector<NameKind> here =
      after ? std::vector{NameKind::step, NameKind::stage}
            : std::vector{NameKind::information, NameKind::step, NameKind::consent};
  report_unknown_name(context, here, leaf);
  return std::nullopt;
}

std::optional<Span> declared_at(const Lowering& to, const Subject& subject) {
  return to.context.names.of(subject.kind)[subject.id].span;
}

void report_subject(Lowering& to,
                    Code code,
                    const Subject& subject,
                    std::vector<std::string> more) {
  more.insert(more.begin(), subject.name);
  report_with(to.context,
              {.code = code,
               .span = to.context.tree[subject.leaf].span(),
               .second = declared_at(to, subject),
               .parameters = std::move(more),
               .suggestion = {}});
}

// "« est connu » ne se dit pas de « accueil », qui est une étape".
void report_cannot(Lowering& to, const Subject& subject, std::string_view said_words) {
  const bool french = to.context.language() == model::Language::french;
  std::string remedy;
  switch (subject.kind) {
    case NameKind::step:
      remedy =
          french ? "écrivez « " + subject.name + " est … » suivi d’une issue, ou « est sans objet »"
                 : "write “" + subject.name + " is …” followed by an outcome, or “is not needed”";
      break;
    case NameKind::consent:
      remedy = french ? "écrivez « " + subject.name + " est donné »"
                      : "write “" + subject.name + " is given”";
      break;
    case NameKind::stage:
      remedy = french ? "écrivez seulement « " + subject.name + " »"
                      : "write only “" + subject.name + "”";
      break;
    case NameKind::need:
    case NameKind::competence:
    case NameKind::partner:
    case NameKind::role:
    case NameKind::information:
    case NameKind::session:
    case NameKind::routine:
    case NameKind::ending:
    case NameKind::promise:
    case NameKind::example:
      remedy = french ? "comparez « " + subject.name + " » avec une valeur"
                      : "compare “" + subject.name + "” with a value";
  }
  report_with(to.context,
              {.code = Code::cannot_be_that,
               .span = to.context.tree[subject.leaf].span(),
               .second = declared_at(to, subject),
               .parameters = {std::string(said_words),
                              subject.name,
                              std::string(kind_phrase(subject.kind, to.context.language())),
                              remedy},
               .suggestion = {}});
}

// The steps of a stage stand together.
void add_stage(Lowering& to, const Subject& subject) {
  const std::size_t from = to.nodes.size();
  const auto& steps = to.context.protocol.steps;
  // A step before the first stage has none, and stands before all.
  const auto first = std::partition_point(steps.begin(), steps.end(), [&](const model::Step& step) {
    return !step.stage.known() || step.stage.value < subject.id;
  });
  std::uint16_t count = 0;
  for (auto at = first; at != steps.end() && at->stage.value == subject.id; ++at, ++count) {
    add(to, {.op = Op::step_settled, .subject = static_cast<std::uint16_t>(at - steps.begin())});
  }
  join(to, from, {.op = Op::all_of, .children = count});
}

void add_done(Lowering& to, const Subject& subject) {
  const std::size_t from = to.nodes.size();
  const auto count =
      static_cast<std::uint16_t>(to.context.protocol.steps[subject.id].outcomes.size());
  for (std::uint16_t i = 0; i < count; ++i) {
    add(to, {.op = Op::step_outcome, .subject = subject.id, .number = i});
  }
  join(to, from, {.op = Op::any_of, .children = count});
}

std::string first_value(const model::Information& information) {
  return information.levels.empty() ? "…" : information.levels.front();
}

// A name alone: a settled step, a whole stage, a yes, a consent.
void lower_bare(Lowering& to, const Subject& subject) {
  if (subject.kind == NameKind::step) {
    add(to, {.op = Op::step_settled, .subject = subject.id});
  } else if (subject.kind == NameKind::stage) {
    add_stage(to, subject);
  } else if (subject.kind == NameKind::consent) {
    add(to, {.op = Op::consent_given, .subject = subject.id});
  } else {
    const model::Information& information = to.context.protocol.informations[subject.id];
    if (information.type != model::InformationType::yes_or_no) {
      const Declared& declared = to.context.names.of(NameKind::information)[subject.id];
      if (!to.context.tree.broken(declared.node)) {  // otherwise its type may be the broken piece
        report_subject(to, Code::not_a_yes_or_no, subject, {first_value(information)});
      }
      return;
    }
    add(to, {.op = Op::information, .subject = subject.id, .number = 1});
  }
}

// `is done`, `is not needed`, `is known`, `is given`.
void lower_state(Lowering& to, const Subject& subject, NodeIndex state) {
  const Keyword word = to.context.tree[state].word;
  if (word == Keyword::is_done && subject.kind == NameKind::step) {
    add_done(to, subject);
  } else if (word == Keyword::is_not_needed && subject.kind == NameKind::step) {
    add(to, {.op = Op::step_not_needed, .subject = subject.id});
  } else if (word == Keyword::is_known && subject.kind == NameKind::information) {
    add(to, {.op = Op::information_known, .subject = subject.id});
  } else if (word == Keyword::is_given && subject.kind == NameKind::consent) {
    add(to, {.op = Op::consent_given, .subject = subject.id});
  } else {
    report_cannot(to, subject, to.context.text(state));
  }
}

Compare compare_of(std::string_view sign) {
  if (sign == "<") {
    return Compare::less;
  }
  if (sign == ">") {
    return Compare::greater;
  }
  if (sign == "<=" || sign == "≤") {
    return Compare::less_equal;
  }
  if (sign == ">=" || sign == "≥") {
    return Compare::greater_equal;
  }
  return Compare::equal;
}

void lower_comparison(Lowering& to, const Subject& subject, Compare compare, NodeIndex value) {
  const model::Information& information = to.context.protocol.informations[subject.id];
  const bool ordered = compare != Compare::equal && compare != Compare::not_equal;
  using model::InformationType;
  if (information.type == InformationType::text) {
    report_subject(to, Code::cannot_compare_text, subject, {});
    return;
  }
  if (ordered && (information.type == InformationType::one_of ||
                  information.type == InformationType::yes_or_no)) {
    report_subject(to, Code::no_order, subject, {});
    return;
  }
  const auto said_value = lower_value(to.context, model::InformationId{subject.id}, value);
  if (said_value) {
    add(to,
        {.op = Op::information,
         .compare = compare,
         .subject = subject.id,
         .number = said_value->number});
  }
}

// `NAME is VALUE`, `NAME is not VALUE`, `NAME < VALUE`.
void lower_value_atom(Lowering& to, const Subject& subject, NodeIndex sign, NodeIndex value) {
  const Node& written = to.context.tree[sign];
  const bool negative = written.word == Keyword::is_not;
  const Compare compare = written.kind == NodeKind::compare ? compare_of(to.context.text(sign))
                          : negative                        ? Compare::not_equal
                                                            : Compare::equal;
  const bool plain_is = written.kind == NodeKind::keyword;
  if (subject.kind == NameKind::information) {
    lower_comparison(to, subject, compare, value);
  } else if (subject.kind == NameKind::step && plain_is &&
             to.context.tree[value].kind == NodeKind::name) {
    if (negative && to.place == ConditionPlace::after) {
      report(
          to.context, Code::negated_step, sign, {std::string(to.context.text(sign)), subject.name});
      return;
    }
    const model::OutcomeId outcome = resolve_outcome(to.context, model::StepId{subject.id}, value);
    if (outcome.known()) {
      const std::size_t from = to.nodes.size();
      add(to, {.op = Op::step_outcome, .subject = subject.id, .number = outcome.value});
      if (negative) {
        join(to, from, {.op = Op::negate, .children = 1});
      }
    }
  } else {
    report_cannot(to, subject, to.context.source.text({written.begin, to.context.tree[value].end}));
  }
}

void lower_atom(Lowering& to, NodeIndex atom) {
  Cursor cursor(to.context.tree, atom);
  const NodeIndex leaf = cursor.take(NodeKind::name);
  const auto subject = subject_of(to, leaf);
  if (!subject) {
    return;
  }
  const bool fact = subject->kind == NameKind::information || subject->kind == NameKind::consent;
  if (to.place == ConditionPlace::after && fact) {
    report_subject(to,
                   Code::not_a_step_condition,
                   *subject,
                   {std::string(kind_phrase(subject->kind, to.context.language()))});
    return;
  }
  const NodeIndex sign = cursor.next();
  cursor.skip();
  const NodeIndex value = cursor.next();
  if (sign == kNoNode) {
    lower_bare(to, *subject);
  } else if (value == kNoNode) {
    const Keyword word = to.context.tree[sign].word;
    const bool needs_a_value =
        word == Keyword::none || word == Keyword::is || word == Keyword::is_not;
    if (!needs_a_value) {
      lower_state(to, *subject, sign);
    }
  } else {
    lower_value_atom(to, *subject, sign, value);
  }
}

void lower_selection(Lowering& to, NodeIndex node) {
  Cursor cursor(to.context.tree, node);
  const NodeIndex number = cursor.take(NodeKind::number);
  const bool all = cursor.take_word(Keyword::all_of);
  if (!all && !cursor.take_word(Keyword::any_of)) {
    (void)cursor.take_word(Keyword::of_these);
  }
  const std::size_t from = to.nodes.size();
  std::uint16_t count = 0;
  std::uint16_t meant = 0;
  for (; cursor.next() != kNoNode && !too_long(to); cursor.skip()) {
    const std::size_t before = to.nodes.size();
    lower_operand(to, cursor.next());
    if (to.nodes.size() > before) {
      ++count;  // what was not understood is left out
    }
    ++meant;
  }
  if (number == kNoNode) {
    join(to, from, {.op = all ? Op::all_of : Op::any_of, .children = count});
    return;
  }
  const auto wanted = whole_number(to.context, number, {1, 65'535});
  if (wanted && *wanted > meant) {
    report(to.context,
           Code::more_than_there_are,
           number,
           {std::to_string(*wanted), std::to_string(meant)});
  }
  join(to, from, {.op = Op::at_least, .children = count, .number = wanted.value_or(1)});
}

bool speaks_of_settled(const Nodes& nodes, std::size_t from) {
  for (std::size_t i = from; i < nodes.size(); ++i) {
    if (nodes[i].op == Op::step_settled) {
      return true;
    }
  }
  return false;
}

NodeIndex first_name(const Tree& tree, NodeIndex node) {
  for (NodeIndex at = node; at < node + tree[node].size; ++at) {
    if (tree[at].kind == NodeKind::name) {
      return at;
    }
  }
  return node;
}

void lower_negation(Lowering& to, NodeIndex node) {
  const std::size_t from = to.nodes.size();
  Cursor cursor(to.context.tree, node);
  (void)cursor.take_word(Keyword::negated);
  if (cursor.next() != kNoNode) {
    lower_operand(to, cursor.next());
  }
  if (to.place == ConditionPlace::after || speaks_of_settled(to.nodes, from)) {
    const NodeIndex name = first_name(to.context.tree, node);
    report(to.context,
           Code::negated_step,
           node,
           {said(to, Keyword::negated), std::string(to.context.text(name))});
    return;
  }
  if (to.nodes.size() > from) {
    join(to, from, {.op = Op::negate, .children = 1});
  }
}

void lower_joined(Lowering& to, NodeIndex node) {
  const std::size_t from = to.nodes.size();
  std::uint16_t count = 0;
  bool either = false;
  for (const NodeIndex child : to.context.tree.children(node)) {
    if (to.context.tree[child].kind == NodeKind::keyword) {
      either = to.context.tree[child].word == Keyword::either;
      continue;
    }
    if (too_long(to)) {
      return;
    }
    const std::size_t before = to.nodes.size();
    lower_operand(to, child);
    if (to.nodes.size() > before) {
      ++count;  // what was not understood is left out
    }
  }
  join(to, from, {.op = either ? Op::any_of : Op::all_of, .children = count});
}

void lower_operand(Lowering& to, NodeIndex node) {
  switch (static_cast<int>(to.context.tree[node].kind)) {
    case static_cast<int>(NodeKind::condition):
      lower_joined(to, node);
      break;
    case static_cast<int>(NodeKind::selection):
      lower_selection(to, node);
      break;
    case static_cast<int>(NodeKind::negation):
      lower_negation(to, node);
      break;
    case static_cast<int>(NodeKind::group):
      for (const NodeIndex child : to.context.tree.children(node)) {
        if (to.context.tree[child].kind == NodeKind::condition) {
          lower_joined(to, child);
        }
      }
      break;
    case static_cast<int>(NodeKind::atom):
      lower_atom(to, node);
      break;
    default:
      break;
  }
}

}  // namespace

model::Condition lower_condition(Context& context, NodeIndex node, ConditionPlace place) {
  if (node == kNoNode) {
    return {};
  }
  Lowering to{context, place, {}};
  lower_operand(to, node);
  if (too_long(to)) {
    report(context, Code::too_many, node, {std::to_string(kOneConditionMax)});
    return {};
  }
  return {std::move(to.nodes)};
}

}  // namespace protoflow::dsl
