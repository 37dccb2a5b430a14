// The one thread that writes events: it commits together whatever arrived during the previous
// commit, and answers each append once that commit is durable. It decides which failures may be
// tried again and which one ends all writing.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "runtime/store/checkpointer.hpp"
#include "runtime/store/event_file.hpp"
#include "runtime/store/event_store.hpp"
#include "runtime/store/event_table.hpp"

namespace protoflow::runtime {

class EventWriter {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<EventWriter>, StoreError> start(
      const std::filesystem::path& file, const SqliteOptions& options);

  ~EventWriter();

  /// Writes and answers what is waiting, then ends the thread. Nothing may be appended afterwards.
  void drain();

  void append(Append append, EventStore::Done done);

 private:
  struct Waiting {
    Append append;
    EventStore::Done done;
    std::size_t bytes = 0;
    bool turned_away = false;  // the queue was full: answered in its turn, without having been kept
  };

  EventWriter(std::filesystem::path file,
              const SqliteOptions& options,
              std::unique_ptr<EventTable> table,
              std::unique_ptr<Checkpointer> checkpointer);
  void run();
  [[nodiscard]] bool take(std::vector<Waiting>& taken);
  [[nodiscard]] std::span<Waiting> next_batch(std::span<Waiting> rest) const;
  void write(std::span<Waiting> batch);
  [[nodiscard]] std::expected<void, sqlite::Failure> add_all(std::span<Waiting> batch);
  void commit(std::span<Waiting> batch);
  void fail_all(StoreError error);
  void look_after_log();

  const std::filesystem::path file_;
  const SqliteOptions options_;

  // The thread's own.
  std::unique_ptr<EventTable> table_;
  std::unique_ptr<Checkpointer> checkpointer_;
  std::vector<EventStore::Appended> answers_;
  std::optional<StoreError> stopped_;  // why nothing is written any more

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Waiting> queue_;
  std::size_t queue_bytes_ = 0;
  bool asleep_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace protoflow::runtime
