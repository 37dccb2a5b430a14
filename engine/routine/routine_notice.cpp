#include "engine/routine/routine_notice.hpp"

#include <algorithm>

namespace protoflow::engine {

namespace {

enum class To : std::uint8_t {
  accountable,   // whoever sees that it is held
  guests,        // they, and whoever it is held with
  told,          // the role that the event names
  coordination,  // the coordinating role
};

struct Rule {
  EventKind when;
  To to;
  NoticeKind kind;
};

// clang-format off
constexpr auto kRules = std::to_array<Rule>({
    {EventKind::routine_planned,   To::guests,       NoticeKind::routine_planned},
    {EventKind::routine_reminded,  To::guests,       NoticeKind::routine_reminder},
    {EventKind::routine_due,       To::accountable,  NoticeKind::routine_due},
    {EventKind::routine_held,      To::guests,       NoticeKind::routine_held},
    {EventKind::routine_held,      To::coordination, NoticeKind::routine_held},
    {EventKind::routine_postponed, To::guests,       NoticeKind::routine_postponed},
    {EventKind::routine_missed,    To::accountable,  NoticeKind::routine_missed},
    {EventKind::routine_missed,    To::told,         NoticeKind::routine_missed},
    {EventKind::routine_late_told, To::told,         NoticeKind::routine_late},
    {EventKind::routine_escalated, To::accountable,  NoticeKind::routine_yours},
    {EventKind::routine_assigned,  To::accountable,  NoticeKind::routine_yours},
});

// clang-format on

struct Letters {
  const model::Protocol& protocol;
  const RoutineState& state;
  const Event& event;
  const WhoAnswers& holder;
  std::vector<Notice> list;

  void add(NoticeKind kind, model::RoleId role, model::PartnerId partner) {
    const auto same = [&](const Notice& other) {
      const bool person = (other.role == model::kBeneficiary) == (role == model::kBeneficiary);
      return other.kind == kind && other.partner == partner && person;
    };
    if (list.size() == kNoticesPerEventMax || std::ranges::any_of(list, same)) {
      return;
    }
    list.push_back({.kind = kind,
                    .role = role,
                    .partner = partner,
                    .routine = event.routine,
                    .attended = event.attended,
                    .due = event.kind == EventKind::routine_held ? model::kNever : state.planned});
  }

  void to_role(NoticeKind kind, model::RoleId role) {
    if (role.known()) {
      const auto answers = holder(role);
      add(kind, role, answers.partner);
    }
  }

  void to_guests(NoticeKind kind) {
    add(kind, state.role, state.partner);
    const auto& routine = protocol[event.routine];
    for (const auto role : routine.with) {
      to_role(kind, role);
    }
    for (std::size_t i = 0; routine.with_all_partners && i < protocol.partners.size(); ++i) {
      const model::PartnerId partner{static_cast<std::uint16_t>(i)};
      add(kind, role_of(protocol, partner), partner);
    }
  }

  void write(const Rule& rule) {
    switch (rule.to) {
      case To::accountable:
        return add(rule.kind, state.role, state.partner);
      case To::guests:
        return to_guests(rule.kind);
      case To::told:
        return to_role(rule.kind, event.told);
      case To::coordination:
        return to_role(rule.kind, protocol.coordinated_by);
    }
  }
};

}  // namespace

std::vector<Notice> routine_notices(const model::Protocol& protocol,
                                    const RoutineState& state,
                                    const Event& event,
                                    const WhoAnswers& holder) {
  Letters letters{protocol, state, event, holder, {}};
  for (const auto& rule : kRules) {
    if (rule.when == event.kind) {
      letters.write(rule);
    }
  }
  return std::move(letters.list);
}

Duty routine_duty(const model::Protocol& protocol, model::RoutineId id, const RoutineState& state) {
  const bool late = state.late_since != model::kNever;
  return {.kind = DutyKind::routine,
          .routine = id,
          .role = state.role,
          .partner = state.partner,
          .time = late ? TimeState::late : TimeState::calm,
          .due = state.planned,
          .since = state.since,
          .since_version = state.since_version,
          .line = protocol[id].line};
}

model::RoleId role_of(const model::Protocol& protocol, model::PartnerId partner) {
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const auto& partners = protocol.roles[i].partners;
    if (std::ranges::find(partners, partner) != partners.end()) {
      return {static_cast<std::uint16_t>(i)};
    }
  }
  return protocol.coordinated_by;
}

}  // namespace protoflow::engine
