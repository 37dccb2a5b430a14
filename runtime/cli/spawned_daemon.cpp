#include "runtime/cli/spawned_daemon.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include "engine/log/record.hpp"
#include "runtime/client/client.hpp"
#include "runtime/daemon/daemon.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::chrono::milliseconds kPollEvery{20};
constexpr std::chrono::seconds kWaitMax{30};

std::string read_address(const std::filesystem::path& folder) {
  std::ifstream file(folder / kAddressFile);
  std::string address;
  file >> address;
  return address;
}

bool answers(const std::string& address) {
  return !address.empty() && request({.url = address + "/v1/health"}).has_value();
}

std::expected<pid_t, std::string> spawn(std::vector<std::string> arguments,
                                        const std::filesystem::path& log) {
  std::vector<char*> pointers;
  for (auto& argument : arguments) {
    pointers.push_back(argument.data());
  }
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A session of its own: Ctrl-C in the terminal ends the demonstration, not the daemon it leaves
  // behind.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t process = -1;
  const int failed =
      posix_spawn(&process, "/proc/self/exe", &actions, &attributes, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    return std::unexpected("The daemon could not be started.");
  }
  return process;
}

}  // namespace

std::expected<SpawnedDaemon, std::string> SpawnedDaemon::start(const SpawnOptions& options) {
  const auto log = options.folder / "daemon.log";
  const auto process = spawn({"protoflow",
                              "serve",
                              "--data",
                              options.folder.string(),
                              "--listen",
                              "127.0.0.1:" + std::to_string(options.port),
                              "--protocol",
                              options.protocol.string(),
                              "--notices",
                              (options.folder / "notices.jsonl").string(),
                              "--clock",
                              engine::to_text(options.clock)},
                             log);
  if (!process) {
    return std::unexpected(process.error());
  }
  SpawnedDaemon daemon;
  daemon.process_ = *process;
  const auto until = std::chrono::steady_clock::now() + kWaitMax;
  while (std::chrono::steady_clock::now() < until) {
    daemon.address_ = read_address(options.folder);
    if (answers(daemon.address_)) {
      return daemon;
    }
    if (::waitpid(daemon.process_, nullptr, WNOHANG) == daemon.process_) {
      return std::unexpected("The daemon ended at once; its log says why: " + log.string());
    }
    std::this_thread::sleep_for(kPollEvery);
  }
  (void)daemon.stop();  // it never answered; how it ends adds nothing
  return std::unexpected("The daemon does not answer; its log says why: " + log.string());
}

std::expected<void, std::string> SpawnedDaemon::stop() {
  int status = 0;
  ::kill(process_, SIGTERM);
  if (::waitpid(process_, &status, 0) != process_ || !WIFEXITED(status) ||
      WEXITSTATUS(status) != 0) {
    return std::unexpected("The daemon did not stop cleanly.");
  }
  return {};
}

}  // namespace protoflow::runtime
