#include "engine/duty/duty.hpp"

#include <algorithm>

#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"
#include "engine/routine/routine_notice.hpp"

namespace protoflow::engine {

namespace {

// A step through a session asks for a place, then for coming; once the person came, for saying how
// it ends.
bool needs_a_place(const model::Protocol& protocol, const CaseState& state, model::StepId id) {
  const bool has_one = std::ranges::any_of(state.places, [&](const Place& place) {
    return place.step == id && (is_live(place) || place.attendance == Attendance::present);
  });
  return protocol[id].through.known() && state[id].work != WorkState::in_review && !has_one;
}

Duty step_duty(const model::Protocol& protocol, const CaseState& state, model::StepId id) {
  const auto& step = state[id];
  return {.kind = DutyKind::step,
          .step = id,
          .role = step.role,
          .partner = step.partner,
          .person = std::string(state.person(step.person)),
          .work = step.work,
          .time = step.time,
          .due = step.due,
          .since = step.since,
          .since_version = step.since_version,
          .session = protocol[id].through,
          .needs_a_place = needs_a_place(protocol, state, id),
          .line = protocol[id].responsible_line};
}

Duty receive_duty(const model::Protocol& protocol, const CaseState& state, model::StepId id) {
  const auto& step = state[id];
  return {.kind = DutyKind::receive,
          .step = id,
          .role = step.receiver_role,
          .partner = step.receiver,
          .work = step.work,
          .due = step.hand_over_due,
          .since_version = step.hand_over_version,
          .line = protocol[id].responsible_line};
}

Duty review_duty(const model::Protocol& protocol,
                 const CaseState& state,
                 const ReviewerState& reviewer) {
  const auto& step = state[reviewer.step];
  const bool begun = reviewer.review == ReviewState::reviewing;
  return {.kind = DutyKind::review,
          .step = reviewer.step,
          .role = reviewer.role,
          .partner = reviewer.partner,
          .person = begun ? std::string(state.person(reviewer.person)) : std::string(),
          .work = step.work,
          .time = step.review_late ? TimeState::late : TimeState::calm,
          .due = step.review_due,
          .since = reviewer.since,
          .since_version = reviewer.since_version,
          .line = protocol[reviewer.step].review->line};
}

bool reviews(const model::Protocol& protocol,
             const CaseState& state,
             model::StepId id,
             model::RoleId role) {
  if (state[id].work != WorkState::in_review || !protocol[id].review->is_by(role)) {
    return false;
  }
  return std::ranges::any_of(reviewers_of(protocol, state, id), [&](const auto& reviewer) {
    return reviewer.role == role && !has_judged(reviewer);
  });
}

void add_review_duties(std::vector<Duty>& list,
                       const model::Protocol& protocol,
                       const CaseState& state,
                       model::StepId id) {
  for (const auto& reviewer : reviewers_of(protocol, state, id)) {
    if (!has_judged(reviewer)) {
      list.push_back(review_duty(protocol, state, reviewer));
    }
  }
}

bool needed(const model::Protocol& protocol, const CaseState& state, model::RoleId role) {
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    const auto& step = state.steps[i];
    const bool works = is_open(step.work) && step.role == role;
    if (works || reviews(protocol, state, {static_cast<std::uint16_t>(i)}, role)) {
      return true;
    }
  }
  return false;
}

void add_referral_duties(std::vector<Duty>& list,
                         const model::Protocol& protocol,
                         const CaseState& state,
                         model::RoleId role) {
  const auto& binding = state.referrals[role.value];
  if (binding.state == ReferralState::accepted) {
    return;
  }
  const bool asked =
      binding.state == ReferralState::requested || binding.state == ReferralState::received;
  if (asked) {
    list.push_back({.kind = DutyKind::answer,
                    .binding = role,
                    .role = role,
                    .partner = binding.partner,
                    .due = binding.due,
                    .since = binding.since,
                    .since_version = binding.since_version,
                    .line = protocol[role].line});
  }
  if (asked || needed(protocol, state, role)) {
    list.push_back({.kind = DutyKind::choose,
                    .binding = role,
                    .role = protocol[role].chooser,
                    .partner = holder(protocol, state, protocol[role].chooser).partner,
                    .since = binding.since,
                    .since_version = binding.since_version,
                    .line = protocol[role].line});
  }
}

}  // namespace

Duty task_duty(const Task& task, const model::Protocol& protocol) {
  const auto step = task.source.step;
  const bool reviewed = step.known() && protocol[step].review.has_value();
  return {.kind = DutyKind::task,
          .role = task.role,
          .partner = task.partner,
          .person = task.person,
          .work = task.work,
          .time = task.time,
          .due = task.due,
          .since = task.since,
          .since_version = task.since_version,
          .task = task.name,
          .source = task.source,
          .line = reviewed ? protocol[step].review->line : 0};
}

std::vector<Duty> duties(const model::Protocol& protocol, const CaseState& state) {
  std::vector<Duty> list;
  const bool lives = is_running(state.status) || state.status == CaseStatus::paused;
  if (!lives && state.status != CaseStatus::closed) {
    return list;
  }
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    if (is_open(state[id].work)) {
      list.push_back(step_duty(protocol, state, id));
    }
    if (state[id].responsibility == ResponsibilityState::handing_over) {
      list.push_back(receive_duty(protocol, state, id));
    }
    if (state[id].work == WorkState::in_review) {
      add_review_duties(list, protocol, state, id);
    }
  }
  for (const auto& task : state.tasks) {
    if (is_open(task.work)) {
      list.push_back(task_duty(task, protocol));
    }
  }
  for (std::size_t i = 0; lives && i < protocol.roles.size(); ++i) {
    if (protocol.roles[i].binding == model::Binding::chosen_by) {
      add_referral_duties(list, protocol, state, {static_cast<std::uint16_t>(i)});
    }
  }
  for (std::size_t i = 0; i < state.routines.size(); ++i) {
    if (is_ahead(state.routines[i].state)) {
      list.push_back(routine_duty(protocol, {static_cast<std::uint16_t>(i)}, state.routines[i]));
    }
  }
  const bool somebody_works =
      std::ranges::any_of(state.steps, [](const StepState& step) { return is_open(step.work); });
  if (lives && !somebody_works && state.stalled_since != model::kNever) {
    const auto answers = holder(protocol, state, protocol.coordinated_by);
    list.push_back({.kind = DutyKind::decide,
                    .role = answers.role,
                    .partner = answers.partner,
                    .since = state.stalled_since,
                    .since_version = state.stalled_version});
  }
  for (const auto& transfer : state.transfers) {
    list.push_back({.kind = DutyKind::receive_all,
                    .role = transfer.receiver_role,
                    .partner = transfer.receiver,
                    .since = transfer.since,
                    .since_version = transfer.version,
                    .giver = transfer.giver});
  }
  return list;
}

}  // namespace protoflow::engine
