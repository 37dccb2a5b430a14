// An example is a story that can be told: opened first, in the order of the days, with what its
// steps record.
#include <algorithm>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

std::string outcomes_of(const model::Step& step) {
  std::string list;
  for (const model::Outcome& outcome : step.outcomes) {
    list += (list.empty() ? "" : ", ") + outcome.name;
  }
  return list;
}

Span span_of(const Asked& asked, model::StepId step) {
  return declared(asked, NameKind::step, step.value).span;
}

void tell_not_recorded(const Asked& asked,
                       NodeIndex clause,
                       model::StepId step,
                       const std::string& name,
                       Keyword word) {
  tell_two(asked,
           Code::not_recorded_here,
           place_of_name(asked, clause, name),
           span_of(asked, step),
           {name, asked.protocol[step].name, std::string(asked.words.canonical(word))});
}

void ask_completion(const Asked& asked, NodeIndex clause, const model::ExampleLine& line) {
  if (!line.step.known() || unreadable(asked, declared(asked, NameKind::step, line.step.value))) {
    return;
  }
  const model::Step& step = asked.protocol[line.step];
  const bool said = asked.tree.child(clause, NodeKind::keyword, Keyword::as_outcome) != kNoNode;
  if (!said && step.outcomes.size() > 1) {
    tell_two(asked,
             Code::which_outcome,
             asked.tree[clause].span(),
             span_of(asked, line.step),
             {step.name, outcomes_of(step)});
  }
  for (const model::RecordedValue& value : line.values) {
    const bool recorded = std::find(step.records.begin(), step.records.end(), value.information) !=
                          step.records.end();
    const auto& information = declared(asked, NameKind::information, value.information.value);
    if (!recorded && !may_be_named(asked, information)) {
      tell_not_recorded(
          asked, clause, line.step, asked.protocol[value.information].name, Keyword::records);
    }
  }
  for (const model::RecordedConsent& answer : line.consents) {
    if (step.asks_consent != answer.consent) {
      tell_not_recorded(
          asked, clause, line.step, asked.protocol[answer.consent].name, Keyword::asks_consent);
    }
  }
}

// The lines `day N …` of an example beside what they were lowered to.
void ask_days(const Asked& asked, const Declared& one, const model::Example& example) {
  auto line = example.lines.begin();
  NodeIndex last = kNoNode;
  std::int32_t last_day = 0;
  for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
    if (asked.tree[clause].word != Keyword::day) {
      continue;
    }
    const std::uint32_t number = asked.source.line_of(asked.tree[clause].begin);
    line = std::find_if(line, example.lines.end(), [&](const model::ExampleLine& lowered) {
      return lowered.line == number && lowered.verb < model::ExampleVerb::expect_offered;
    });
    if (line == example.lines.end()) {
      return;
    }
    if (last != kNoNode && line->day < last_day) {
      tell_two(asked,
               Code::days_go_back,
               asked.tree[clause].span(),
               asked.tree[last].span(),
               {std::to_string(line->day), std::to_string(last_day)});
    }
    if (line->verb == model::ExampleVerb::complete) {
      ask_completion(asked, clause, *line);
    }
    last = clause;
    last_day = line->day;
  }
}

}  // namespace

void ask_examples(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.examples.size(); ++i) {
    const model::Example& example = asked.protocol.examples[i];
    const Declared& one = declared(asked, NameKind::example, i);
    if (unreadable(asked, one)) {
      continue;
    }
    if (example.lines.empty() || example.lines.front().verb != model::ExampleVerb::open) {
      tell(asked, Code::example_not_opened, one.span, {one.name});
    }
    ask_days(asked, one, example);
  }
}

}  // namespace protoflow::dsl
