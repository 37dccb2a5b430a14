// A guard speaks only of what an earlier step records or asks.
#include <algorithm>
#include <set>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

using Steps = std::vector<std::uint16_t>;

Steps recorders_of(const model::Protocol& protocol, model::InformationId information) {
  Steps steps;
  for (std::size_t i = 0; i < protocol.steps.size(); ++i) {
    const auto& records = protocol.steps[i].records;
    if (std::find(records.begin(), records.end(), information) != records.end()) {
      steps.push_back(static_cast<std::uint16_t>(i));
    }
  }
  return steps;
}

bool is_asked(const model::Protocol& protocol, model::ConsentId consent) {
  return std::any_of(protocol.steps.begin(),
                     protocol.steps.end(),
                     [consent](const model::Step& step) { return step.asks_consent == consent; });
}

// True when `step` is `from` or has to wait for it, directly or not.
bool waits_for(const model::Protocol& protocol, std::uint16_t step, std::uint16_t from) {
  std::vector<bool> seen(protocol.steps.size(), false);
  Steps open{step};
  while (!open.empty()) {
    const std::uint16_t at = open.back();
    open.pop_back();
    if (at == from) {
      return true;
    }
    for (const std::uint16_t other : awaited_steps(protocol.steps[at])) {
      if (!seen[other]) {
        seen[other] = true;
        open.push_back(other);
      }
    }
  }
  return false;
}

// Steps that wait for one another have had their message.
bool in_circles(const Asked& asked) {
  return std::any_of(
      asked.diagnostics.begin(), asked.diagnostics.end(), [](const Diagnostic& told) {
        return told.code == Code::conditions_in_circle;
      });
}

void ask_information(const Asked& asked,
                     NodeIndex clause,
                     model::InformationId id,
                     const std::uint16_t* step) {
  const Declared& information = declared(asked, NameKind::information, id.value);
  const Span place = place_of_name(asked, clause, information.name);
  const Steps recorders = recorders_of(asked.protocol, id);
  if (recorders.empty() && may_be_named(asked, information)) {
    return;
  }
  if (recorders.empty()) {
    tell_two(asked, Code::never_recorded, place, information.span, {information.name});
    return;
  }
  const bool too_late =
      step != nullptr && !in_circles(asked) &&
      std::all_of(recorders.begin(), recorders.end(), [&](std::uint16_t recorder) {
        return waits_for(asked.protocol, recorder, *step);
      });
  if (too_late) {
    const Span recorder = declared(asked, NameKind::step, recorders.front()).span;
    tell_two(asked,
             Code::recorded_too_late,
             place,
             recorder,
             {information.name, asked.protocol.steps[*step].name});
  }
}

void ask_consent(const Asked& asked, NodeIndex clause, model::ConsentId id) {
  const Declared& consent = declared(asked, NameKind::consent, id.value);
  if (!is_asked(asked.protocol, id) && !may_be_named(asked, consent)) {
    const Span place = place_of_name(asked, clause, consent.name);
    tell_two(asked, Code::consent_never_asked, place, consent.span, {consent.name});
  }
}

// Every information and consent that a line's condition speaks of, once.
void ask_condition(const Asked& asked,
                   NodeIndex clause,
                   const model::Condition& condition,
                   const std::uint16_t* step) {
  std::set<std::pair<bool, std::uint16_t>> seen;
  for (const model::ConditionNode& node : condition.nodes) {
    const bool information =
        node.op == model::Op::information || node.op == model::Op::information_known;
    const bool consent = node.op == model::Op::consent_given;
    if (!(information || consent) || !seen.emplace(consent, node.subject).second) {
      continue;
    }
    if (consent) {
      ask_consent(asked, clause, model::ConsentId{node.subject});
    } else {
      ask_information(asked, clause, model::InformationId{node.subject}, step);
    }
  }
}

void ask_step(const Asked& asked, std::uint16_t id) {
  const model::Step& step = asked.protocol.steps[id];
  std::size_t deadline = 0;
  for (const NodeIndex clause : clauses_in(asked.tree, declared(asked, NameKind::step, id).node)) {
    const Keyword word = asked.tree[clause].word;
    if (word == Keyword::when) {
      ask_condition(asked, clause, step.when, &id);
    } else if (word == Keyword::within && deadline < step.deadlines.size()) {
      ask_condition(asked, clause, step.deadlines[deadline++].when, nullptr);
    } else if (word == Keyword::requires_consent) {
      for (const model::ConsentId consent : step.requires_consents) {
        ask_consent(asked, clause, consent);
      }
    }
  }
}

}  // namespace

void ask_recorded(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    ask_step(asked, static_cast<std::uint16_t>(i));
  }
  for (std::size_t i = 0; i < asked.protocol.endings.size(); ++i) {
    const NodeIndex clause =
        clause_of(asked, declared(asked, NameKind::ending, i).node, Keyword::when);
    if (clause != kNoNode) {
      ask_condition(asked, clause, asked.protocol.endings[i].when, nullptr);
    }
  }
}

}  // namespace protoflow::dsl
