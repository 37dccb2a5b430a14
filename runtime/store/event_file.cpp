#include "runtime/store/event_file.hpp"

#include "runtime/store/format.hpp"

namespace protoflow::runtime {

namespace {

const sqlite::Format& event_format() {
  static const sqlite::Format format{
      .application = 0x50464C57,
      .version = 1,
      .schema =
          "CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
          "CREATE TABLE events(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,"
          " version INTEGER NOT NULL, line TEXT NOT NULL);"
          "CREATE UNIQUE INDEX events_by_stream ON events(stream, version)",
      .journal = "WAL"};
  return format;
}

StoreError recognition_error(sqlite::Recognised recognised, const std::string& name) {
  if (recognised == sqlite::Recognised::too_new) {
    return {StoreErrorCode::too_new,
            name +
                " was written by a newer protoflow, and nothing in it was "
                "changed: install that version or a later one"};
  }
  return {StoreErrorCode::not_ours,
          name +
              " was written by another program, and nothing in it was "
              "changed: choose another folder for protoflow"};
}

/// A new file beside the journal of a lost one would take the lost one's pages for its own.
std::expected<void, StoreError> create_event_file(const std::filesystem::path& file) {
  std::filesystem::path journal = file;
  journal += "-wal";
  std::error_code unreadable;
  if (std::filesystem::file_size(journal, unreadable) > 0 && !unreadable) {
    return std::unexpected(
        StoreError{StoreErrorCode::not_ours,
                   file.string() +
                       " is gone but its journal is still there: restore both from a "
                       "backup, or move " +
                       journal.string() + " away to start afresh"});
  }
  if (auto created = sqlite::create(file, event_format()); !created) {
    return std::unexpected(store_error(created.error(), file));
  }
  return {};
}

/// Without a write-ahead log no daemon has the file: it is a copy, or was left whole.
sqlite::Access access_of(const std::filesystem::path& file, FileMode mode) {
  if (mode != FileMode::read) {
    return sqlite::Access::write;
  }
  std::filesystem::path journal = file;
  journal += "-wal";
  std::error_code unreadable;
  return std::filesystem::exists(journal, unreadable) ? sqlite::Access::read
                                                      : sqlite::Access::immutable;
}

}  // namespace

std::expected<sqlite::Connection, StoreError> open_event_file(const std::filesystem::path& file,
                                                              FileMode mode,
                                                              const std::string& vfs) {
  std::error_code unreadable;
  const bool there = std::filesystem::exists(file, unreadable);
  if (!there && mode != FileMode::create_or_write) {
    return std::unexpected(StoreError{
        StoreErrorCode::unavailable,
        "there is no store at " + file.string() + ": give the folder that the daemon uses"});
  }
  if (!there) {
    if (auto created = create_event_file(file); !created) {
      return std::unexpected(std::move(created.error()));
    }
  }
  auto connection = sqlite::Connection::open(file, access_of(file, mode), vfs);
  if (!connection) {
    return std::unexpected(store_error(connection.error(), file));
  }
  auto recognised = sqlite::recognise(*connection, event_format());
  if (!recognised) {
    return std::unexpected(store_error(recognised.error(), file));
  }
  if (*recognised != sqlite::Recognised::yes) {
    return std::unexpected(recognition_error(*recognised, file.string()));
  }
  return std::move(*connection);
}

StoreError store_error(const sqlite::Failure& failure, const std::filesystem::path& file) {
  const std::string cause = file.string() + ": " + failure.what + ": ";
  switch (sqlite::kind_of(failure)) {
    case sqlite::Kind::busy:
      return {StoreErrorCode::unavailable,
              cause + "another program holds the file; close it and try again"};
    case sqlite::Kind::full:
      return {StoreErrorCode::unavailable,
              cause + "nothing was written; make room on the disk and try again"};
    case sqlite::Kind::sync_lost:
      return {StoreErrorCode::outcome_unknown,
              cause +
                  "the disk did not confirm what was written; check the disk, then start "
                  "protoflow again"};
    case sqlite::Kind::damaged:
      return {StoreErrorCode::not_ours,
              cause +
                  "the file is not a protoflow store, or is damaged; restore it from a backup, "
                  "or choose another folder"};
    case sqlite::Kind::denied:
      return {StoreErrorCode::unavailable,
              cause + "check that the folder is there and that this account may use the file"};
    case sqlite::Kind::collision:
    case sqlite::Kind::other:
      break;
  }
  return {StoreErrorCode::unavailable, cause + "nothing was written; try again"};
}

}  // namespace protoflow::runtime
