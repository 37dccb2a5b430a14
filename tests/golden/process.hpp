// Running the program as its user does: in a folder, with or without a terminal.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace protoflow::golden {

struct Launch {
  std::vector<std::string> arguments;  // without the program's name
  std::vector<std::string> settings;   // NAME=VALUE, beside the environment of the test
  std::filesystem::path folder;        // the working folder
};

struct Ended {
  int code = 0;
  std::string output;
  std::string complaint;  // standard error; with a terminal, part of the output
};

/// Runs to the end. `aside` is a folder for what is caught.
[[nodiscard]] Ended run(const Launch& launch, const std::filesystem::path& aside);
[[nodiscard]] Ended run_on_terminal(const Launch& launch);

/// A daemon beside the test; stopped at the latest when it goes out of scope.
class Daemon {
 public:
  /// Returns once it has said `until` on standard error, or has ended.
  Daemon(const Launch& launch, const std::string& until);
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;
  ~Daemon();

  /// What it said so far; the whole after `stop`.
  [[nodiscard]] const std::string& said() const { return said_; }

  /// Sends the signal and waits: the exit code, or minus the signal that ended it.
  int stop(int signal);

 private:
  pid_t process_ = -1;
  int reader_ = -1;
  std::string said_;
};

}  // namespace protoflow::golden
