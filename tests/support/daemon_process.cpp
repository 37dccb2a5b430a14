#include "tests/support/daemon_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "runtime/client/client.hpp"
#include "runtime/daemon/daemon.hpp"

namespace protoflow::testing {

namespace {

constexpr int kLookAgainMilliseconds = 3;

pid_t spawn(std::vector<std::string> arguments, const std::string& output) {
  std::vector<char*> pointers;
  for (auto& argument : arguments) {
    pointers.push_back(argument.data());
  }
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t process = -1;
  const int failed =
      posix_spawn(&process, PROTOFLOW_PROGRAM, &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw std::system_error(failed, std::generic_category(), PROTOFLOW_PROGRAM);
  }
  return process;
}

std::vector<std::string> arguments_of(const DaemonSettings& settings) {
  std::vector<std::string> arguments{"protoflow",
                                     "serve",
                                     "--data",
                                     settings.folder.string(),
                                     "--listen",
                                     settings.listen,
                                     "--notices",
                                     settings.notices};
  for (const auto& protocol : settings.protocols) {
    arguments.insert(arguments.end(), {"--protocol", protocol.string()});
  }
  if (!settings.webhook.empty()) {
    arguments.insert(arguments.end(), {"--webhook", settings.webhook});
  }
  if (!settings.clock.empty()) {
    arguments.insert(arguments.end(), {"--clock", settings.clock});
  }
  return arguments;
}

Ending to_ending(int status) {
  return WIFEXITED(status) ? Ending{.status = WEXITSTATUS(status)}
                           : Ending{.signal = WTERMSIG(status)};
}

std::string first_word(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

}  // namespace

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) {
      return false;
    }
    ::poll(nullptr, 0, kLookAgainMilliseconds);
  }
  return true;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

DaemonProcess::DaemonProcess(DaemonSettings settings) : settings_(std::move(settings)) {
  std::error_code ignored;  // there is none at a first start
  std::filesystem::remove(settings_.folder / runtime::kAddressFile, ignored);
  process_ =
      spawn(arguments_of(settings_), settings_.log.empty() ? "/dev/null" : settings_.log.string());
}

DaemonProcess::~DaemonProcess() {
  if (!ending_) {
    kill_hard();
  }
}

bool DaemonProcess::ready() {
  return eventually([&] {
           address_ = first_word(settings_.folder / runtime::kAddressFile);
           const bool answers =
               !address_.empty() && runtime::request({.url = address_ + "/v1/health"}).has_value();
           return answers || ending(std::chrono::milliseconds(0)).has_value();
         }) &&
         !ending_;
}

void DaemonProcess::signal(int number) const {
  if (!ending_) {
    ::kill(process_, number);
  }
}

std::optional<Ending> DaemonProcess::ending(std::chrono::milliseconds patience) {
  const auto ended = [&] {
    int status = 0;
    if (!ending_ && ::waitpid(process_, &status, WNOHANG) == process_) {
      ending_ = to_ending(status);
    }
    return ending_.has_value();
  };
  (void)eventually(ended, patience);
  return ending_;
}

void DaemonProcess::kill_hard() {
  signal(SIGKILL);
  int status = 0;
  if (!ending_ && ::waitpid(process_, &status, 0) == process_) {
    ending_ = to_ending(status);
  }
}

Ending DaemonProcess::stop() {
  signal(SIGTERM);
  return ending().value_or(Ending{});
}

void DaemonProcess::limit_files(std::optional<std::uint64_t> bytes) const {
  rlimit limit{};
  ::prlimit(process_, RLIMIT_FSIZE, nullptr, &limit);
  limit.rlim_cur = bytes ? std::min<rlim_t>(*bytes, limit.rlim_max) : limit.rlim_max;
  if (::prlimit(process_, RLIMIT_FSIZE, &limit, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "prlimit");
  }
}

std::string DaemonProcess::token() const {
  return first_word(settings_.folder / runtime::kTokenFile);
}

ProgramRun run_program(const std::vector<std::string>& arguments) {
  std::string output =
      (std::filesystem::temp_directory_path() / "protoflow-output-XXXXXX").string();
  const int file = ::mkstemp(output.data());
  if (file < 0) {
    throw std::system_error(errno, std::generic_category(), output);
  }
  ::close(file);
  std::vector<std::string> all{"protoflow"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  int status = 0;
  ::waitpid(spawn(std::move(all), output), &status, 0);
  ProgramRun run{.status = to_ending(status).status, .output = text_of(output)};
  std::filesystem::remove(output);
  return run;
}

}  // namespace protoflow::testing
