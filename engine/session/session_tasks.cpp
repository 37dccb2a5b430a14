// What partners prepare before a session and do after it: tasks of its stream.
#include <algorithm>

#include "engine/decide/task.hpp"
#include "engine/model/limits.hpp"
#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

// false: the host has been told that what is left is given to nobody.
bool makes_room(SessionDraft& draft, model::Instant at) {
  if (draft.state.tasks.size() < model::kTasksMax) {
    return true;
  }
  draft.emit({.kind = EventKind::tasks_left_out,
              .happened = at,
              .told = draft.declared().hosted_by,
              .why = "tasks_full"});
  return false;
}

bool is_open_preparation(const Task& task) {
  return task.source.origin == TaskOrigin::preparation && is_open(task.work);
}

// Of a session that is planned too late for it, whatever is left of the time before.
model::Instant ready_by(const SessionDraft& draft, const Task& task, model::Instant now) {
  const auto& before = draft.declared().preparations[task.source.place].before;
  const auto due = ahead_of(draft.state.at, before, draft.plan.work_time);
  return due > now ? due : draft.state.at;
}

}  // namespace

void open_preparations(SessionDraft& draft, model::Instant at) {
  const auto& preparations = draft.declared().preparations;
  for (std::size_t i = 0; i < preparations.size() && makes_room(draft, at); ++i) {
    Task task{.name = new_task_name(draft.state.tasks, preparations[i].name),
              .source = {.origin = TaskOrigin::preparation,
                         .session = draft.state.session,
                         .place = static_cast<std::uint16_t>(i)}};
    draft.emit(
        open_task({.name = task.name,
                   .source = task.source,
                   .answers = holder_outside_cases(draft.protocol(), preparations[i].responsible),
                   .due = ready_by(draft, task, at)},
                  at));
  }
}

// What was late has its time again.
void move_preparations(SessionDraft& draft, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (!is_open_preparation(task)) {
      continue;
    }
    auto event = move_task(task, ready_by(draft, task, at) - task.due, at);
    event.why = "session_moved";
    const auto cell = time(task.time, TimeEvent::arm, 0);
    if (cell.verdict == Verdict::possible && cell.next != task.time) {
      event.time = cell.next;
    }
    draft.emit(std::move(event));
  }
}

void open_follow_ups(SessionDraft& draft, model::Instant at) {
  const auto& follow_ups = draft.declared().follow_ups;
  for (std::size_t i = 0; i < follow_ups.size() && makes_room(draft, at); ++i) {
    draft.emit(
        open_task({.name = new_task_name(draft.state.tasks, follow_ups[i].name),
                   .source = {.origin = TaskOrigin::follow_up,
                              .session = draft.state.session,
                              .place = static_cast<std::uint16_t>(i)},
                   .answers = holder_outside_cases(draft.protocol(), follow_ups[i].responsible),
                   .due = due_after(at, follow_ups[i].within, draft.plan.work_time)},
                  at));
  }
}

void withdraw_preparations(SessionDraft& draft, model::Instant at, const std::string& why) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    if (is_open_preparation(draft.state.tasks[i])) {
      draft.emit(withdraw_task(draft.state.tasks[i], at, why));
    }
  }
}

Done decide_on_task(SessionDraft& draft, const Command& command) {
  const auto* task = find_task(draft.state.tasks, command.task);
  if (task == nullptr) {
    return refuse_session(draft, RefusalCode::unknown_task);
  }
  const TaskHolders holders{
      .now = {.role = task->role, .partner = task->partner},
      .next = holder_outside_cases(
          draft.protocol(), task->entrusted, static_cast<std::uint8_t>(task->deputy + 1))};
  auto event = act_on_task(*task, command, holders, draft.protocol());
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  return {};
}

}  // namespace protoflow::engine
