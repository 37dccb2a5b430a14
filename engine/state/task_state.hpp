// A task: what is owed beside the steps, with the lifecycles of a step. A case has the follow-ups
// of its ending and the reservations of its reviewers; a session its preparations and follow-ups.
// Only `apply_task` writes it; nothing here knows whose stream it is.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lifecycle/responsibility.hpp"
#include "engine/lifecycle/time.hpp"
#include "engine/lifecycle/work.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::engine {

/// Persisted names.
enum class TaskOrigin : std::uint8_t {
  follow_up,    // declared by an ending or a session
  preparation,  // declared by a session
  reservation,  // of a reviewer who has approved a step
};

inline constexpr std::array<std::string_view, 3> kTaskOriginNames = {
    "follow_up", "preparation", "reservation"};

/// Where in the protocol it comes from: one of ending, session and step is known.
struct TaskSource {
  TaskOrigin origin = TaskOrigin::follow_up;
  model::EndingId ending;
  model::SessionId session;
  model::StepId step;
  std::uint16_t place = 0;  // among the follow-ups or preparations of the ending or session

  friend bool operator==(const TaskSource&, const TaskSource&) = default;
};

struct Task {
  std::string name;  // no other task of the stream has or had it; what people and the log call it
  TaskSource source;
  WorkState work = WorkState::waiting;
  TimeState time = TimeState::no_deadline;
  ResponsibilityState responsibility = ResponsibilityState::idle;
  std::uint8_t deputy = 0;  // how many of the role's partners have declined
  model::RoleId entrusted;  // whose partners answer in turn
  model::RoleId role;       // accountable: role, partner and, if taken, person
  model::PartnerId partner;
  std::string person;
  std::uint32_t since_version = 0;  // the stream version of the event that made them accountable
  model::Instant since = model::kNever;
  model::Instant opened = model::kNever;
  model::Instant settled = model::kNever;
  model::Instant due = model::kNever;
};

/// The task of that name, or nullptr.
[[nodiscard]] const Task* find_task(std::span<const Task> tasks, std::string_view name);

/// `base`, or `base-2`, `base-3` … when tasks of the stream have had that name already.
[[nodiscard]] std::string new_task_name(std::span<const Task> tasks, std::string_view base);

/// What the protocol calls it: a title, or its name without one; of a reservation, the step's.
[[nodiscard]] const std::string& task_title(const TaskSource& source,
                                            const model::Protocol& protocol);

/// The task as one line of text, for comparison and digests.
[[nodiscard]] std::string describe(const Task& task, const model::Protocol& protocol);

}  // namespace protoflow::engine
