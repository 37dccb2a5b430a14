#include "tests/golden/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/support/places.hpp"

namespace protoflow::golden {

namespace {

// What a child gets instead of the test's own files and environment.
class Spawning {
 public:
  explicit Spawning(const Launch& launch) : words_(launch.arguments), settings_(launch.settings) {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addchdir_np(&actions, launch.folder.c_str());
    words_.insert(words_.begin(), "protoflow");
    for (char** setting = environ; *setting != nullptr; ++setting) {
      const std::string text(*setting);
      const bool locale = text.starts_with("LANG=") || text.starts_with("LC_");
      if (!locale && !text.starts_with("NO_COLOR=") && !text.starts_with("PROTOFLOW_")) {
        settings_.push_back(text);
      }
    }
  }

  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }

  void open(int number, const std::filesystem::path& file, int flags) {
    posix_spawn_file_actions_addopen(&actions, number, file.c_str(), flags, 0600);
  }

  pid_t start() {
    auto arguments = pointers(words_);
    auto environment = pointers(settings_);
    pid_t process = -1;
    const int failed = posix_spawn(&process,
                                   program_under_test(),
                                   &actions,
                                   &attributes,
                                   arguments.data(),
                                   environment.data());
    return failed == 0 ? process : -1;
  }

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

 private:
  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) {
      list.push_back(text.data());
    }
    list.push_back(nullptr);
    return list;
  }

  std::vector<std::string> words_;
  std::vector<std::string> settings_;
};

std::string read_all(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

int wait_for(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// Until the other side closes, or `until` has come.
void read_until(int from, const std::string& until, std::string& text) {
  std::string piece(4096, '\0');
  while (until.empty() || text.find(until) == text.npos) {
    const auto count = ::read(from, piece.data(), piece.size());
    if (count <= 0) {
      return;
    }
    text.append(piece, 0, static_cast<std::size_t>(count));
  }
}

}  // namespace

Ended run(const Launch& launch, const std::filesystem::path& aside) {
  Spawning child(launch);
  const auto output = aside / "output";
  const auto complaint = aside / "complaint";
  child.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  child.open(STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC);
  child.open(STDERR_FILENO, complaint, O_WRONLY | O_CREAT | O_TRUNC);
  const int code = wait_for(child.start());
  return {code, read_all(output), read_all(complaint)};
}

Ended run_on_terminal(const Launch& launch) {
  const int mine = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  const bool made = mine >= 0 && ::grantpt(mine) == 0 && ::unlockpt(mine) == 0;
  const char* const name = made ? ::ptsname(mine) : nullptr;
  if (name == nullptr) {
    return {.code = -1, .output = "no terminal can be made here: is /dev/pts mounted?\n"};
  }
  Spawning child(launch);
  posix_spawnattr_setflags(&child.attributes, POSIX_SPAWN_SETSID);
  const std::filesystem::path terminal = name;
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    child.open(number, terminal, O_RDWR);
  }
  const auto process = child.start();
  Ended ended;
  read_until(mine, {}, ended.output);
  ended.code = wait_for(process);
  ::close(mine);
  std::erase(ended.output, '\r');
  return ended;
}

Daemon::Daemon(const Launch& launch, const std::string& until) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return;
  }
  {
    Spawning child(launch);
    child.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    child.open(STDOUT_FILENO, "/dev/null", O_WRONLY);
    posix_spawn_file_actions_adddup2(&child.actions, ends[1], STDERR_FILENO);
    process_ = child.start();
  }
  ::close(ends[1]);
  reader_ = ends[0];
  read_until(reader_, until, said_);
}

Daemon::~Daemon() {
  if (process_ > 0) {
    stop(SIGKILL);
  }
}

int Daemon::stop(int signal) {
  ::kill(process_, signal);
  read_until(reader_, {}, said_);
  ::close(reader_);
  const int code = wait_for(process_);
  process_ = -1;
  return code;
}

}  // namespace protoflow::golden
