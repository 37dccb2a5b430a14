// The event store on one SQLite file, for one daemon; format in event_file.hpp. An append is
// acknowledged after a commit in WAL mode with synchronous=FULL. After an answer `outcome_unknown`
// the disk can no longer be trusted: every later append is answered `unavailable`, and the caller
// should end the process and start again.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>

#include "runtime/store/event_file.hpp"
#include "runtime/store/event_reader.hpp"
#include "runtime/store/event_store.hpp"
#include "runtime/store/event_writer.hpp"
#include "runtime/store/file_lock.hpp"

namespace protoflow::runtime {

class SqliteStore final : public EventStore {
 public:
  using Options = SqliteOptions;

  /// For the daemon: creates the file when there is none (its folder must be there) and holds it
  /// alone until destroyed. The errors are `in_use`, `not_ours`, `too_new` and `unavailable`.
  [[nodiscard]] static std::expected<std::unique_ptr<SqliteStore>, StoreError> open(
      const std::filesystem::path& file, Options options = {});

  /// For replay and verification, beside a daemon or without one: creates nothing, changes nothing.
  /// An append is answered `unavailable`, at once. Opened on a copy that no daemon has ever had, it
  /// must not outlive the copy's first use by a daemon.
  [[nodiscard]] static std::expected<std::unique_ptr<SqliteStore>, StoreError> open_to_read(
      const std::filesystem::path& file);

  /// Writes and answers what is waiting. No append may be under way in another thread.
  ~SqliteStore() override;

  void append(Append append, Done done) override;
  [[nodiscard]] std::expected<void, StoreError> read_all(std::uint64_t after,
                                                         const Visit& visit) const override;
  [[nodiscard]] std::expected<void, StoreError> read_stream(std::string_view stream,
                                                            std::uint64_t after_version,
                                                            const Visit& visit) const override;

 private:
  SqliteStore() = default;

  std::optional<FileLock> lock_;
  std::unique_ptr<EventReader> reader_;
  std::unique_ptr<EventWriter> writer_;  // null when opened to read
};

}  // namespace protoflow::runtime
