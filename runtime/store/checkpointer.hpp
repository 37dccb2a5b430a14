// Brings the write-ahead log back into the file of events, on a thread and a connection of its own,
// so that committing never waits for it. One pass cannot catch up with a writer that goes on; the
// writer then finishes what little is left between two commits.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "runtime/store/event_file.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

class Checkpointer {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<Checkpointer>, StoreError> start(
      const std::filesystem::path& file, const SqliteOptions& options);
  ~Checkpointer();

  /// Called by the writer after each commit, with the length of the log. true: most of the log is
  /// copied; the writer should finish it now and say so.
  [[nodiscard]] bool committed(int log_pages);
  void finished(int log_pages, bool whole);

  /// The disk did not confirm a checkpoint: nothing may be written any more.
  [[nodiscard]] bool sync_lost() const { return sync_lost_.load(std::memory_order_relaxed); }

 private:
  enum class Pass : std::uint8_t { none, asked, done };

  Checkpointer(sqlite::Connection connection, const SqliteOptions& options);
  void run();
  void ask();

  sqlite::Connection connection_;
  const int pages_;
  const std::chrono::milliseconds every_;
  int ask_at_pages_;  // the writer's
  std::atomic<Pass> pass_ = Pass::none;
  std::atomic<bool> written_since_ = false;
  std::atomic<bool> sync_lost_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace protoflow::runtime
