#include "runtime/store/copy_database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <sqlite3.h>

namespace protoflow::runtime::sqlite {

namespace {

constexpr int kAllPages = -1;

Failure failure(int code) {
  return {code, sqlite3_errstr(code & 0xFF)};
}

std::expected<void, Failure> copy_pages(const Connection& from, const Connection& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.raw(), "main", from.raw(), "main");
  if (backup == nullptr) {
    return std::unexpected(failure(sqlite3_extended_errcode(to.raw())));
  }
  (void)sqlite3_backup_step(backup, kAllPages);  // finish() says what became of it
  const int code = sqlite3_backup_finish(backup);
  return code == SQLITE_OK ? std::expected<void, Failure>() : std::unexpected(failure(code));
}

}  // namespace

std::expected<void, Failure> copy_database(const std::filesystem::path& from,
                                           const std::filesystem::path& to) {
  const int made = ::open(to.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (made < 0) {
    return std::unexpected(Failure{SQLITE_CANTOPEN, std::generic_category().message(errno)});
  }
  ::close(made);
  auto source = Connection::open(from, Access::read);
  if (!source) {
    return std::unexpected(std::move(source.error()));
  }
  auto copy = Connection::open(to, Access::write);
  if (!copy) {
    return std::unexpected(std::move(copy.error()));
  }
  if (auto set = source->execute("PRAGMA busy_timeout=10000"); !set) {
    return set;
  }
  if (auto set = copy->execute("PRAGMA synchronous=FULL"); !set) {
    return set;
  }
  return copy_pages(*source, *copy);
}

}  // namespace protoflow::runtime::sqlite
