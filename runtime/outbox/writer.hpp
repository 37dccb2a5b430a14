// The thread that writes the outbox's file, so that a slow or full disk never holds up the loop.
// Whatever was given during one transaction makes the next one; what cannot be written is kept and
// tried again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "runtime/loop/loop.hpp"
#include "runtime/outbox/table.hpp"

namespace protoflow::runtime {

class OutboxWriter final {
 public:
  /// Both are called on the loop. `on_trouble` gets what is wrong when writing fails, and an empty
  /// text when it works again.
  struct Told {
    std::function<void(OutboxWritten)> on_written;
    std::function<void(std::string)> on_trouble;
  };

  OutboxWriter(OutboxTable table, Loop& loop, std::chrono::milliseconds write_again, Told told);
  OutboxWriter(const OutboxWriter&) = delete;
  OutboxWriter& operator=(const OutboxWriter&) = delete;

  /// Tries once more to write what is left.
  ~OutboxWriter();

  void give(OutboxWork work);

 private:
  void write_until(const std::stop_token& stop);
  void tell_written(OutboxWritten written);
  void tell_trouble(const std::string& what);

  OutboxTable table_;
  Loop& loop_;
  std::chrono::milliseconds write_again_;
  std::shared_ptr<Told> told_;
  bool in_trouble_ = false;  // the thread's own
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  OutboxWork queue_;
  bool queued_ = false;
  std::jthread thread_;
};

}  // namespace protoflow::runtime
