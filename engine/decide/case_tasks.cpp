// The tasks of a case: what its ending and its reviewers leave to be done. They outlive the case:
// its closing does not settle them.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/duty/holder.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

// As long as a chain of choosers may be; past it the coordination answers.
constexpr int kChoosersMax = 8;
constexpr model::Duration kReservationWithin{10, model::DurationUnit::working_days};

// Nobody is asked to play a role for a task alone: of a role that is not bound, whoever would
// choose its partner answers.
Holder answering(const Draft& draft, model::RoleId role, std::uint8_t passed = 0) {
  auto answers = holder(draft.protocol(), draft.state, role, passed);
  for (int depth = 0; depth < kChoosersMax && answers.waits_for_referral; ++depth) {
    const auto& current = draft.protocol()[answers.role];
    const bool chosen = current.binding == model::Binding::chosen_by;
    answers = holder(
        draft.protocol(), draft.state, chosen ? current.chooser : draft.protocol().coordinated_by);
  }
  answers.waits_for_referral = false;
  return answers;
}

TaskHolders holders_of(const Draft& draft, const Task& task) {
  return {.now = {.role = task.role, .partner = task.partner},
          .next = answering(draft, task.entrusted, static_cast<std::uint8_t>(task.deputy + 1))};
}

bool has_room(const Draft& draft) {
  return draft.state.tasks.size() < model::kTasksMax;
}

}  // namespace

void open_follow_ups(Draft& draft, model::EndingId ending, model::Instant at) {
  const auto& follow_ups = draft.protocol()[ending].follow_ups;
  for (std::size_t i = 0; i < follow_ups.size(); ++i) {
    if (!has_room(draft)) {
      draft.emit({.kind = EventKind::follow_ups_left_out,
                  .happened = at,
                  .told = draft.protocol().coordinated_by,
                  .why = "tasks_full"});
      return;
    }
    const TaskSource source{.ending = ending, .place = static_cast<std::uint16_t>(i)};
    draft.emit(open_task({.name = new_task_name(draft.state.tasks, follow_ups[i].name),
                          .source = source,
                          .answers = answering(draft, follow_ups[i].responsible),
                          .due = due_after(at, follow_ups[i].within, draft.plan.work_time)},
                         at));
  }
}

// Whoever did the step lifts them, as long as it was its responsible role.
void open_reservation(Draft& draft, const Command& approval, model::Instant at) {
  const auto& step = draft.protocol()[approval.step];
  const auto& state = draft.state[approval.step];
  auto answers = answering(draft, step.responsible);
  if (state.role == step.responsible) {
    answers.partner = state.partner;
    answers.role = state.role;
  }
  auto event =
      open_task({.name = new_task_name(draft.state.tasks, step.name),
                 .source = {.origin = TaskOrigin::reservation, .step = approval.step},
                 .answers = answers,
                 .due = due_after(
                     at, step.review->within.value_or(kReservationWithin), draft.plan.work_time)},
                at);
  event.reason = approval.reason;
  draft.emit(std::move(event));
}

void withdraw_reservations_of_round(Draft& draft,
                                    model::StepId step,
                                    model::Instant at,
                                    std::string why) {
  const auto& review = draft.protocol()[step].review;
  if (!review || review->by.size() < 2) {
    return;
  }
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    const bool is_of_this_round = task.source.step == step && task.opened != model::kNever &&
                                  task.opened >= draft.state[step].completed;
    if (is_open(task.work) && is_of_this_round) {
      draft.emit(withdraw_task(task, at, why));
    }
  }
}

void assign_tasks(Draft& draft, model::RoleId role, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (!is_open(task.work) || task.entrusted != role) {
      continue;
    }
    const auto answers = answering(draft, role, task.deputy);
    if (task.role != answers.role || task.partner != answers.partner) {
      draft.emit(assign_task(task, answers, at));
    }
  }
}

void replace_absent_in_tasks(Draft& draft, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (!is_open(task.work)) {
      continue;
    }
    if (has_left(draft.state, task.partner)) {
      draft.emit(assign_task(task, answering(draft, task.entrusted, task.deputy), at));
    } else if (is_away_for(draft.state, person_of(draft.state, task.person), task.due)) {
      draft.emit(assign_task(task, {.role = task.role, .partner = task.partner}, at));
    }
  }
}

void give_tasks(Draft& draft, std::string_view from, const Actor& to, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    const bool may = is_open(task.work) && task.person == from &&
                     plays(to, task.role, task.partner) &&
                     !is_away_for(draft.state, person_of(draft.state, to.person), task.due);
    if (may) {
      draft.emit(give_task(task, to, at));
    }
  }
}

void restart_tasks(Draft& draft, model::Instant since, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (is_open(task.work) && task.due != model::kNever) {
      draft.emit(move_task(task, at - std::max(since, task.opened), at));
    }
  }
}

Done decide_on_task(Draft& draft, const Command& command) {
  const auto* task = find_task(draft.state.tasks, command.task);
  if (task == nullptr) {
    return refuse(RefusalCode::unknown_task);
  }
  auto event = act_on_task(*task, command, holders_of(draft, *task), draft.protocol());
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  return {};
}

}  // namespace protoflow::engine
