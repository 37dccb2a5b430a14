// Where most of these tests play: a data folder of their own, the vigil protocol, and a daemon that
// is started again as often as they like.
#pragma once

#include <memory>
#include <string>

#include "tests/sim/door.hpp"
#include "tests/sim/log_audit.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::testing {

struct Scene {
  Folder folder;
  DaemonSettings settings{.folder = folder / "data",
                          .protocols = {write_vigil(folder.path())},
                          .notices = folder / "notices.jsonl"};
  std::unique_ptr<DaemonProcess> daemon{};
  Door door{};

  /// Ends the daemon that runs, if any, and waits for the new one.
  [[nodiscard]] bool start();

  /// `start`, with the people of the vigil protocol.
  [[nodiscard]] bool start_with_people();

  /// Starts a daemon that must not start: its exit status and what it said.
  [[nodiscard]] ProgramRun refused() const;

  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return settings.folder / name;
  }

  [[nodiscard]] LogAudit audit() const { return testing::audit(settings.folder); }

  [[nodiscard]] ProgramRun verify() const;
};

/// Opens cases from several threads at once and goes one step in each; how many threads.
inline constexpr std::size_t kWriters = 8;
void open_cases(const Door& door, const std::string& name, std::size_t of_each_writer);

}  // namespace protoflow::testing
