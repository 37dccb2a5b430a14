// The loop: the one thread on which the daemon's core runs. Everything that touches live state is a
// task of the loop, so nothing needs a lock. It knows timers and stop signals; sockets are added by
// runtime/http. It hides Boost.Asio.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace protoflow::runtime {

enum class TimerId : std::uint64_t { none = 0 };

class Loop final {
 public:
  using Task = std::move_only_function<void()>;

  /// Also ignores SIGPIPE and SIGXFSZ for the whole process: a reader that goes away and a file
  /// that may not grow are errors of that write, not the end of the daemon.
  Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Tasks that have not run are destroyed. Whatever posts to the loop from a thread of its own
  /// must have ended before.
  ~Loop();

  /// Runs the task on the loop, later, in the order of the calls. Any thread.
  void post(Task task);

  /// Runs the task once, after at least `delay` of steady time. Loop thread only, or before run().
  TimerId after(std::chrono::milliseconds delay, Task task);

  /// The task will not run; nothing happens when it ran already. Loop thread only.
  void cancel(TimerId timer);

  /// Runs the task on the loop at each SIGTERM and SIGINT from now on; replaces an earlier one.
  void on_stop_signals(std::function<void()> task);

  /// Runs tasks until stop(). An exception that leaves a task leaves run().
  void run();

  /// run() returns after the task that is running, or at once when it has not begun. Any thread. A
  /// later run() carries on.
  void stop();

  [[nodiscard]] bool on_this_thread() const;

 private:
  friend struct AsioLoop;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace protoflow::runtime
