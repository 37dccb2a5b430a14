#include "tests/support/daemon_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
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
#include "tests/support/places.hpp"

namespace protoflow::testing {

namespace {

constexpr int kLookAgainMilliseconds = 3;

struct Spawned {
  pid_t process = -1;
  int output = -1;  // reads what it writes to both its outputs
};

/// The child's side. It ends with the test, also when the test is killed.
[[noreturn]] void become_program(int output, char** arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execv(program_under_test(), arguments);
  ::_exit(127);
}

Spawned spawn(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (auto& argument : arguments) {
    pointers.push_back(argument.data());
  }
  pointers.push_back(nullptr);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe");
  }
  Spawned spawned{.process = ::fork(), .output = pipe[0]};
  if (spawned.process == 0) {
    become_program(pipe[1], pointers.data());
  }
  ::close(pipe[1]);
  if (spawned.process < 0) {
    throw std::system_error(errno, std::generic_category(), "fork");
  }
  return spawned;
}

/// Reads until the other side has closed.
void listen_to(int output, const std::function<void(std::string_view)>& hear) {
  std::array<char, 4096> bytes{};
  for (ssize_t count = 1; count > 0;) {
    count = ::read(output, bytes.data(), bytes.size());
    if (count > 0) {
      hear({bytes.data(), static_cast<std::size_t>(count)});
    }
  }
  ::close(output);
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
    arguments.insert(arguments.end(), {"--webhook", settings.webhook, "--webhook-private"});
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
  const auto spawned = spawn(arguments_of(settings_));
  process_ = spawned.process;
  listener_ = std::jthread([this, output = spawned.output] {
    listen_to(output, [this](std::string_view heard) {
      const std::scoped_lock lock(mutex_);
      log_ += heard;
    });
  });
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

std::string DaemonProcess::log() const {
  const std::scoped_lock lock(mutex_);
  return log_;
}

ProgramRun run_program(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{"protoflow"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const auto spawned = spawn(std::move(all));
  ProgramRun run;
  listen_to(spawned.output, [&](std::string_view heard) { run.output += heard; });
  int status = 0;
  ::waitpid(spawned.process, &status, 0);
  run.status = to_ending(status).status;
  return run;
}

}  // namespace protoflow::testing
