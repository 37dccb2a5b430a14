#include <algorithm>

#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kDayMax = 100'000;

using model::ExampleVerb;

struct VerbRow {
  Keyword word;
  ExampleVerb verb;
};

constexpr VerbRow kVerbs[] = {
    {Keyword::opened, ExampleVerb::open},
    {Keyword::nothing, ExampleVerb::nothing},
    {Keyword::takes, ExampleVerb::take},
    {Keyword::declines, ExampleVerb::decline},
    {Keyword::completes, ExampleVerb::complete},
    {Keyword::holds, ExampleVerb::hold},
    {Keyword::resumes, ExampleVerb::resume},
    {Keyword::approves, ExampleVerb::approve},
    {Keyword::returns, ExampleVerb::give_back},
    {Keyword::proposes, ExampleVerb::refer},
    {Keyword::accepts, ExampleVerb::refer_accept},
    {Keyword::ends_case_as, ExampleVerb::close},
    {Keyword::is_offered, ExampleVerb::expect_offered},
    {Keyword::is_waiting, ExampleVerb::expect_waiting},
    {Keyword::is_taken, ExampleVerb::expect_taken},
    {Keyword::is_held, ExampleVerb::expect_held},
    {Keyword::is_in_review, ExampleVerb::expect_in_review},
    {Keyword::is_done, ExampleVerb::expect_done},
    {Keyword::is, ExampleVerb::expect_outcome},
    {Keyword::is_not_needed, ExampleVerb::expect_not_needed},
    {Keyword::is_withdrawn, ExampleVerb::expect_withdrawn},
    {Keyword::is_late, ExampleVerb::expect_late},
    {Keyword::is_escalated_to, ExampleVerb::expect_escalated},
    {Keyword::was_told, ExampleVerb::expect_told},
    {Keyword::closed_as, ExampleVerb::expect_closed},
};

ExampleVerb verb_of(Keyword word) {
  const auto* row =
      std::find_if(std::begin(kVerbs), std::end(kVerbs), [word](const VerbRow& candidate) {
        return candidate.word == word;
      });
  return row == std::end(kVerbs) ? ExampleVerb::nothing : row->verb;
}

// `french-level A2`, or a consent and its answer.
void lower_recorded(Context& context, NodeIndex node, model::ExampleLine& line) {
  Cursor cursor(context.tree, node);
  const NodeIndex leaf = cursor.take(NodeKind::name);
  const NodeIndex said = cursor.next();
  if (said == kNoNode) {
    return;
  }
  const std::string name = name_of(context.tree, leaf, context.source.text());
  if (const auto consent = context.names.find(NameKind::consent, name)) {
    const Keyword word = context.tree[said].word;
    const bool answered = word == Keyword::yes || word == Keyword::no;
    if (answered) {
      line.consents.push_back({model::ConsentId{*consent}, word == Keyword::yes});
      return;
    }
    const bool french = context.language() == model::Language::french;
    report_with(context,
                {.code = Code::not_this_value,
                 .span = context.tree[said].span(),
                 .second = context.names.of(NameKind::consent)[*consent].span,
                 .parameters = {std::string(context.text(said)),
                                name,
                                french ? "« oui » ou « non »" : "“yes” or “no”"},
                 .suggestion = {}});
    return;
  }
  const auto information = resolve_as<model::InformationId>(context, NameKind::information, leaf);
  if (information.known()) {
    if (auto value = lower_value(context, information, said)) {
      line.values.push_back({information, std::move(*value)});
    }
  }
}

void lower_completes(Context& context, Cursor& cursor, model::ExampleLine& line) {
  line.step = resolve_as<model::StepId>(context, NameKind::step, cursor.take(NodeKind::name));
  if (cursor.take_word(Keyword::as_outcome)) {
    const NodeIndex outcome = cursor.take(NodeKind::name);
    if (line.step.known() && outcome != kNoNode) {
      line.outcome = resolve_outcome(context, line.step, outcome);
    }
  }
  const bool one_outcome = line.step.known() && context.protocol[line.step].outcomes.size() == 1;
  if (line.verb == ExampleVerb::complete && !line.outcome.known() && one_outcome) {
    line.outcome = model::OutcomeId{0};
  }
  if (cursor.take_word(Keyword::with)) {
    for (const NodeIndex node : cursor.take_all(NodeKind::recorded)) {
      lower_recorded(context, node, line);
    }
  }
}

// The actor of a decline or an acceptance is a partner when what follows is a role.
bool is_role(Context& context, NodeIndex leaf) {
  const std::string name = name_of(context.tree, leaf, context.source.text());
  return !context.names.find(NameKind::step, name) && context.names.find(NameKind::role, name);
}

void lower_partner_answer(Context& context,
                          NodeIndex actor,
                          NodeIndex target,
                          model::ExampleLine& line) {
  line.partner = resolve_as<model::PartnerId>(context, NameKind::partner, actor);
  line.target = resolve_as<model::RoleId>(context, NameKind::role, target);
}

// After `day N`: who does what.
void lower_action(Context& context, Cursor& cursor, model::ExampleLine& line) {
  const NodeIndex actor = cursor.take(NodeKind::name);
  const NodeIndex verb = cursor.take(NodeKind::keyword);
  if (verb == kNoNode) {
    return;
  }
  line.verb = verb_of(context.tree[verb].word);
  const NodeIndex object = cursor.next();
  if (actor == kNoNode || object == kNoNode) {
    return;
  }
  const bool to_partner = line.verb == ExampleVerb::refer_accept ||
                          (line.verb == ExampleVerb::decline && is_role(context, object));
  if (to_partner) {
    line.verb = line.verb == ExampleVerb::decline ? ExampleVerb::refer_decline : line.verb;
    lower_partner_answer(context, actor, cursor.take(NodeKind::name), line);
  } else if (line.verb == ExampleVerb::refer) {
    line.role = resolve_as<model::RoleId>(context, NameKind::role, actor);
    line.target = resolve_as<model::RoleId>(context, NameKind::role, cursor.take(NodeKind::name));
    (void)cursor.take_word(Keyword::to);
    line.partner =
        resolve_as<model::PartnerId>(context, NameKind::partner, cursor.take(NodeKind::name));
  } else if (line.verb == ExampleVerb::close) {
    line.role = resolve_as<model::RoleId>(context, NameKind::role, actor);
    line.ending =
        resolve_as<model::EndingId>(context, NameKind::ending, cursor.take(NodeKind::name));
  } else {
    line.role = resolve_as<model::RoleId>(context, NameKind::role, actor);
    lower_completes(context, cursor, line);
  }
  line.reason = text_of(context, cursor.take(NodeKind::text));
}

model::ExampleLine lower_expectation(Context& context, NodeIndex node) {
  Cursor cursor(context.tree, node);
  model::ExampleLine line;
  const NodeIndex subject = cursor.take(NodeKind::name);
  const NodeIndex verb = cursor.take(NodeKind::keyword);
  const NodeIndex written = verb == kNoNode ? subject : verb;
  line.verb = verb_of(context.tree[written].word);
  if (verb == kNoNode) {
    return line;
  }
  if (line.verb == ExampleVerb::expect_closed) {
    line.ending =
        resolve_as<model::EndingId>(context, NameKind::ending, cursor.take(NodeKind::name));
    return line;
  }
  if (line.verb == ExampleVerb::expect_told) {
    line.role = resolve_as<model::RoleId>(context, NameKind::role, subject);
    (void)cursor.take_word(Keyword::told_about);
    line.step = resolve_as<model::StepId>(context, NameKind::step, cursor.take(NodeKind::name));
    return line;
  }
  line.step = resolve_as<model::StepId>(context, NameKind::step, subject);
  (void)cursor.take_word(Keyword::to);
  const NodeIndex object = cursor.take(NodeKind::name);
  if (line.verb == ExampleVerb::expect_outcome) {
    const bool known = line.step.known() && object != kNoNode;
    line.outcome = known ? resolve_outcome(context, line.step, object) : model::OutcomeId{};
  } else {
    line.role = resolve_as<model::RoleId>(context, NameKind::role, object);
  }
  return line;
}

void lower_expect(Context& context, NodeIndex clause, model::Example& example) {
  bool second = false;
  const std::int32_t day = example.lines.empty() ? 0 : example.lines.back().day;
  for (const NodeIndex child : context.tree.children(clause)) {
    if (context.tree[child].kind != NodeKind::expectation) {
      continue;
    }
    model::ExampleLine line = lower_expectation(context, child);
    line.day = day;
    line.line = context.line(clause);
    line.same_line_as_before = second;
    example.lines.push_back(std::move(line));
    second = true;
  }
}

void lower_day(Context& context, NodeIndex clause, model::Example& example) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::day);
  model::ExampleLine line;
  const auto day = whole_number(context, cursor.take(NodeKind::number), {0, kDayMax});
  line.day = static_cast<std::int32_t>(day.value_or(0));
  line.line = context.line(clause);
  lower_action(context, cursor, line);
  example.lines.push_back(std::move(line));
}

}  // namespace

model::Example lower_example(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Example example;
  example.name = std::move(heading.name);
  example.title = std::move(heading.title);
  example.translations = translations_of(context, at);
  example.line = context.line(at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    if (context.tree[clause].word == Keyword::day) {
      lower_day(context, clause, example);
    } else if (context.tree[clause].word == Keyword::expect) {
      lower_expect(context, clause, example);
    }
  }
  return example;
}

}  // namespace protoflow::dsl
