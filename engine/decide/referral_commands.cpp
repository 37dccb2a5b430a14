#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

std::expected<Event, Refusal> change_referral(const Draft& draft,
                                              const Command& command,
                                              EventKind kind,
                                              ReferralEvent what) {
  const auto& role = draft.protocol()[command.role];
  const auto& binding = draft.state.referrals[command.role.value];
  const bool candidate = command.partner.known() &&
                         (role.partners.empty() ||
                          std::ranges::find(role.partners, command.partner) != role.partners.end());
  const auto cell =
      referral(binding.state, what, candidate ? referral_fact::is_candidate : std::uint8_t{0});
  if (cell.verdict == Verdict::impossible) {
    return refuse(what == ReferralEvent::request ? RefusalCode::not_possible_now
                                                 : RefusalCode::no_referral_pending);
  }
  if (cell.verdict == Verdict::refused) {
    return std::unexpected(Refusal{
        .code = RefusalCode::not_a_candidate, .role = command.role, .partner = command.partner});
  }
  Event event{.kind = kind,
              .happened = command.happened,
              .actor = command.actor,
              .binding = command.role,
              .referral = cell.next,
              .due = model::kNever,
              .partner = binding.partner,
              .reason = command.reason};
  return event;
}

}  // namespace

bool revoke_binding(Draft& draft, model::RoleId role, model::Instant at, std::string_view why) {
  const auto& binding = draft.state.referrals[role.value];
  const auto cell = referral(binding.state, ReferralEvent::revoke, 0);
  if (cell.verdict != Verdict::possible) {
    return false;
  }
  draft.emit({.kind = EventKind::referral_revoked,
              .happened = at,
              .binding = role,
              .referral = cell.next,
              .due = model::kNever,
              .partner = binding.partner,
              .why = std::string(why)});
  return true;
}

void assign_step(Draft& draft, const Event& like, const Holder& answers) {
  const auto id = like.step;
  const auto& state = draft.state[id];
  auto event = change(
      draft,
      {.step = id, .kind = EventKind::step_assigned, .responsibility = ResponsibilityEvent::assign},
      {},
      like.happened);
  if (!event) {
    return;
  }
  event->deputy = like.deputy;
  event->why = like.why;
  event->role = answers.role;
  event->partner = answers.partner;
  event->person = "";
  if (state.work == WorkState::taken) {
    event->work = work(state.work, WorkEvent::give_up, 0).next;
  }
  const auto& within = draft.protocol()[id].accept_within;
  const bool is_an_offer = state.work == WorkState::offered || state.work == WorkState::taken;
  if (within && is_an_offer && !answers.waits_for_referral) {
    event->offer_due = due_between(draft, like.happened, *within, {answers.partner});
  } else if (state.offer_due != model::kNever) {
    event->offer_due = model::kNever;
  }
  draft.emit(std::move(*event));
}

void assign_all(Draft& draft, model::RoleId role, model::Instant at) {
  const auto answers = holder(draft.protocol(), draft.state, role);
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    const auto& state = draft.state[id];
    if (is_open(state.work) && state.role == role && !state.handed_over &&
        state.partner != answers.partner) {
      assign_step(draft, {.happened = at, .step = id}, answers);
    }
    for (const auto& reviewer : awaited_reviewers(draft, id)) {
      if (reviewer.role == role && reviewer.partner != answers.partner) {
        leave_review(draft, reviewer, answers.partner, {.happened = at});
      }
    }
  }
  assign_tasks(draft, role, at);
}

namespace {

Done refer(Draft& draft, const Command& command) {
  const auto& role = draft.protocol()[command.role];
  const auto chooser = holder(draft.protocol(), draft.state, role.chooser);
  if (!plays(command.actor, role.chooser, chooser.partner)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours, .role = role.chooser, .partner = chooser.partner});
  }
  if (command.partner.known() && is_full(draft, command.role, command.partner)) {
    return std::unexpected(Refusal{
        .code = RefusalCode::partner_full, .role = command.role, .partner = command.partner});
  }
  auto event =
      change_referral(draft, command, EventKind::referral_requested, ReferralEvent::request);
  if (!event) {
    return std::unexpected(event.error());
  }
  event->partner = command.partner;
  if (role.answer_within) {
    event->due = due_between(
        draft, command.happened, *role.answer_within, {command.partner, chooser.partner});
  }
  draft.emit(std::move(*event));
  return {};
}

Done answer(Draft& draft, const Command& command) {
  const auto& binding = draft.state.referrals[command.role.value];
  if (binding.state == ReferralState::none) {
    return refuse(RefusalCode::no_referral_pending);
  }
  if (command.actor.partner != binding.partner) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours, .role = command.role, .partner = binding.partner});
  }
  const bool accepts = command.kind == CommandKind::accept_referral;
  auto event =
      accepts
          ? change_referral(draft, command, EventKind::referral_accepted, ReferralEvent::accept)
          : change_referral(draft, command, EventKind::referral_declined, ReferralEvent::decline);
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  assign_all(draft, command.role, command.happened);
  return {};
}

Done revoke(Draft& draft, const Command& command) {
  const auto chooser_role = draft.protocol()[command.role].chooser;
  const auto chooser = holder(draft.protocol(), draft.state, chooser_role);
  if (!plays(command.actor, chooser_role, chooser.partner)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours, .role = chooser_role, .partner = chooser.partner});
  }
  auto event = change_referral(draft, command, EventKind::referral_revoked, ReferralEvent::revoke);
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  assign_all(draft, command.role, command.happened);
  return {};
}

}  // namespace

Done decide_on_referral(Draft& draft, const Command& command) {
  if (draft.protocol()[command.role].binding != model::Binding::chosen_by) {
    return refuse(RefusalCode::not_a_referral_role);
  }
  if (command.kind == CommandKind::refer) {
    return refer(draft, command);
  }
  return command.kind == CommandKind::revoke_referral ? revoke(draft, command)
                                                      : answer(draft, command);
}

}  // namespace protoflow::engine
