// Routines and endings.
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kScaleMax = 100;

void lower_every(Context& context, NodeIndex clause, model::Routine& routine) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::every);
  routine.every = duration_of(context, cursor.take(NodeKind::duration)).value_or(model::Duration{});
  if (cursor.take_word(Keyword::for_duration)) {
    routine.for_first = duration_of(context, cursor.take(NodeKind::duration));
  }
  if (cursor.take_word(Keyword::then)) {
    (void)cursor.take_word(Keyword::every);
    routine.then_every = duration_of(context, cursor.take(NodeKind::duration));
  }
}

void lower_question(Context& context, NodeIndex clause, model::Routine& routine) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::asks);
  model::Question question;
  question.text = text_of(context, cursor.take(NodeKind::text));
  if (cursor.take_word(Keyword::scale)) {
    question.type = model::AnswerType::scale;
    const auto from = whole_number(context, cursor.take(NodeKind::number), {0, kScaleMax});
    (void)cursor.take_word(Keyword::to);
    const auto least = from.value_or(0) + 1;
    const auto to = whole_number(context, cursor.take(NodeKind::number), {least, kScaleMax + 1});
    question.from = static_cast<std::int32_t>(from.value_or(0));
    question.to = static_cast<std::int32_t>(to.value_or(least));
  } else if (cursor.take_word(Keyword::yes_or_no)) {
    question.type = model::AnswerType::yes_or_no;
  }
  routine.asks.push_back(std::move(question));
}

void lower_routine_clause(Context& context, NodeIndex clause, model::Routine& routine) {
  const Tree& tree = context.tree;
  const Keyword word = tree[clause].word;
  switch (static_cast<int>(word)) {
    case static_cast<int>(Keyword::for_exchange):
      routine.purpose = model::RoutinePurpose::exchange;
      break;
    case static_cast<int>(Keyword::for_feedback):
      routine.purpose = model::RoutinePurpose::feedback;
      break;
    case static_cast<int>(Keyword::for_evaluation):
      routine.purpose = model::RoutinePurpose::evaluation;
      break;
    case static_cast<int>(Keyword::every):
      lower_every(context, clause, routine);
      break;
    case static_cast<int>(Keyword::for_each_case):
      routine.for_each_case = true;
      break;
    case static_cast<int>(Keyword::responsible):
      routine.responsible =
          resolve_as<model::RoleId>(context, NameKind::role, tree.child(clause, NodeKind::name));
      break;
    case static_cast<int>(Keyword::with_all_partners):
      routine.with_all_partners = true;
      break;
    case static_cast<int>(Keyword::asks):
      lower_question(context, clause, routine);
      break;
    case static_cast<int>(Keyword::within):
      routine.within = duration_of(context, tree.child(clause, NodeKind::duration));
      break;
    case static_cast<int>(Keyword::with): {
      Cursor cursor(tree, clause);
      (void)cursor.take_word(Keyword::with);
      resolve_all(context, NameKind::role, cursor.take_all(NodeKind::name), routine.with);
      break;
    }
    case static_cast<int>(Keyword::remind):
      if (const auto before = duration_of(context, tree.child(clause, NodeKind::duration))) {
        routine.remind_before.push_back(*before);
      }
      break;
    case static_cast<int>(Keyword::translation):
      break;
    default:
      lower_late(context, clause, nullptr, routine.late);
  }
}

}  // namespace

model::Routine lower_routine(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Routine routine;
  routine.name = std::move(heading.name);
  routine.title = std::move(heading.title);
  routine.translations = translations_of(context, at);
  routine.line = context.line(at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    lower_routine_clause(context, clause, routine);
  }
  return routine;
}

model::Ending lower_ending(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  const Tree& tree = context.tree;
  model::Ending ending;
  ending.name = std::move(heading.name);
  ending.title = std::move(heading.title);
  ending.translations = translations_of(context, at);
  for (const NodeIndex clause : clauses_in(tree, at)) {
    const Keyword word = tree[clause].word;
    if (word == Keyword::when) {
      const NodeIndex condition = tree.child(clause, NodeKind::condition);
      ending.when = lower_condition(context, condition, ConditionPlace::ending);
      ending.has_condition = true;
    } else if (word == Keyword::immediately) {
      ending.immediately = true;
    } else if (word == Keyword::at_any_time_by) {
      ending.at_any_time_by =
          resolve_as<model::RoleId>(context, NameKind::role, tree.child(clause, NodeKind::name));
    } else if (word == Keyword::counts_as) {
      const bool success = tree.child(clause, NodeKind::keyword, Keyword::success) != kNoNode;
      const bool setback = tree.child(clause, NodeKind::keyword, Keyword::setback) != kNoNode;
      ending.counts_as = success   ? model::CountsAs::success
                         : setback ? model::CountsAs::setback
                                   : model::CountsAs::neutral;
    } else if (word == Keyword::follow_up) {
      ending.follow_ups.push_back(lower_follow_up(context, clause));
    }
  }
  return ending;
}

}  // namespace protoflow::dsl
