// The program itself, run as a child process: `protoflow serve` for as long as a test wants it, or
// one command to its end. Nothing is shared with it but its files and its port.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace protoflow::testing {

inline constexpr std::chrono::seconds kPatience{60};  // a loaded machine is slow, not broken

/// Asks again every few milliseconds; false when the condition did not hold within `patience`.
[[nodiscard]] bool eventually(const std::function<bool()>& condition,
                              std::chrono::milliseconds patience = kPatience);

[[nodiscard]] std::string text_of(const std::filesystem::path& file);

struct DaemonSettings {
  std::filesystem::path folder{};
  std::vector<std::filesystem::path> protocols{};
  std::string listen = "127.0.0.1:0";
  std::string notices = "-";
  std::string webhook{};
  std::string clock{};  // empty: real time
};

struct Ending {
  int status = -1;  // exit status, or -1
  int signal = 0;   // that ended it, or 0
};

class DaemonProcess final {
 public:
  /// Starts it and does not wait. An address left by an earlier one is removed first.
  explicit DaemonProcess(DaemonSettings settings);
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  /// Kills it if it still runs.
  ~DaemonProcess();

  /// Waits until it answers; false when it ended instead, or never did.
  [[nodiscard]] bool ready();

  void signal(int number) const;

  /// Waits for its end; nothing when it goes on.
  [[nodiscard]] std::optional<Ending> ending(std::chrono::milliseconds patience = kPatience);

  /// SIGKILL, and its end.
  void kill_hard();

  /// SIGTERM, and its end.
  [[nodiscard]] Ending stop();

  /// Every write beyond this size of a file fails from now on, as on a full disk; nothing: no
  /// limit.
  void limit_files(std::optional<std::uint64_t> bytes) const;

  [[nodiscard]] const std::string& address() const { return address_; }

  [[nodiscard]] std::string token() const;

  /// What it has written to both its outputs.
  [[nodiscard]] std::string log() const;

 private:
  DaemonSettings settings_;
  pid_t process_ = -1;
  std::optional<Ending> ending_;
  std::string address_;
  mutable std::mutex mutex_;
  std::string log_;
  std::jthread listener_;  // until the outputs are closed
};

struct ProgramRun {
  int status = -1;
  std::string output;  // both outputs
};

/// One command of the program, run to its end.
[[nodiscard]] ProgramRun run_program(const std::vector<std::string>& arguments);

}  // namespace protoflow::testing
