// What happens to a task, whoever's stream it is in: each function gives one event of it, for that
// stream to apply. Who answers for a role is the stream's own knowledge and comes in.
#pragma once

#include <chrono>
#include <expected>

#include "engine/decide/decide.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

/// Who answers for the task's role at this instant, and who would after one more refusal of the
/// role it is entrusted to.
struct TaskHolders {
  Holder now, next;
};

/// A task that is not there yet. `name` is new_task_name's.
struct TaskOpening {
  std::string name;
  TaskSource source;
  Holder answers;
  model::Instant due = model::kNever;
};

/// task_opened. The task is offered to whoever answers for its role.
[[nodiscard]] Event open_task(const TaskOpening& opening, model::Instant at);

/// take, release, decline and complete of a person; any other command is not possible.
[[nodiscard]] std::expected<Event, Refusal> act_on_task(const Task& task,
                                                        const Command& command,
                                                        const TaskHolders& holders,
                                                        const model::Protocol& protocol);

/// task_late: `told` hears of it beside whoever owes it. Requires that it is open and has a due
/// instant.
[[nodiscard]] Event late_task(const Task& task, model::RoleId told);

/// task_assigned: another partner answers for its role.
[[nodiscard]] Event assign_task(const Task& task, const Holder& answers, model::Instant at);

/// task_assigned: a colleague of the same partner has it, as it stands. Requires that somebody has
/// it.
[[nodiscard]] Event give_task(const Task& task, const Actor& to, model::Instant at);

/// task_moved: its clock has stood still for `stood`. Requires that it has a due instant.
[[nodiscard]] Event move_task(const Task& task, std::chrono::milliseconds stood, model::Instant at);

/// task_withdrawn: what it was for is no more. `why` is a neutral code.
[[nodiscard]] Event withdraw_task(const Task& task, model::Instant at, std::string why);

/// Whether one is still to be done.
[[nodiscard]] bool owes_tasks(const CaseState& state);

/// The instant at which it falls late; kNever when it is late already, settled or has no due
/// instant.
[[nodiscard]] model::Instant late_at(const Task& task);

}  // namespace protoflow::engine
