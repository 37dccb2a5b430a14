#include <algorithm>

#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kTimesMax = 99;
constexpr std::int64_t kReviewersMax = 65'535;  // roles are fewer
constexpr std::string_view kDone = "done";

// `at most 2 times`, where the cursor stands on it.
std::uint8_t take_times(Context& context, Cursor& cursor) {
  if (!cursor.take_word(Keyword::at_most)) {
    return 0;
  }
  const auto number = whole_number(context, cursor.take(NodeKind::number), {1, kTimesMax});
  (void)cursor.take_word(Keyword::times);
  return static_cast<std::uint8_t>(number.value_or(1));
}

model::Outcome lower_outcome(Context& context, NodeIndex clause) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::outcome);
  model::Outcome outcome;
  outcome.name = name_or_empty(context, cursor.take(NodeKind::name));
  outcome.title = text_of(context, cursor.take(NodeKind::text));
  return outcome;
}

// What follows from an outcome, once every step has its outcomes.
void lower_outcome_effect(Context& context, NodeIndex clause, model::Outcome& outcome) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::outcome);
  (void)cursor.take(NodeKind::name);
  (void)cursor.take(NodeKind::text);
  if (cursor.take_word(Keyword::was)) {
    (void)cursor.take_all(NodeKind::name);
  }
  if (cursor.take_word(Keyword::reopens)) {
    outcome.reopens =
        resolve_as<model::StepId>(context, NameKind::step, cursor.take(NodeKind::name));
    outcome.reopens_max = take_times(context, cursor);
  } else if (cursor.take_word(Keyword::ends_case_as)) {
    outcome.ends_case =
        resolve_as<model::EndingId>(context, NameKind::ending, cursor.take(NodeKind::name));
  }
}

void lower_within(Context& context, NodeIndex clause, model::Step& step) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::within);
  const auto within = duration_of(context, cursor.take(NodeKind::duration));
  model::Deadline deadline{within.value_or(model::Duration{}), {}, {}};
  if (cursor.take_word(Keyword::counted_from)) {
    deadline.from = resolve_as<model::StepId>(context, NameKind::step, cursor.take(NodeKind::name));
  }
  if (cursor.take_word(Keyword::when)) {
    deadline.when =
        lower_condition(context, cursor.take(NodeKind::condition), ConditionPlace::guard);
  }
  if (within) {
    step.deadlines.push_back(std::move(deadline));
  }
}

// How many of `reviewers` must approve: all of them, where no number says otherwise.
std::uint16_t approvals_of(Context& context, NodeIndex number, std::size_t reviewers) {
  const auto wanted = whole_number(context, number, {0, kReviewersMax});
  const auto all = static_cast<std::int64_t>(reviewers);
  if (wanted && (*wanted == 0 || *wanted > all)) {
    report(context,
           Code::quorum_out_of_reach,
           number,
           {std::to_string(*wanted), std::to_string(reviewers)});
  }
  return static_cast<std::uint16_t>(
      std::clamp<std::int64_t>(wanted.value_or(all), 1, kReviewersMax));
}

void lower_review(Context& context, NodeIndex clause, model::Step& step) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::review_by);
  model::Review review;
  const NodeIndex number = cursor.take(NodeKind::number);
  (void)cursor.take_word(Keyword::of_these);
  const auto names = cursor.take_all(NodeKind::name);
  resolve_all(context, NameKind::role, names, review.by);
  review.approvals = approvals_of(context, number, names.size());
  review.line = context.line(clause);
  if (cursor.take_word(Keyword::within)) {
    review.within = duration_of(context, cursor.take(NodeKind::duration));
  }
  if (cursor.take_word(Keyword::may_return)) {
    review.returns_max = take_times(context, cursor);
  }
  step.review = std::move(review);
}

void lower_hold(Context& context, NodeIndex clause, model::Step& step) {
  const auto at_most = duration_of(context, context.tree.child(clause, NodeKind::duration));
  if (at_most) {
    step.hold = model::Hold{*at_most, text_of(context, context.tree.child(clause, NodeKind::text))};
  }
}

void lower_repeat(Context& context, NodeIndex clause, model::Step& step) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::repeat_until);
  model::Repeat repeat;
  repeat.until = lower_condition(context, cursor.take(NodeKind::condition), ConditionPlace::guard);
  repeat.times_max = take_times(context, cursor);
  if (cursor.take_word(Keyword::every)) {
    repeat.every = duration_of(context, cursor.take(NodeKind::duration));
  }
  step.repeat = std::move(repeat);
}

void lower_responsible(Context& context, NodeIndex clause, model::Step& step) {
  const NodeIndex name = context.tree.child(clause, NodeKind::name);
  if (!step.responsible.known()) {
    step.responsible = resolve_as<model::RoleId>(context, NameKind::role, name);
    step.responsible_line = context.line(clause);
  }
}

// Lines that are one word and a list of names.
bool lower_names(Context& context, NodeIndex clause, model::Step& step) {
  const Keyword word = context.tree[clause].word;
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(word);
  const std::vector<NodeIndex> names = cursor.take_all(NodeKind::name);
  switch (static_cast<int>(word)) {
    case static_cast<int>(Keyword::with):
      resolve_all(context, NameKind::role, names, step.with);
      return true;
    case static_cast<int>(Keyword::informs):
      resolve_all(context, NameKind::role, names, step.informs);
      return true;
    case static_cast<int>(Keyword::addresses):
      resolve_all(context, NameKind::need, names, step.addresses);
      return true;
    case static_cast<int>(Keyword::requires_consent):
      resolve_all(context, NameKind::consent, names, step.requires_consents);
      return true;
    case static_cast<int>(Keyword::records):
      resolve_all(context, NameKind::information, names, step.records);
      return true;
    default:
      return false;
  }
}

void lower_step_clause(Context& context, NodeIndex clause, model::Step& step) {
  const Tree& tree = context.tree;
  const NodeIndex condition = tree.child(clause, NodeKind::condition);
  const NodeIndex duration = tree.child(clause, NodeKind::duration);
  switch (static_cast<int>(tree[clause].word)) {
    case static_cast<int>(Keyword::after):
      step.after = lower_condition(context, condition, ConditionPlace::after);
      break;
    case static_cast<int>(Keyword::when):
      step.when = lower_condition(context, condition, ConditionPlace::guard);
      break;
    case static_cast<int>(Keyword::unless):
      step.unless = lower_condition(context, condition, ConditionPlace::after);
      break;
    case static_cast<int>(Keyword::repeat_until):
      lower_repeat(context, clause, step);
      break;
    case static_cast<int>(Keyword::through):
      step.through = resolve_as<model::SessionId>(
          context, NameKind::session, tree.child(clause, NodeKind::name));
      break;
    case static_cast<int>(Keyword::responsible):
      lower_responsible(context, clause, step);
      break;
    case static_cast<int>(Keyword::asks_consent):
      step.asks_consent = resolve_as<model::ConsentId>(
          context, NameKind::consent, tree.child(clause, NodeKind::name));
      break;
    case static_cast<int>(Keyword::accept_within):
      step.accept_within = duration_of(context, duration);
      break;
    case static_cast<int>(Keyword::within):
      lower_within(context, clause, step);
      break;
    case static_cast<int>(Keyword::remind):
      if (const auto before = duration_of(context, duration)) {
        step.remind_before.push_back(*before);
      }
      break;
    case static_cast<int>(Keyword::if_late):
    case static_cast<int>(Keyword::if_late_by):
      lower_late(context, clause, &step, step.late);
      break;
    case static_cast<int>(Keyword::may_be_held):
      lower_hold(context, clause, step);
      break;
    case static_cast<int>(Keyword::review_by):
      lower_review(context, clause, step);
      break;
    case static_cast<int>(Keyword::guidance):
      step.guidance = text_of(context, tree.child(clause, NodeKind::text));
      break;
    default:
      (void)lower_names(context, clause, step);
  }
}

model::OutcomeId settled_as(Context& context, const model::Step* step, NodeIndex leaf) {
  if (step == nullptr || leaf == kNoNode) {
    return {};
  }
  const auto id = static_cast<std::uint16_t>(step - context.protocol.steps.data());
  return resolve_outcome(context, model::StepId{id}, leaf);
}

}  // namespace

void lower_outcomes(Context& context, NodeIndex at, model::Step& step) {
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    if (context.tree[clause].word == Keyword::outcome) {
      step.outcomes.push_back(lower_outcome(context, clause));
    }
  }
  if (step.outcomes.empty()) {
    step.outcomes.push_back({.name = std::string(kDone),
                             .title = {},
                             .reopens = {},
                             .reopens_max = 0,
                             .ends_case = {}});
  }
}

void lower_step(Context& context, NodeIndex at, model::Step& step) {
  step.translations = translations_of(context, at);
  std::size_t outcome = 0;
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    if (context.tree[clause].word == Keyword::outcome) {
      lower_outcome_effect(context, clause, step.outcomes[outcome++]);
    } else {
      lower_step_clause(context, clause, step);
    }
  }
}

void lower_late(Context& context,
                NodeIndex clause,
                const model::Step* step,
                std::vector<model::LateRule>& rules) {
  Cursor cursor(context.tree, clause);
  (void)(cursor.take_word(Keyword::if_late) || cursor.take_word(Keyword::if_late_by));
  model::LateRule rule;
  rule.by = duration_of(context, cursor.take(NodeKind::duration));
  if (cursor.take_word(Keyword::settle_as)) {
    rule.action = model::LateAction::settle;
    rule.outcome = settled_as(context, step, cursor.take(NodeKind::name));
    rules.push_back(rule);
    return;
  }
  rule.action = cursor.take_word(Keyword::escalate_to) ? model::LateAction::escalate
                                                       : model::LateAction::tell;
  (void)cursor.take_word(Keyword::tell);
  for (const NodeIndex leaf : cursor.take_all(NodeKind::name)) {
    rule.role = resolve_as<model::RoleId>(context, NameKind::role, leaf);
    rules.push_back(rule);
  }
}

}  // namespace protoflow::dsl
