#include "engine/state/task_state.hpp"

#include <algorithm>

#include "engine/state/describing.hpp"

namespace protoflow::engine {

const Task* find_task(std::span<const Task> tasks, std::string_view name) {
  const auto found = std::ranges::find(tasks, name, &Task::name);
  return found == tasks.end() ? nullptr : &*found;
}

std::string new_task_name(std::span<const Task> tasks, std::string_view base) {
  std::string name(base);
  for (std::size_t number = 2; find_task(tasks, name) != nullptr; ++number) {
    name = std::string(base) + "-" + std::to_string(number);
  }
  return name;
}

const std::string& task_title(const TaskSource& source, const model::Protocol& protocol) {
  const auto titled = [](const auto& declared) -> const std::string& {
    return declared.title.empty() ? declared.name : declared.title;
  };
  if (source.step.known()) {
    return titled(protocol[source.step]);
  }
  if (source.ending.known()) {
    return titled(protocol[source.ending].follow_ups[source.place]);
  }
  const auto& session = protocol[source.session];
  return source.origin == TaskOrigin::preparation ? titled(session.preparations[source.place])
                                                  : titled(session.follow_ups[source.place]);
}

std::string describe(const Task& task, const model::Protocol& protocol) {
  std::string text = "task " + task.name;
  add(text, "origin", name_of(task.source.origin, kTaskOriginNames));
  add(text, "ending", name_or_nothing(protocol, task.source.ending));
  add(text, "session", name_or_nothing(protocol, task.source.session));
  add(text, "step", name_or_nothing(protocol, task.source.step));
  add_number(text, "place", task.source.place);
  add(text, "work", name_of(task.work, kWorkStateNames));
  add(text, "time", name_of(task.time, kTimeStateNames));
  add(text, "responsibility", name_of(task.responsibility, kResponsibilityStateNames));
  add(text, "entrusted", name_or_nothing(protocol, task.entrusted));
  add(text, "role", name_or_nothing(protocol, task.role));
  add(text, "partner", name_or_nothing(protocol, task.partner));
  add(text, "person", task.person);
  add_number(text, "deputy", task.deputy);
  add_number(text, "since_version", task.since_version);
  add_instant(text, "since", task.since);
  add_instant(text, "opened", task.opened);
  add_instant(text, "settled", task.settled);
  add_instant(text, "due", task.due);
  return text + "\n";
}

}  // namespace protoflow::engine
