// The write side of the file of events: one transaction that holds several appends, each accepted
// or refused on its own. Knows no thread and no caller; EventWriter drives it.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "runtime/store/event_file.hpp"
#include "runtime/store/event_store.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

class EventTable {
 public:
  /// Creates the file when there is none, and makes sure that a commit will mean durable.
  [[nodiscard]] static std::expected<std::unique_ptr<EventTable>, StoreError> open(
      const std::filesystem::path& file, const SqliteOptions& options);

  [[nodiscard]] std::expected<void, sqlite::Failure> begin();

  /// The inner error is this append's alone: the stream is not where it was expected. The outer one
  /// ends the transaction.
  [[nodiscard]] std::expected<EventStore::Appended, sqlite::Failure> add(const Append& append);

  [[nodiscard]] std::expected<void, sqlite::Failure> commit();

  /// Undoes the transaction and forgets what was remembered of the file. To be called after any
  /// failure.
  void abandon();

  /// Pages in the write-ahead log after the last commit.
  [[nodiscard]] int log_pages() const { return log_pages_; }

  /// Copies what it can of the write-ahead log into the file; true when nothing was left over, so
  /// that the log starts again.
  [[nodiscard]] std::expected<bool, sqlite::Failure> checkpoint();

 private:
  struct Head {
    std::int64_t id = 0;  // 0: the stream is not in the file
    std::uint64_t version = 0;
  };

  EventTable() = default;
  [[nodiscard]] std::expected<void, sqlite::Failure> prepare(const SqliteOptions& options);
  [[nodiscard]] std::expected<Head*, sqlite::Failure> head_of(const std::string& stream);
  [[nodiscard]] std::expected<void, sqlite::Failure> insert(const Append& append, Head& head);

  sqlite::Connection connection_;
  sqlite::Statement begin_, commit_, rollback_, find_, name_, insert_, last_;
  // What the file says of the streams written to lately; the file stays the only truth.
  std::unordered_map<std::string, Head> heads_;
  std::uint64_t position_ = 0;
  bool position_known_ = false;
  int log_pages_ = 0;
};

/// One checkpoint on any connection, as EventTable::checkpoint.
[[nodiscard]] std::expected<bool, sqlite::Failure> checkpoint(sqlite::Connection& connection);

}  // namespace protoflow::runtime
