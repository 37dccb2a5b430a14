#include "runtime/store/format.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <sqlite3.h>

namespace protoflow::runtime::sqlite {

namespace {

Failure system_failure(int code, std::string_view deed) {
  return {code, std::string(deed) + ": " + std::generic_category().message(errno)};
}

bool make_durable(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

std::expected<void, Failure> fill(const std::filesystem::path& file, const Format& format) {
  auto connection = Connection::open(file, Access::write);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  // Set outside any transaction: SQLite changes its journal only there.
  return connection->execute("PRAGMA journal_mode=" + format.journal + ";PRAGMA synchronous=FULL;" +
                             "BEGIN;" + format.schema +
                             ";PRAGMA application_id=" + std::to_string(format.application) +
                             ";PRAGMA user_version=" + std::to_string(format.version) + ";COMMIT");
}

}  // namespace

std::expected<void, Failure> create(const std::filesystem::path& file, const Format& format) {
  std::filesystem::path unnamed = file;
  unnamed += ".new";
  for (const char* rest : {"", "-journal", "-wal", "-shm"}) {
    ::unlink((unnamed.string() + rest).c_str());  // of an earlier attempt that was cut short
  }
  const int descriptor = ::open(unnamed.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return std::unexpected(system_failure(SQLITE_CANTOPEN, "unable to create the file"));
  }
  ::close(descriptor);
  if (auto filled = fill(unnamed, format); !filled) {
    return filled;
  }
  const auto folder = std::filesystem::absolute(file).parent_path();
  if (!make_durable(unnamed, O_RDWR) || ::rename(unnamed.c_str(), file.c_str()) != 0 ||
      !make_durable(folder, O_RDONLY | O_DIRECTORY)) {
    return std::unexpected(system_failure(SQLITE_IOERR_WRITE, "unable to finish the new file"));
  }
  return {};
}

std::expected<Recognised, Failure> recognise(Connection& connection, const Format& format) {
  const auto application = connection.integer("PRAGMA application_id");
  const auto version = connection.integer("PRAGMA user_version");
  if (!application || !version) {
    return std::unexpected(application ? version.error() : application.error());
  }
  if (*application != format.application || *version < 1) {
    return Recognised::not_ours;
  }
  if (*version > format.version) {
    return Recognised::too_new;
  }
  // The marks are on the first page; the tables' list tells whether the rest of the file is there.
  if (auto tables = connection.integer("SELECT count(*) FROM sqlite_schema"); !tables) {
    return std::unexpected(std::move(tables.error()));
  }
  return Recognised::yes;
}

}  // namespace protoflow::runtime::sqlite
