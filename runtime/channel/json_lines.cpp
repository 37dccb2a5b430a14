#include "runtime/channel/json_lines.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/channel/return_path.hpp"

namespace protoflow::runtime {

namespace {

// A pipe that polls as writable takes this much without blocking (POSIX, PIPE_BUF is at least 512;
// Linux 4096).
constexpr std::size_t kPipeChunk = 4096;
constexpr int kPollMilliseconds = 200;

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

class JsonLines final : public Channel {
 public:
  JsonLines(Loop& loop, std::string name, int file, bool owned)
      : path_back_(loop), name_(std::move(name)), file_(file), owned_(owned) {
    struct stat found{};

    regular_ = ::fstat(file_, &found) == 0 && S_ISREG(found.st_mode);
    torn_ = regular_ && found.st_size > 0 && !ends_a_line(found.st_size);
    thread_ = std::jthread([this](const std::stop_token& stop) { write_until(stop); });
  }

  ~JsonLines() override {
    thread_.request_stop();
    thread_.join();
    if (owned_) {
      ::close(file_);
    }
  }

  [[nodiscard]] std::string_view name() const override { return name_; }

  void send(const OutgoingNotice& notice, Done done) override {
    const std::scoped_lock lock(mutex_);
    queue_.push_back({notice.json + '\n', std::move(done)});
    arrived_.notify_one();
  }

 private:
  struct Line {
    std::string text;
    Done done;
  };

  /// Whether the last byte of the file is a line end; a crash may have cut the last line.
  [[nodiscard]] bool ends_a_line(off_t size) const {
    char last = '\n';
    return ::pread(file_, &last, 1, size - 1) != 1 || last == '\n';
  }

  void write_until(const std::stop_token& stop) {
    while (true) {
      std::vector<Line> lines;
      {
        std::unique_lock lock(mutex_);
        if (!arrived_.wait(lock, stop, [this] { return !queue_.empty(); })) {
          return;
        }
        lines.swap(queue_);
      }
      const int error = write_all(lines, stop);
      for (Line& line : lines) {
        path_back_.give(std::move(line.done),
                        error == 0 ? SendResult(Sent{})
                                   : SendResult(Retry{"cannot write: " + reason_of(error)}));
      }
    }
  }

  /// All lines and one sync, or an errno and none of them.
  int write_all(const std::vector<Line>& lines, const std::stop_token& stop) {
    std::string text = torn_ ? "\n" : "";
    for (const Line& line : lines) {
      text += line.text;
    }

    struct stat before{};

    if (regular_ && ::fstat(file_, &before) != 0) {
      return errno;
    }
    int error = write_bytes(text, stop);
    if (error == 0 && regular_ && ::fdatasync(file_) != 0) {
      error = errno;
    }
    // Half a line must not stand before the next one.
    torn_ = error != 0 && (!regular_ || ::ftruncate(file_, before.st_size) != 0 || torn_);
    return error;
  }

  int write_bytes(std::string_view text, const std::stop_token& stop) const {
    while (!text.empty()) {
      if (!regular_ && !wait_writable(stop)) {
        return ECANCELED;
      }
      const std::size_t chunk = regular_ ? text.size() : std::min(text.size(), kPipeChunk);
      const auto written = ::write(file_, text.data(), chunk);
      if (written >= 0) {
        text.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno != EINTR && errno != EAGAIN) {
        return errno;
      }
    }
    return 0;
  }

  /// false: the channel ends while the reader does not read.
  [[nodiscard]] bool wait_writable(const std::stop_token& stop) const {
    pollfd waiting{.fd = file_, .events = POLLOUT, .revents = 0};
    while (::poll(&waiting, 1, kPollMilliseconds) == 0) {
      if (stop.stop_requested()) {
        return false;
      }
    }
    return true;
  }

  ReturnPath path_back_;
  std::string name_;
  int file_;
  bool owned_;
  bool regular_ = false;
  bool torn_ = false;  // the last write ended inside a line
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::vector<Line> queue_;
  std::jthread thread_;
};

}  // namespace

std::expected<std::unique_ptr<Channel>, ChannelError> make_json_lines(Loop& loop,
                                                                      const std::string& name,
                                                                      const std::string& path) {
  if (path == "-") {
    return std::make_unique<JsonLines>(loop, name, STDOUT_FILENO, false);
  }
  const int file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) {
    return std::unexpected(
        ChannelError{"cannot write notices to \"" + path + "\": " + reason_of(errno) +
                     "; give a file in a folder that exists and may be written, or - for "
                     "standard output"});
  }
  return std::make_unique<JsonLines>(loop, name, file, true);
}

}  // namespace protoflow::runtime
