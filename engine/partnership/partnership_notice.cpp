#include <algorithm>

#include "engine/partnership/partnership_draft.hpp"
#include "engine/routine/routine_notice.hpp"

namespace protoflow::engine {

namespace {

enum class To : std::uint8_t { partner, told, coordination, all_partners };

struct Rule {
  EventKind when;
  To to;
  NoticeKind kind;
};

// clang-format off
constexpr auto kRules = std::to_array<Rule>({
    {EventKind::partner_invited,        To::partner,      NoticeKind::signature_asked},
    {EventKind::partner_reminded,       To::partner,      NoticeKind::signature_reminder},
    {EventKind::agreement_late,         To::told,         NoticeKind::signature_late},
    {EventKind::partner_agreed,         To::coordination, NoticeKind::partner_agreed},
    {EventKind::agreement_lapsed,       To::partner,      NoticeKind::agreement_lapsed},
    {EventKind::agreement_lapsed,       To::told,         NoticeKind::agreement_lapsed},
    {EventKind::partner_leaving,        To::told,         NoticeKind::partner_leaving},
    {EventKind::partner_left,           To::all_partners, NoticeKind::partner_left},
    {EventKind::partnership_superseded, To::all_partners, NoticeKind::partnership_superseded},
    {EventKind::remark_made,            To::coordination, NoticeKind::remark_made},
});

// clang-format on

struct Letters {
  const model::Protocol& protocol;
  const PartnershipState& state;
  const Event& event;
  std::vector<Notice> list;

  void add(NoticeKind kind, model::RoleId role, model::PartnerId partner) {
    if (list.size() < kNoticesPerEventMax) {
      list.push_back({.kind = kind,
                      .role = role,
                      .partner = partner,
                      .step = event.step,
                      .routine = event.routine,
                      .about = event.partner,
                      .due = event.due.value_or(model::kNever)});
    }
  }

  void to_role(NoticeKind kind, model::RoleId role) {
    if (role.known()) {
      add(kind, role, holder(protocol, state, role).partner);
    }
  }

  void to_all_partners(NoticeKind kind) {
    for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
      const model::PartnerId partner{static_cast<std::uint16_t>(i)};
      if (state[partner].state != ParticipationState::left || partner == event.partner) {
        add(kind, role_of(protocol, partner), partner);
      }
    }
  }

  void write(const Rule& rule) {
    switch (rule.to) {
      case To::partner:
        return add(rule.kind, role_of(protocol, event.partner), event.partner);
      case To::told:
        return to_role(rule.kind, event.told);
      case To::coordination:
        return to_role(rule.kind, protocol.coordinated_by);
      case To::all_partners:
        return to_all_partners(rule.kind);
    }
  }
};

}  // namespace

std::vector<Notice> notices(const model::Protocol& protocol,
                            const PartnershipState& state,
                            const Event& event) {
  const WhoAnswers answers = [&](model::RoleId role) { return holder(protocol, state, role); };
  if (event.routine.known() && event.kind != EventKind::remark_made) {
    return routine_notices(protocol, state[event.routine], event, answers);
  }
  Letters letters{protocol, state, event, {}};
  for (const auto& rule : kRules) {
    if (rule.when == event.kind) {
      letters.write(rule);
    }
  }
  return std::move(letters.list);
}

}  // namespace protoflow::engine
