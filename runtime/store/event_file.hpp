// The file of events, `events.db`: an SQLite database in WAL mode, with two marks in its first page
// (application_id 0x5046'4C57, user_version 1) and two tables:
//
//   streams(id, name)                          a stream's name, once
//   events(position, stream, version, line)    position from 1, without gaps; line: the record,
//   exactly as it was given
//
// (stream, version) is unique. Beside it stand SQLite's own `events.db-wal` and `-shm`, and
// `events.db.lock`, which holds the process number of the daemon that has the file.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

#include "runtime/store/event_store.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

struct SqliteOptions {
  std::size_t batch_appends_max = 512;  // appends in one transaction
  std::size_t batch_bytes_max = 4U
                                << 20U;  // of lines in one transaction, unless one append has more
  std::size_t queue_bytes_max = 64U << 20U;  // of lines waiting; what comes after is `unavailable`
  int checkpoint_pages = 8192;  // length of the write-ahead log that calls for a checkpoint
  std::chrono::milliseconds checkpoint_every = std::chrono::seconds(30);
  std::chrono::milliseconds busy_wait = std::chrono::seconds(2);
  std::string vfs;  // SQLite's name of a file layer, for tests that make the disk fail
};

enum class FileMode : std::uint8_t {
  create_or_write,
  write,
  read,
};

/// Opens and recognises the file; changes nothing in one that is not ours.
[[nodiscard]] std::expected<sqlite::Connection, StoreError> open_event_file(
    const std::filesystem::path& file, FileMode mode, const std::string& vfs);

/// The same cause in the store's words: what happened to which file, and what to do.
[[nodiscard]] StoreError store_error(const sqlite::Failure& failure,
                                     const std::filesystem::path& file);

}  // namespace protoflow::runtime
