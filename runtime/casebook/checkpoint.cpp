#include "runtime/casebook/checkpoint.hpp"

#include <fstream>
#include <system_error>

#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS checkpoint("
    "stream TEXT PRIMARY KEY, version INTEGER NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL) "
    "WITHOUT ROWID;";

std::string sentence(const std::filesystem::path& file, const sqlite::Failure& failure) {
  return file.string() + ": " + failure.what +
         "; the file can be removed, it is made again from the events";
}

std::expected<void, sqlite::Failure> write_one(sqlite::Connection& connection,
                                               const Reading& reading,
                                               std::string_view stream,
                                               const StreamHead& head) {
  auto put = connection.prepare(
      "INSERT INTO checkpoint VALUES(?1, ?2, ?3, ?4) ON CONFLICT(stream) DO UPDATE SET "
      "version = ?2, hash = ?3, state = ?4");
  if (!put) {
    return std::unexpected(put.error());
  }
  const auto state = reading.describe_live(stream);
  put->bind(1, stream);
  put->bind(2, static_cast<std::int64_t>(head.version));
  put->bind(3, head.hash);
  put->bind(4, state);
  return put->run();
}

}  // namespace

std::expected<CheckpointFile, std::string> CheckpointFile::open(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    std::ofstream created(file);  // sqlite::Connection never creates a file
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  }
  auto connection = sqlite::Connection::open(file, sqlite::Access::write);
  if (!connection) {
    return std::unexpected(sentence(file, connection.error()));
  }
  if (auto made = connection->execute(kSchema); !made) {
    return std::unexpected(sentence(file, made.error()));
  }
  return CheckpointFile(file);
}

std::expected<void, std::string> CheckpointFile::write(const Reading& reading) {
  std::vector<std::pair<std::string_view, const StreamHead*>> moved;
  for (const auto& [stream, head] : reading.heads) {
    if (head.version != written_[stream]) {
      moved.emplace_back(stream, &head);
    }
  }
  if (moved.empty()) {
    return {};
  }
  auto connection = sqlite::Connection::open(file_, sqlite::Access::write);
  if (!connection) {
    return std::unexpected(sentence(file_, connection.error()));
  }
  auto done = connection->execute("BEGIN");
  for (const auto& [stream, head] : moved) {
    if (done) {
      done = write_one(*connection, reading, stream, *head);
    }
  }
  if (done) {
    done = connection->execute("COMMIT");
  }
  if (!done) {
    return std::unexpected(sentence(file_, done.error()));
  }
  for (const auto& [stream, head] : moved) {
    written_[std::string(stream)] = head->version;
  }
  return {};
}

std::expected<Checkpoints, std::string> read_checkpoints(const std::filesystem::path& file) {
  Checkpoints checkpoints;
  if (!std::filesystem::exists(file)) {
    return checkpoints;
  }
  auto connection = sqlite::Connection::open(file, sqlite::Access::read);
  if (!connection) {
    return std::unexpected(sentence(file, connection.error()));
  }
  auto all = connection->prepare("SELECT stream, version, hash, state FROM checkpoint");
  if (!all) {
    return std::unexpected(sentence(file, all.error()));
  }
  auto row = all->step();
  for (; row && *row; row = all->step()) {
    checkpoints[std::string(all->bytes(0))] = {static_cast<std::uint64_t>(all->integer(1)),
                                               std::string(all->bytes(2)),
                                               std::string(all->bytes(3))};
  }
  if (!row) {
    return std::unexpected(sentence(file, row.error()));
  }
  return checkpoints;
}

}  // namespace protoflow::runtime
