#include "engine/decide/task.hpp"

#include <algorithm>

#include "engine/decide/draft.hpp"

namespace protoflow::engine {

namespace {

Event event_of(const Task& task, EventKind kind, model::Instant at) {
  return {.kind = kind, .happened = at, .task = task.name, .source = task.source};
}

struct TaskChange {
  EventKind kind;
  WorkEvent work;
  ResponsibilityEvent responsibility;
};

std::optional<TaskChange> change_of(CommandKind kind) {
  if (kind == CommandKind::take) {
    return TaskChange{EventKind::task_taken, WorkEvent::take, ResponsibilityEvent::take};
  }
  if (kind == CommandKind::release) {
    return TaskChange{EventKind::task_released, WorkEvent::give_up, ResponsibilityEvent::release};
  }
  if (kind == CommandKind::decline) {
    return TaskChange{EventKind::task_declined, WorkEvent::give_up, ResponsibilityEvent::assign};
  }
  if (kind == CommandKind::complete) {
    return TaskChange{EventKind::task_completed, WorkEvent::complete, ResponsibilityEvent::close};
  }
  return std::nullopt;
}

std::expected<void, Refusal> check_actor(const Task& task,
                                         const Actor& actor,
                                         const TaskHolders& holders,
                                         const model::Protocol& protocol) {
  if (!is_open(task.work)) {
    return refuse(RefusalCode::task_settled);
  }
  if (holders.now.waits_for_referral && task.partner == holders.now.partner) {
    return std::unexpected(Refusal{.code = RefusalCode::role_not_bound,
                                   .role = protocol[task.role].chooser,
                                   .partner = task.partner});
  }
  if (!plays(actor, task.role, task.partner)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours, .role = task.role, .partner = task.partner});
  }
  if (!task.person.empty() && task.person != actor.person) {
    return refuse(RefusalCode::already_taken);
  }
  return {};
}

void finish(const Task& task, Event& event) {
  const auto in_time = event.happened <= task.due ? time_fact::in_time : std::uint8_t{0};
  const auto cell = time(task.time, TimeEvent::finish, in_time);
  if (cell.next != task.time) {
    event.time = cell.next;
  }
}

}  // namespace

Event open_task(const TaskOpening& opening, model::Instant at) {
  Event event{.kind = EventKind::task_opened,
              .happened = at,
              .task = opening.name,
              .work = work(WorkState::waiting, WorkEvent::offer, 0).next,
              .responsibility =
                  responsibility(ResponsibilityState::idle, ResponsibilityEvent::assign, 0).next,
              .role = opening.answers.role,
              .partner = opening.answers.partner,
              .source = opening.source};
  if (opening.due != model::kNever) {
    event.due = opening.due;
    event.time = time(TimeState::no_deadline, TimeEvent::arm, 0).next;
  }
  return event;
}

std::expected<Event, Refusal> act_on_task(const Task& task,
                                          const Command& command,
                                          const TaskHolders& holders,
                                          const model::Protocol& protocol) {
  const auto wanted = change_of(command.kind);
  if (!wanted) {
    return refuse(RefusalCode::not_possible_now);
  }
  if (auto may = check_actor(task, command.actor, holders, protocol); !may) {
    return std::unexpected(may.error());
  }
  const bool last = holders.next.role == task.role && holders.next.partner == task.partner;
  if (command.kind == CommandKind::decline && last) {
    return refuse(RefusalCode::nobody_else);
  }
  const auto work_cell = work(task.work, wanted->work, 0);
  const auto responsibility_cell =
      responsibility(task.responsibility, wanted->responsibility, responsibility_fact::plays_role);
  const bool releases_nothing = command.kind == CommandKind::release && task.person.empty();
  if (work_cell.verdict != Verdict::possible || responsibility_cell.verdict != Verdict::possible ||
      releases_nothing) {
    return refuse(RefusalCode::not_possible_now);
  }
  auto event = event_of(task, wanted->kind, command.happened);
  event.actor = command.actor;
  event.work = work_cell.next;
  event.responsibility = responsibility_cell.next;
  event.reason = command.reason;
  event.person = command.kind == CommandKind::take ? command.actor.person : "";
  if (command.kind == CommandKind::decline) {
    event.deputy = static_cast<std::uint8_t>(task.deputy + 1);
    event.role = holders.next.role;
    event.partner = holders.next.partner;
  } else if (command.kind == CommandKind::complete) {
    event.person.reset();
    finish(task, event);
  }
  return event;
}

Event late_task(const Task& task, model::RoleId told) {
  auto event = event_of(task, EventKind::task_late, task.due);
  event.time = time(task.time, TimeEvent::fall_due, 0).next;
  event.told = told;
  return event;
}

Event assign_task(const Task& task, const Holder& answers, model::Instant at) {
  auto event = event_of(task, EventKind::task_assigned, at);
  event.responsibility = responsibility(task.responsibility, ResponsibilityEvent::assign, 0).next;
  if (task.work == WorkState::taken) {
    event.work = work(task.work, WorkEvent::give_up, 0).next;
  }
  event.role = answers.role;
  event.partner = answers.partner;
  event.person = "";
  return event;
}

Event give_task(const Task& task, const Actor& to, model::Instant at) {
  auto event = event_of(task, EventKind::task_assigned, at);
  event.role = task.role;
  event.partner = task.partner;
  event.person = to.person;
  event.why = "removed";
  return event;
}

bool owes_tasks(const CaseState& state) {
  return std::ranges::any_of(state.tasks, [](const Task& task) { return is_open(task.work); });
}

Event move_task(const Task& task, std::chrono::milliseconds stood, model::Instant at) {
  auto event = event_of(task, EventKind::task_moved, at);
  event.due = task.due + stood;
  event.why = "pause";
  return event;
}

Event withdraw_task(const Task& task, model::Instant at, std::string why) {
  auto event = event_of(task, EventKind::task_withdrawn, at);
  event.work = work(task.work, WorkEvent::withdraw, 0).next;
  const auto cell = time(task.time, TimeEvent::drop, 0);
  if (cell.next != task.time) {
    event.time = cell.next;
  }
  event.responsibility = responsibility(task.responsibility, ResponsibilityEvent::close, 0).next;
  event.why = std::move(why);
  return event;
}

model::Instant late_at(const Task& task) {
  const bool ahead = task.time == TimeState::calm || task.time == TimeState::due_soon;
  return is_open(task.work) && ahead ? task.due : model::kNever;
}

}  // namespace protoflow::engine
