// Nothing is declared of a person for nothing: each information is recorded, each consent serves.
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

struct Used {
  std::vector<bool> informations, consents;
};

void look_at(Used& used, const model::Condition& condition) {
  for (const model::ConditionNode& node : condition.nodes) {
    if (node.op == model::Op::consent_given) {
      used.consents[node.subject] = true;
    } else if (node.op == model::Op::information || node.op == model::Op::information_known) {
      used.informations[node.subject] = true;
    }
  }
}

void look_at(Used& used, const model::Step& step) {
  for (const model::Condition* condition : {&step.after, &step.when, &step.unless}) {
    look_at(used, *condition);
  }
  for (const model::Deadline& deadline : step.deadlines) {
    look_at(used, deadline.when);
  }
  if (step.repeat) {
    look_at(used, step.repeat->until);
  }
  for (const model::InformationId information : step.records) {
    used.informations[information.value] = true;
  }
  for (const model::ConsentId consent : step.requires_consents) {
    used.consents[consent.value] = true;
  }
}

// A consent that is asked and covers what roles see serves, whatever waits for it.
void look_at_cover(Used& used, const model::Protocol& protocol) {
  std::vector<bool> asked_for(protocol.consents.size(), false);
  for (const model::Step& step : protocol.steps) {
    if (step.asks_consent.known()) {
      asked_for[step.asks_consent.value] = true;
    }
  }
  for (std::size_t i = 0; i < protocol.consents.size(); ++i) {
    if (asked_for[i] && !protocol.consents[i].covers.empty()) {
      used.consents[i] = true;
    }
  }
}

Used used_in(const model::Protocol& protocol) {
  Used used{std::vector<bool>(protocol.informations.size(), false),
            std::vector<bool>(protocol.consents.size(), false)};
  for (const model::Step& step : protocol.steps) {
    look_at(used, step);
  }
  for (const model::Ending& ending : protocol.endings) {
    look_at(used, ending.when);
  }
  look_at_cover(used, protocol);
  return used;
}

void tell_unused(const Asked& asked, NameKind kind, Code code, const std::vector<bool>& used) {
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Declared& one = declared(asked, kind, i);
    if (!used[i] && !unreadable(asked, one)) {
      tell(asked, code, one.span, {one.name});
    }
  }
}

}  // namespace

void ask_unused_data(const Asked& asked) {
  if (asked.unread.anything || doubted_by(asked, "124689")) {
    return;
  }
  const Used used = used_in(asked.protocol);
  tell_unused(asked, NameKind::information, Code::information_unused, used.informations);
  tell_unused(asked, NameKind::consent, Code::consent_unused, used.consents);
}

}  // namespace protoflow::dsl
