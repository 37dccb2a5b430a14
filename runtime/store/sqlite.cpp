#include "runtime/store/sqlite.hpp"

#include <system_error>

#include <sqlite3.h>

namespace protoflow::runtime::sqlite {

namespace {

/// A `file:` address, in which SQLite reads '?', '#' and '%' as its own.
std::string address_of(const std::filesystem::path& file, std::string_view query) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string address = "file:";
  for (const char letter : std::filesystem::absolute(file).string()) {
    if (letter == '?' || letter == '#' || letter == '%') {
      const auto byte = static_cast<unsigned char>(letter);
      address += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    } else {
      address += letter;
    }
  }
  return address.append(query);
}

Failure failure_of(sqlite3* db, int code) {
  Failure failure{sqlite3_extended_errcode(db), sqlite3_errstr(code & 0xFF)};
  const int primary = code & 0xFF;
  const int cause = sqlite3_system_errno(db);
  if (cause != 0 && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)) {
    failure.what += " (" + std::generic_category().message(cause) + ")";
  }
  return failure;
}

}  // namespace

Kind kind_of(const Failure& failure) {
  switch (failure.code) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      return Kind::sync_lost;
    case SQLITE_IOERR_WRITE:
      return Kind::full;
    default:
      break;
  }
  switch (failure.code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Kind::busy;
    case SQLITE_FULL:
      return Kind::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Kind::damaged;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return Kind::denied;
    case SQLITE_CONSTRAINT:
      return Kind::collision;
    default:
      return Kind::other;
  }
}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(stmt_, other.stmt_);
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(stmt_);
}

void Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(stmt_, index, value);
}

void Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(stmt_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_bytes(int index, std::string_view bytes) {
  sqlite3_bind_blob64(stmt_, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

std::expected<bool, Failure> Statement::step() {
  const int code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW || code == SQLITE_DONE) {
    return code == SQLITE_ROW;
  }
  Failure failure = failure_of(sqlite3_db_handle(stmt_), code);
  sqlite3_reset(stmt_);
  return std::unexpected(std::move(failure));
}

std::expected<void, Failure> Statement::run() {
  const auto stepped = step();
  reset();
  if (!stepped) {
    return std::unexpected(stepped.error());
  }
  return {};
}

void Statement::reset() {
  sqlite3_reset(stmt_);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(stmt_, column);
}

std::string_view Statement::bytes(int column) const {
  const void* first = sqlite3_column_blob(stmt_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column));
  return first == nullptr ? std::string_view{}
                          : std::string_view{static_cast<const char*>(first), size};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(stmt_, column) == SQLITE_NULL;
}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(db_, other.db_);
  return *this;
}

Connection::~Connection() {
  sqlite3_close_v2(db_);
}

std::expected<Connection, Failure> Connection::open(const std::filesystem::path& file,
                                                    Access access,
                                                    const std::string& vfs) {
  const int flags = (access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  const std::string address = address_of(file, access == Access::immutable ? "?immutable=1" : "");
  Connection connection;
  const int code =
      sqlite3_open_v2(address.c_str(), &connection.db_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) {
    return std::unexpected(failure_of(connection.db_, code));
  }
  sqlite3_extended_result_codes(connection.db_, 1);
  return connection;
}

std::expected<void, Failure> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return std::unexpected(failure_of(db_, code));
  }
  return {};
}

std::expected<Statement, Failure> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* stmt = nullptr;
  const int code = sqlite3_prepare_v3(
      db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &stmt, nullptr);
  if (code != SQLITE_OK) {
    return std::unexpected(failure_of(db_, code));
  }
  return Statement{stmt};
}

std::expected<std::int64_t, Failure> Connection::integer(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) {
    return std::unexpected(std::move(statement.error()));
  }
  auto row = statement->step();
  if (!row) {
    return std::unexpected(std::move(row.error()));
  }
  return *row ? statement->integer(0) : 0;
}

std::expected<std::string, Failure> Connection::text(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) {
    return std::unexpected(std::move(statement.error()));
  }
  auto row = statement->step();
  if (!row) {
    return std::unexpected(std::move(row.error()));
  }
  return *row ? std::string(statement->bytes(0)) : std::string();
}

}  // namespace protoflow::runtime::sqlite
