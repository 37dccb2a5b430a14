// Every deadline reaches somebody other than whoever is late.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

struct Timed {
  const Declared& declaration;
  const std::string& name;
  model::RoleId responsible;
  const std::vector<model::LateRule>& late;
};

bool reaches_somebody(const model::LateRule& rule, model::RoleId responsible) {
  return rule.action == model::LateAction::settle || rule.role != responsible;
}

void ask_one(const Asked& asked, const Timed& timed) {
  const NodeIndex within = clause_of(asked, timed.declaration.node, Keyword::within);
  const bool due = within != kNoNode;
  if (unreadable(asked, timed.declaration)) {
    return;
  }
  if (due && timed.late.empty()) {
    tell(asked, Code::deadline_tells_nobody, asked.tree[within].span(), {timed.name});
  }
  NodeIndex late = clause_of(asked, timed.declaration.node, Keyword::if_late);
  late = late == kNoNode ? clause_of(asked, timed.declaration.node, Keyword::if_late_by) : late;
  if (late == kNoNode) {
    return;
  }
  if (!due) {
    tell(asked, Code::late_without_deadline, asked.tree[late].span(), {timed.name});
    return;
  }
  const bool heard =
      std::any_of(timed.late.begin(), timed.late.end(), [&](const model::LateRule& rule) {
        return reaches_somebody(rule, timed.responsible);
      });
  if (!heard && timed.responsible.known()) {
    const std::string& role = asked.protocol[timed.responsible].name;
    const NodeIndex responsible = clause_of(asked, timed.declaration.node, Keyword::responsible);
    tell_two(asked,
             Code::deadline_tells_late_role,
             asked.tree[late].span(),
             asked.tree[responsible].span(),
             {timed.name, role});
  }
}

}  // namespace

void ask_deadlines(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    const model::Step& step = asked.protocol.steps[i];
    const Declared& one = declared(asked, NameKind::step, i);
    ask_one(asked, {one, step.name, step.responsible, step.late});
    const NodeIndex remind = clause_of(asked, one.node, Keyword::remind);
    const bool due = clause_of(asked, one.node, Keyword::within) != kNoNode;
    if (remind != kNoNode && !due && !unreadable(asked, one)) {
      tell(asked, Code::remind_without_deadline, asked.tree[remind].span(), {step.name});
    }
  }
  for (std::size_t i = 0; i < asked.protocol.routines.size(); ++i) {
    const model::Routine& routine = asked.protocol.routines[i];
    const Declared& one = declared(asked, NameKind::routine, i);
    ask_one(asked, {one, routine.name, routine.responsible, routine.late});
  }
}

}  // namespace protoflow::dsl
