// A guard speaks only of what an earlier step records or asks.
#include <algorithm>
#include <set>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// Who records what, and what is asked, looked up once.
struct Sources {
  const Asked& asked;
  std::vector<std::uint16_t> recorder;  // by information: the first step that records it
  BitTable too_late_for;  // by information: the steps that every step recording it comes after
  std::vector<bool> consents_asked;
};

constexpr std::uint16_t kNobody = 0xFFFF;

// Leaves of what an information is too late for only what `step` is or comes after.
void keep_before(Sources& sources, model::InformationId information, std::uint16_t step) {
  const auto row = sources.too_late_for.row(information.value);
  const bool itself = sources.too_late_for.test(information.value, step);
  const bool first = sources.recorder[information.value] == kNobody;
  const auto before = sources.asked.order.before(step);
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = first ? before[i] : row[i] & before[i];
  }
  if (first || itself) {
    sources.too_late_for.set(information.value, step);
  }
}

Sources sources_of(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  Sources sources{asked,
                  std::vector<std::uint16_t>(protocol.informations.size(), kNobody),
                  BitTable(protocol.informations.size(), protocol.steps.size()),
                  std::vector<bool>(protocol.consents.size(), false)};
  for (const std::uint16_t i : places_in(protocol.steps)) {
    const model::Step& step = protocol.steps[i];
    for (const model::InformationId information : step.records) {
      if (asked.order.known()) {
        keep_before(sources, information, i);
      }
      std::uint16_t& recorder = sources.recorder[information.value];
      recorder = recorder == kNobody ? i : recorder;
    }
    if (step.asks_consent.known()) {
      sources.consents_asked[step.asks_consent.value] = true;
    }
  }
  return sources;
}

void ask_information(const Sources& sources,
                     NodeIndex clause,
                     model::InformationId id,
                     const std::uint16_t* step) {
  const Asked& asked = sources.asked;
  const Declared& information = declared(asked, NameKind::information, id.value);
  const std::uint16_t recorder = sources.recorder[id.value];
  if (recorder == kNobody && may_be_named(asked, information)) {
    return;
  }
  if (recorder == kNobody) {
    tell_two(asked,
             Code::never_recorded,
             place_of_name(asked, clause, information.name),
             information.span,
             {information.name});
    return;
  }
  const bool too_late = step != nullptr && sources.too_late_for.test(id.value, *step);
  if (too_late) {
    tell_two(asked,
             Code::recorded_too_late,
             place_of_name(asked, clause, information.name),
             declared(asked, NameKind::step, recorder).span,
             {information.name, asked.protocol.steps[*step].name});
  }
}

void ask_consent(const Sources& sources, NodeIndex clause, model::ConsentId id) {
  const Asked& asked = sources.asked;
  const Declared& consent = declared(asked, NameKind::consent, id.value);
  if (!sources.consents_asked[id.value] && !may_be_named(asked, consent)) {
    const Span place = place_of_name(asked, clause, consent.name);
    tell_two(asked, Code::consent_never_asked, place, consent.span, {consent.name});
  }
}

// Every information and consent that a line's condition speaks of, once.
void ask_condition(const Sources& sources,
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
      ask_consent(sources, clause, model::ConsentId{node.subject});
    } else {
      ask_information(sources, clause, model::InformationId{node.subject}, step);
    }
  }
}

void ask_step(const Sources& sources, std::uint16_t id) {
  const Asked& asked = sources.asked;
  const model::Step& step = asked.protocol.steps[id];
  std::size_t deadline = 0;
  for (const NodeIndex clause : clauses_in(asked.tree, declared(asked, NameKind::step, id).node)) {
    const Keyword word = asked.tree[clause].word;
    if (word == Keyword::when) {
      ask_condition(sources, clause, step.when, &id);
    } else if (word == Keyword::within && deadline < step.deadlines.size()) {
      ask_condition(sources, clause, step.deadlines[deadline++].when, nullptr);
    } else if (word == Keyword::repeat_until && step.repeat) {
      ask_condition(sources, clause, step.repeat->until, nullptr);
    } else if (word == Keyword::requires_consent) {
      const std::set<model::ConsentId> consents(step.requires_consents.begin(),
                                                step.requires_consents.end());
      for (const model::ConsentId consent : consents) {
        ask_consent(sources, clause, consent);
      }
    }
  }
}

}  // namespace

void ask_recorded(const Asked& asked) {
  const Sources sources = sources_of(asked);
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    ask_step(sources, static_cast<std::uint16_t>(i));
  }
  for (std::size_t i = 0; i < asked.protocol.endings.size(); ++i) {
    const NodeIndex clause =
        clause_of(asked, declared(asked, NameKind::ending, i).node, Keyword::when);
    if (clause != kNoNode) {
      ask_condition(sources, clause, asked.protocol.endings[i].when, nullptr);
    }
  }
}

}  // namespace protoflow::dsl
