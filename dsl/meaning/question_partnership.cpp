// What a good partnership has: moments to meet, a step for every need, a part for everyone.
// Warnings only.
#include <algorithm>
#include <utility>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

bool has_routine(const model::Protocol& protocol, model::RoutinePurpose purpose) {
  return std::any_of(
      protocol.routines.begin(), protocol.routines.end(), [purpose](const model::Routine& routine) {
        return routine.purpose == purpose;
      });
}

void ask_routines(const Asked& asked) {
  const auto& routines = asked.names.of(NameKind::routine);
  const bool unsure =
      lacks_a_declaration(asked) ||
      std::ranges::any_of(
          asked.diagnostics,
          [](const Diagnostic& told) { return told.code == Code::doubled_clause; }) ||
      std::ranges::any_of(routines, [&](const Declared& one) { return unreadable(asked, one); });
  if (asked.names.protocols().empty() || unsure) {
    return;
  }
  const Span place = asked.tree[asked.names.protocols().front() + 1].span();
  const std::pair<model::RoutinePurpose, Code> wanted[] = {
      {model::RoutinePurpose::exchange, Code::no_exchange},
      {model::RoutinePurpose::feedback, Code::no_feedback},
      {model::RoutinePurpose::evaluation, Code::no_evaluation},
  };
  for (const auto& [purpose, code] : wanted) {
    if (!has_routine(asked.protocol, purpose)) {
      tell(asked, code, place, {});
    }
  }
}

// A name that means nothing here may have meant any of what is left unused.
bool names_are_lost(const Asked& asked) {
  return std::ranges::any_of(asked.diagnostics, [](const Diagnostic& told) {
    return told.code == Code::other_kind_of_name ||
           (told.code == Code::unknown_name && !told.second);
  });
}

// A step that speaks of being late without a deadline has had its message.
bool speaks_of_a_deadline(const Asked& asked, NodeIndex step) {
  return std::ranges::any_of(
      std::initializer_list<Keyword>{
          Keyword::within, Keyword::remind, Keyword::if_late, Keyword::if_late_by},
      [&](Keyword word) { return clause_of(asked, step, word) != kNoNode; });
}

// One warning for each declaration of `kind` that nothing uses.
void tell_unused(const Asked& asked, NameKind kind, Code code, const std::vector<bool>& used) {
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Declared& one = declared(asked, kind, i);
    if (!used[i] && one.node != kNoNode && !may_be_named(asked, one)) {
      tell(asked, code, one.span, {one.name});
    }
  }
}

template <class Id>
void use(std::vector<bool>& used, const std::vector<Id>& ids) {
  for (const Id id : ids) {
    used[id.value] = true;
  }
}

void use(std::vector<bool>& used, model::RoleId id) {
  if (id.known()) {
    used[id.value] = true;
  }
}

void use(std::vector<bool>& used, const std::vector<model::LateRule>& rules) {
  for (const model::LateRule& rule : rules) {
    use(used, rule.role);
  }
}

void ask_needs(const Asked& asked) {
  std::vector<bool> addressed(asked.protocol.needs.size(), false);
  for (const model::Step& step : asked.protocol.steps) {
    use(addressed, step.addresses);
  }
  tell_unused(asked, NameKind::need, Code::need_without_step, addressed);
}

void ask_partners(const Asked& asked) {
  std::vector<bool> holds_a_role(asked.protocol.partners.size(), false);
  std::vector<bool> brought(asked.protocol.competences.size(), false);
  for (const model::Role& role : asked.protocol.roles) {
    use(holds_a_role, role.partners);
    if (role.binding == model::Binding::chosen_by && role.partners.empty()) {
      holds_a_role.assign(holds_a_role.size(), true);
    }
  }
  for (const model::Partner& partner : asked.protocol.partners) {
    use(brought, partner.brings);
  }
  tell_unused(asked, NameKind::partner, Code::partner_without_role, holds_a_role);
  const auto& roles = asked.names.of(NameKind::role);
  const bool unread = std::ranges::any_of(
      roles, [&](const Declared& one) { return one.node != kNoNode && unreadable(asked, one); });
  if (!unread) {  // who holds it may be the one who brings it
    tell_unused(asked, NameKind::competence, Code::competence_nobody_brings, brought);
  }
}

void ask_role_parts(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  std::vector<bool> used(protocol.roles.size(), false);
  use(used, protocol.coordinated_by);
  for (const model::Role& role : protocol.roles) {
    use(used, role.chooser);
    use(used, role.supervisor);
  }
  for (const model::Step& step : protocol.steps) {
    use(used, step.responsible);
    use(used, step.with);
    use(used, step.informs);
    use(used, step.late);
    if (step.review) {
      use(used, step.review->by);
    }
  }
  for (const model::Routine& routine : protocol.routines) {
    use(used, routine.responsible);
    use(used, routine.with);
    use(used, routine.late);
  }
  for (const model::Session& session : protocol.sessions) {
    use(used, session.hosted_by);
    use(used, session.with);
    for (const model::Preparation& preparation : session.preparations) {
      use(used, preparation.responsible);
      use(used, preparation.with);
    }
    for (const model::FollowUp& follow_up : session.follow_ups) {
      use(used, follow_up.responsible);
    }
  }
  for (const model::Ending& ending : protocol.endings) {
    use(used, ending.at_any_time_by);
    for (const model::FollowUp& follow_up : ending.follow_ups) {
      use(used, follow_up.responsible);
    }
  }
  tell_unused(asked, NameKind::role, Code::role_without_part, used);
}

// By partner: whether a role of it, present or possible, meets the others.
void meet(const Asked& asked, std::vector<bool>& meets, model::RoleId id) {
  if (!id.known()) {
    return;
  }
  const model::Role& role = asked.protocol[id];
  if (role.binding == model::Binding::chosen_by && role.partners.empty()) {
    meets.assign(meets.size(), true);
  }
  use(meets, role.partners);
}

std::vector<bool> roles_that_meet(const model::Protocol& protocol) {
  std::vector<bool> meeting(protocol.roles.size(), false);
  for (const model::Routine& routine : protocol.routines) {
    use(meeting, routine.responsible);
    use(meeting, routine.with);
  }
  for (const model::Session& session : protocol.sessions) {
    use(meeting, session.hosted_by);
    use(meeting, session.with);
  }
  return meeting;
}

void ask_meetings(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  const bool all_meet = std::any_of(protocol.routines.begin(),
                                    protocol.routines.end(),
                                    [](const auto& routine) { return routine.with_all_partners; });
  if (all_meet || protocol.partners.size() < 2 ||
      (protocol.routines.empty() && protocol.sessions.empty())) {
    return;  // all are there, or nobody meets, which has its own messages
  }
  const std::vector<bool> meeting = roles_that_meet(protocol);
  std::vector<bool> meets(protocol.partners.size(), false);
  std::vector<bool> holds_a_role(protocol.partners.size(), false);
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const model::RoleId role{static_cast<std::uint16_t>(i)};
    meet(asked, holds_a_role, role);
    if (meeting[i]) {
      meet(asked, meets, role);
    }
  }
  for (std::size_t i = 0; i < meets.size(); ++i) {
    meets[i] = meets[i] || !holds_a_role[i];  // without a role: its own message
  }
  tell_unused(asked, NameKind::partner, Code::partner_never_meets, meets);
}

// Whoever answers for a step need not be told of it.
void ask_informed(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    const model::Step& step = asked.protocol.steps[i];
    const Declared& one = declared(asked, NameKind::step, i);
    for (const auto& [word, roles] :
         {std::pair(Keyword::informs, &step.informs), std::pair(Keyword::with, &step.with)}) {
      const bool named = std::find(roles->begin(), roles->end(), step.responsible) != roles->end();
      if (named && step.responsible.known()) {
        const std::string& role = asked.protocol[step.responsible].name;
        tell_two(asked,
                 Code::responsible_named_again,
                 place_of_name(asked, clause_of(asked, one.node, word), role),
                 asked.tree[clause_of(asked, one.node, Keyword::responsible)].span(),
                 {role, step.name});
      }
    }
  }
}

void ask_step_deadlines(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    const Declared& one = declared(asked, NameKind::step, i);
    if (!speaks_of_a_deadline(asked, one.node) && !unreadable(asked, one)) {
      tell(asked, Code::step_without_deadline, one.span, {one.name});
    }
  }
}

}  // namespace

void ask_partnership(const Asked& asked) {
  ask_routines(asked);
  ask_step_deadlines(asked);
  if (!names_are_lost(asked)) {
    ask_needs(asked);
    ask_partners(asked);
    ask_role_parts(asked);
    ask_meetings(asked);
  }
  ask_informed(asked);
}

}  // namespace protoflow::dsl
