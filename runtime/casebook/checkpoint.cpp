#include "runtime/casebook/checkpoint.hpp"

#include <fstream>
#include <system_error>

#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS checkpoint("
    "stream TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;";

std::string sentence(const std::filesystem::path& file, const sqlite::Failure& failure) {
  return file.string() + ": " + failure.what +
         "; the file can be removed, it is made again from the events";
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

std::expected<void, std::string> CheckpointFile::write(
    const std::map<std::string, CaseFile, std::less<>>& cases) {
  auto connection = sqlite::Connection::open(file_, sqlite::Access::write);
  if (!connection) {
    return std::unexpected(sentence(file_, connection.error()));
  }
  auto put = connection->prepare(
      "INSERT INTO checkpoint VALUES(?1, ?2, ?3) ON CONFLICT(stream) DO UPDATE SET "
      "version = ?2, state = ?3");
  if (!put) {
    return std::unexpected(sentence(file_, put.error()));
  }
  auto done = connection->execute("BEGIN");
  for (const auto& [stream, file] : cases) {
    auto& written = written_[stream];
    if (!done || file.state.version == written) {
      continue;
    }
    const auto state = engine::describe(file.state, file.plan->protocol);
    put->bind(1, stream);
    put->bind(2, static_cast<std::int64_t>(file.state.version));
    put->bind(3, state);
    done = put->run();
    written = file.state.version;
  }
  if (done) {
    done = connection->execute("COMMIT");
  }
  if (!done) {
    written_.clear();
    return std::unexpected(sentence(file_, done.error()));
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
  auto all = connection->prepare("SELECT stream, version, state FROM checkpoint");
  if (!all) {
    return std::unexpected(sentence(file, all.error()));
  }
  auto row = all->step();
  for (; row && *row; row = all->step()) {
    checkpoints[std::string(all->bytes(0))] = {static_cast<std::uint64_t>(all->integer(1)),
                                               std::string(all->bytes(2))};
  }
  if (!row) {
    return std::unexpected(sentence(file, row.error()));
  }
  return checkpoints;
}

}  // namespace protoflow::runtime
