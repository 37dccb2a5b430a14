// A step starts again a number of times, until something that can change meanwhile.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// Which steps record an information, and which ask a consent.
struct Changes {
  const Asked& asked;
  BitTable recorders, askers;
};

Changes changes_of(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  Changes changes{asked,
                  BitTable(protocol.informations.size(), protocol.steps.size()),
                  BitTable(protocol.consents.size(), protocol.steps.size())};
  for (const std::uint16_t i : places_in(protocol.steps)) {
    for (const model::InformationId information : protocol.steps[i].records) {
      changes.recorders.set(information.value, i);
    }
    if (protocol.steps[i].asks_consent.known()) {
      changes.askers.set(protocol.steps[i].asks_consent.value, i);
    }
  }
  return changes;
}

// True when one of the sources may still speak while `step` repeats: it has not settled before.
bool one_speaks_meanwhile(const Changes& changes,
                          std::uint16_t step,
                          std::span<const BitTable::Word> sources) {
  const auto before = changes.asked.order.before(step);
  bool some = false;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    some = some || sources[i] != 0;
    if ((sources[i] & ~before[i]) != 0) {
      return true;
    }
  }
  return !some;  // that nobody speaks of it has its own message
}

bool may_change(const Changes& changes, std::uint16_t step, const model::ConditionNode& node) {
  if (about_a_step(node.op)) {
    return !changes.asked.order.opens_after(step, node.subject);
  }
  if (node.op == model::Op::consent_given) {
    return one_speaks_meanwhile(changes, step, changes.askers.row(node.subject));
  }
  const bool information =
      node.op == model::Op::information || node.op == model::Op::information_known;
  return information && one_speaks_meanwhile(changes, step, changes.recorders.row(node.subject));
}

void ask_step(const Changes& changes, std::uint16_t id, const model::Repeat& repeat) {
  const Asked& asked = changes.asked;
  const model::Step& step = asked.protocol.steps[id];
  const Declared& one = declared(asked, NameKind::step, id);
  const NodeIndex clause = clause_of(asked, one.node, Keyword::repeat_until);
  if (clause == kNoNode || asked.tree.broken(clause)) {
    return;
  }
  if (asked.tree.child(clause, NodeKind::keyword, Keyword::at_most) == kNoNode) {
    tell(asked, Code::starts_again_without_number, asked.tree[clause + 1].span(), {step.name});
  }
  if (!asked.order.known()) {
    return;
  }
  const auto& nodes = repeat.until.nodes;
  const bool changing =
      nodes.empty() || std::any_of(nodes.begin(), nodes.end(), [&](const auto& node) {
        return may_change(changes, id, node);
      });
  const NodeIndex condition = asked.tree.child(clause, NodeKind::condition);
  if (!changing && condition != kNoNode) {
    const Span place = asked.tree[condition].span();
    tell_two(asked,
             Code::repeat_changes_nothing,
             place,
             one.span,
             {std::string(asked.source.text(place)), step.name});
  }
}

}  // namespace

void ask_repeats(const Asked& asked) {
  if (asked.unread.anything) {
    return;  // the line that records or asks may be the broken one
  }
  const Changes changes = changes_of(asked);
  for (const std::uint16_t i : places_in(asked.protocol.steps)) {
    if (const auto& repeat = asked.protocol.steps[i].repeat) {
      ask_step(changes, i, *repeat);
    }
  }
}

}  // namespace protoflow::dsl
