#include "tests/sim/scene.hpp"

#include <thread>

namespace protoflow::testing {

bool Scene::start() {
  daemon.reset();
  daemon = std::make_unique<DaemonProcess>(settings);
  const bool ready = daemon->ready();
  if (ready) {
    door.open(*daemon);
  }
  return ready;
}

bool Scene::start_with_people() {
  if (!start()) {
    return false;
  }
  register_people(door);
  return true;
}

ProgramRun Scene::refused() const {
  return run_program({"serve",
                      "--data",
                      settings.folder.string(),
                      "--listen",
                      settings.listen,
                      "--notices",
                      settings.notices,
                      "--protocol",
                      settings.protocols.front().string()});
}

ProgramRun Scene::verify() const {
  return run_program({"verify", "--data", settings.folder.string()});
}

void open_cases(const Door& door, const std::string& name, std::size_t of_each_writer) {
  std::vector<std::jthread> writers;
  for (std::size_t writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&door, &name, writer, of_each_writer] {
      for (std::size_t i = 0; i < of_each_writer; ++i) {
        const auto id = name + "-" + std::to_string(writer) + "-" + std::to_string(i);
        const auto opened = open_case(door, id);
        (void)door.act({{"case", opened},
                        {"command", "complete"},
                        {"step", "welcome"},
                        {"person", "of-office"},
                        {"command_id", id + "-done"}});
      }
    });
  }
}

}  // namespace protoflow::testing
