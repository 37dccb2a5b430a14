#include "runtime/loop/loop.hpp"

#include <atomic>
#include <csignal>
#include <thread>
#include <unordered_map>
#include <utility>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include "runtime/loop/asio_loop.hpp"

namespace protoflow::runtime {

namespace asio = boost::asio;

// The concrete executor halves the compile time and the CPU of the type-erased one.
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;
using Signals = asio::basic_signal_set<asio::io_context::executor_type>;

struct Loop::Parts {
  struct Waiting {
    Timer timer;
    Task task;
  };

  asio::io_context context{1};
  // Held for good: a context that runs out of work counts as stopped, even between two runs.
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::atomic<std::thread::id> thread;
  std::uint64_t last_timer = 0;
  std::unordered_map<std::uint64_t, Waiting> timers;
  std::unique_ptr<Signals> signals;
  std::function<void()> stop_task;

  void fire(std::uint64_t timer) {
    const auto found = timers.find(timer);
    if (found == timers.end()) {
      return;
    }
    Task task = std::move(found->second.task);
    timers.erase(found);
    task();
  }

  void wait_for_signal() {
    signals->async_wait([this](const boost::system::error_code& error, int) {
      if (error) {
        return;
      }
      wait_for_signal();
      const auto task = stop_task;
      task();
    });
  }
};

Loop::Loop() : parts_(std::make_unique<Parts>()) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

Loop::~Loop() = default;

void Loop::post(Task task) {
  asio::post(parts_->context.get_executor(), std::move(task));
}

TimerId Loop::after(std::chrono::milliseconds delay, Task task) {
  const std::uint64_t id = ++parts_->last_timer;
  const auto placed = parts_->timers.emplace(
      id, Parts::Waiting{Timer(parts_->context.get_executor()), std::move(task)});
  Timer& timer = placed.first->second.timer;
  timer.expires_after(delay);
  timer.async_wait([parts = parts_.get(), id](const boost::system::error_code& error) {
    if (!error) {
      parts->fire(id);
    }
  });
  return TimerId{id};
}

void Loop::cancel(TimerId timer) {
  // The task may own what the caller stands on: it is destroyed after the map is in order again.
  const auto cancelled = parts_->timers.extract(static_cast<std::uint64_t>(timer));
  (void)cancelled;
}

void Loop::on_stop_signals(std::function<void()> task) {
  parts_->stop_task = std::move(task);
  if (!parts_->signals) {
    parts_->signals = std::make_unique<Signals>(parts_->context.get_executor(), SIGTERM, SIGINT);
    parts_->wait_for_signal();
  }
}

void Loop::run() {
  parts_->thread = std::this_thread::get_id();
  parts_->context.run();
  parts_->context.restart();
  parts_->thread = std::thread::id{};
}

void Loop::stop() {
  parts_->context.stop();
}

bool Loop::on_this_thread() const {
  return parts_->thread.load() == std::this_thread::get_id();
}

boost::asio::io_context& AsioLoop::context(Loop& loop) {
  return loop.parts_->context;
}

}  // namespace protoflow::runtime
