#include "engine/decide/transfer.hpp"

#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/state/apply_partners.hpp"

namespace protoflow::engine {

namespace {

bool brings_all(const model::Partner& partner, const model::Role& role) {
  return std::ranges::all_of(role.requires_competences, [&](model::CompetenceId wanted) {
    return std::ranges::find(partner.brings, wanted) != partner.brings.end();
  });
}

// Whoever coordinates stands for the beneficiary.
Hindrance hindrance_in(const Draft& draft, model::RoleId role, model::PartnerId receiver) {
  const auto id = role == model::kBeneficiary ? draft.protocol().coordinated_by : role;
  const auto& held = draft.protocol()[id];
  if (!may_hold(held, receiver)) {
    return Hindrance::other_role;
  }
  if (!may_be_offered(draft.state, receiver)) {
    return Hindrance::not_signed;
  }
  if (!brings_all(draft.protocol()[receiver], held)) {
    return Hindrance::lacks_competence;
  }
  return is_full(draft, id, receiver) ? Hindrance::full : Hindrance::none;
}

Hindrance hindrance_of(const Draft& draft, const Duty& duty, model::PartnerId receiver) {
  if (duty.kind == DutyKind::step &&
      draft.state[duty.step].responsibility == ResponsibilityState::handing_over) {
    return Hindrance::being_handed_over;
  }
  const auto in_role = hindrance_in(draft, duty.role, receiver);
  if (in_role == Hindrance::none && duty.kind == DutyKind::review) {
    const auto& step = draft.state[duty.step];
    const bool did_it = step.partner == receiver || step.doer_partner == receiver;
    return did_it ? Hindrance::did_the_work : Hindrance::none;
  }
  return in_role;
}

bool is_carried(const Duty& duty) {
  return duty.kind == DutyKind::step || duty.kind == DutyKind::review ||
         duty.kind == DutyKind::task || duty.kind == DutyKind::routine;
}

bool is_asked(const TransferAsked& asked, model::RoleId role) {
  return !asked.role.known() || asked.role == role;
}

std::vector<Carried> carried_by(const Draft& draft, const TransferAsked& asked) {
  std::vector<Carried> list;
  for (auto& duty : duties(draft.protocol(), draft.state)) {
    if (is_carried(duty) && duty.partner == asked.giver && is_asked(asked, duty.role)) {
      const auto hindrance = hindrance_of(draft, duty, asked.receiver);
      list.push_back({.duty = std::move(duty), .hindrance = hindrance});
    }
  }
  return list;
}

bool holds(const Draft& draft, model::PartnerId giver, model::RoleId role) {
  const auto binding = draft.protocol()[role].binding;
  if (binding == model::Binding::beneficiary) {
    return false;
  }
  if (binding == model::Binding::chosen_by) {
    const auto& referral = draft.state.referrals[role.value];
    return referral.state == ReferralState::accepted && referral.partner == giver;
  }
  const auto answers = holder(draft.protocol(), draft.state, role);
  return answers.role == role && answers.partner == giver;
}

// What opens later in these roles, the receiver is offered as well.
std::vector<model::RoleId> roles_of(const Draft& draft, const TransferAsked& asked) {
  std::vector<model::RoleId> roles;
  for (std::size_t i = 0; i < draft.protocol().roles.size(); ++i) {
    const model::RoleId role{static_cast<std::uint16_t>(i)};
    if (is_asked(asked, role) && holds(draft, asked.giver, role) &&
        hindrance_in(draft, role, asked.receiver) == Hindrance::none) {
      roles.push_back(role);
    }
  }
  return roles;
}

struct Parcel {
  std::vector<Carried> carried;
  std::vector<model::RoleId> roles;

  // Every role in which something changes hands, each once.
  [[nodiscard]] std::vector<model::RoleId> all_roles() const {
    auto all = roles;
    for (const auto& [duty, hindrance] : carried) {
      if (hindrance == Hindrance::none && std::ranges::find(all, duty.role) == all.end()) {
        all.push_back(duty.role);
      }
    }
    return all;
  }
};

Parcel parcel_of(const Draft& draft, const TransferAsked& asked) {
  return {.carried = carried_by(draft, asked), .roles = roles_of(draft, asked)};
}

void transfer_role(Draft& draft,
                   model::RoleId role,
                   const TransferAsked& asked,
                   model::Instant at) {
  Event event{.kind = EventKind::role_transferred,
              .happened = at,
              .binding = role,
              .receiver = asked.receiver,
              .giver = asked.giver};
  if (draft.protocol()[role].binding == model::Binding::chosen_by) {
    event.partner = asked.receiver;
  }
  draft.emit(std::move(event));
}

void transfer_review(Draft& draft, const Duty& duty, model::PartnerId receiver, model::Instant at) {
  for (const auto& reviewer : awaited_reviewers(draft, duty.step)) {
    if (reviewer.role == duty.role) {
      leave_review(draft, reviewer, receiver, {.happened = at, .why = std::string(kTransferred)});
    }
  }
}

void transfer_duty(Draft& draft, const Duty& duty, model::PartnerId receiver, model::Instant at) {
  const Holder answers{.role = duty.role, .partner = receiver};
  if (duty.kind == DutyKind::step) {
    assign_step(
        draft, {.happened = at, .step = duty.step, .why = std::string(kTransferred)}, answers);
  } else if (duty.kind == DutyKind::review) {
    transfer_review(draft, duty, receiver, at);
  } else if (duty.kind == DutyKind::task) {
    draft.emit(assign_task(*find_task(draft.state.tasks, duty.task), answers, at));
  }
}

// The roles first: routines, and whoever chooses a partner, follow them.
void carry_over(Draft& draft, const Parcel& parcel, const TransferAsked& asked, model::Instant at) {
  for (const auto role : parcel.roles) {
    transfer_role(draft, role, asked, at);
  }
  for (const auto& [duty, hindrance] : parcel.carried) {
    if (hindrance == Hindrance::none) {
      transfer_duty(draft, duty, asked.receiver, at);
    }
  }
  transfer_routines(draft, asked.giver, at);
}

// The coordination, or somebody of the giver who plays all that is handed over.
Done may_give(const Draft& draft, const Command& command, const Parcel& parcel) {
  const auto coordination = draft.protocol().coordinated_by;
  const auto answers = holder(draft.protocol(), draft.state, coordination);
  const auto roles = parcel.all_roles();
  const bool theirs = !roles.empty() && std::ranges::all_of(roles, [&](model::RoleId role) {
    return plays(command.actor, role, command.giver);
  });
  if (theirs || plays(command.actor, coordination, answers.partner)) {
    return {};
  }
  return std::unexpected(
      Refusal{.code = RefusalCode::not_yours, .role = coordination, .partner = answers.partner});
}

std::unexpected<Refusal> refuse_about(RefusalCode code, model::PartnerId partner) {
  return std::unexpected(Refusal{.code = code, .partner = partner});
}

Done check_both(const Draft& draft, const Command& command) {
  if (!command.giver.known() || !command.partner.known() || command.giver == command.partner) {
    return refuse_about(RefusalCode::not_this_partner, command.partner);
  }
  for (const auto partner : {command.giver, command.partner}) {
    if (has_left(draft.state, partner)) {
      return refuse_about(RefusalCode::partner_has_left, partner);
    }
  }
  const bool pending = std::ranges::any_of(draft.state.transfers, [&](const Transfer& other) {
    const bool overlaps =
        !other.role.known() || !command.role.known() || other.role == command.role;
    return other.giver == command.giver && overlaps;
  });
  return pending ? refuse_about(RefusalCode::transfer_pending, command.giver) : Done{};
}

Done propose(Draft& draft, const Command& command) {
  if (auto both = check_both(draft, command); !both) {
    return both;
  }
  const TransferAsked asked{command.giver, command.partner, command.role};
  const auto parcel = parcel_of(draft, asked);
  const auto roles = parcel.all_roles();
  if (roles.empty()) {
    return refuse_about(RefusalCode::nothing_to_transfer, command.giver);
  }
  if (auto may = may_give(draft, command, parcel); !may) {
    return may;
  }
  draft.emit({.kind = EventKind::transfer_proposed,
              .happened = command.happened,
              .actor = command.actor,
              .role = command.role,
              .receiver = command.partner,
              .receiver_role = roles.front(),
              .giver = command.giver,
              .reason = command.reason});
  return {};
}

Event answer_event(const Command& command, const Transfer& transfer, EventKind kind) {
  return {.kind = kind,
          .happened = command.happened,
          .actor = command.actor,
          .role = transfer.role,
          .told = transfer.receiver_role,
          .receiver = transfer.receiver,
          .receiver_role = transfer.receiver_role,
          .giver = transfer.giver,
          .reason = command.reason};
}

Done may_answer_transfer(const Draft& draft,
                         const Command& command,
                         const Transfer& transfer,
                         const Parcel& parcel) {
  auto roles = parcel.all_roles();
  roles.push_back(transfer.receiver_role);
  const bool theirs = std::ranges::any_of(roles, [&](model::RoleId role) {
    const auto acted = role == model::kBeneficiary ? draft.protocol().coordinated_by : role;
    return plays(command.actor, acted, transfer.receiver);
  });
  return theirs ? Done{}
                : std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                          .role = transfer.receiver_role,
                                          .partner = transfer.receiver});
}

// By its giver, by who answers, and, where that leaves a choice, by its role.
const Transfer* find_pending(const CaseState& state, const Command& command) {
  const bool answers = command.kind != CommandKind::take_back_transfer;
  const auto receiver =
      command.partner.known() || !answers ? command.partner : command.actor.partner;
  const auto fits = [&](const Transfer& transfer) {
    return transfer.giver == command.giver &&
           (!command.role.known() || transfer.role == command.role);
  };
  const auto is_theirs = [&](const Transfer& transfer) {
    return fits(transfer) && transfer.receiver == receiver;
  };
  auto found = std::ranges::find_if(state.transfers, is_theirs);
  if (found == state.transfers.end() && !command.partner.known()) {
    found = std::ranges::find_if(state.transfers, fits);  // to say whose answer is awaited
  }
  return found == state.transfers.end() ? nullptr : &*found;
}

Done answer(Draft& draft, const Command& command) {
  const auto* pending = find_pending(draft.state, command);
  if (pending == nullptr) {
    return refuse_about(RefusalCode::no_transfer_pending, command.giver);
  }
  const auto transfer = *pending;
  const TransferAsked asked{transfer.giver, transfer.receiver, transfer.role};
  const auto parcel = parcel_of(draft, asked);
  if (command.kind == CommandKind::take_back_transfer) {
    if (auto may = may_give(draft, command, parcel); !may) {
      return may;
    }
    draft.emit(answer_event(command, transfer, EventKind::transfer_taken_back));
    return {};
  }
  if (auto may = may_answer_transfer(draft, command, transfer, parcel); !may) {
    return may;
  }
  const bool accepts = command.kind == CommandKind::accept_transfer;
  if (!accepts && command.reason.empty()) {
    return refuse(RefusalCode::why_needed);
  }
  draft.emit(answer_event(
      command, transfer, accepts ? EventKind::transfer_accepted : EventKind::transfer_refused));
  if (accepts) {
    carry_over(draft, parcel, asked, command.happened);
  }
  return {};
}

}  // namespace

Done decide_on_transfer(Draft& draft, const Command& command) {
  return command.kind == CommandKind::transfer ? propose(draft, command) : answer(draft, command);
}

TransferRehearsal rehearse_transfer(const Plan& plan,
                                    const CaseState& state,
                                    const TransferAsked& asked,
                                    model::Instant at,
                                    const Surroundings& surroundings) {
  TransferRehearsal rehearsal{.after = state};
  std::vector<Event> events;
  Draft draft{
      .plan = plan, .state = rehearsal.after, .events = events, .surroundings = surroundings};
  auto parcel = parcel_of(draft, asked);
  carry_over(draft, parcel, asked, at);
  rehearsal.carried = std::move(parcel.carried);
  rehearsal.roles = std::move(parcel.roles);
  return rehearsal;
}

}  // namespace protoflow::engine
