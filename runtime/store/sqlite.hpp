// Thin ownership over SQLite's C interface: a connection, a statement, a failure. It knows no
// table. The text of a failure comes from SQLite's list of result codes, never from a row. One
// thread at a time may use a connection and its statements.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace protoflow::runtime::sqlite {

struct Failure {
  int code = 0;      // SQLite's extended result code
  std::string what;  // for the operator: the cause, and the system's word for it when there is one
};

enum class Kind : std::uint8_t {
  busy,       // another program holds the file
  full,       // no space, or another refusal to write: nothing was changed
  sync_lost,  // the disk did not confirm: what was written may or may not be there
  damaged,    // not a database, or not a whole one
  denied,     // absent, or this account may not do that
  collision,  // a unique key stands already
  other,
};

[[nodiscard]] Kind kind_of(const Failure& failure);

enum class Access : std::uint8_t {
  write,      // an existing file
  read,       // an existing file that a program may be writing to
  immutable,  // an existing file that no program holds: no lock is taken, no file is made beside it
};

class Statement {
 public:
  Statement() = default;

  Statement(Statement&& other) noexcept : stmt_(std::exchange(other.stmt_, nullptr)) {}

  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  /// `index` from 1. The text is not copied: it must live until the next reset.
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view text);
  void bind_bytes(int index, std::string_view bytes);

  /// true: a row is ready; false: finished.
  [[nodiscard]] std::expected<bool, Failure> step();

  /// Steps once, then resets; for statements without rows.
  [[nodiscard]] std::expected<void, Failure> run();
  void reset();

  /// `column` from 0. The view lives until the next step or reset.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Connection;

  explicit Statement(sqlite3_stmt* stmt) : stmt_(stmt) {}

  sqlite3_stmt* stmt_ = nullptr;
};

class Connection {
 public:
  Connection() = default;

  Connection(Connection&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}

  Connection& operator=(Connection&& other) noexcept;
  ~Connection();

  /// Never creates the file. `vfs`: SQLite's name of a file layer; empty: the system's own.
  [[nodiscard]] static std::expected<Connection, Failure> open(const std::filesystem::path& file,
                                                               Access access,
                                                               const std::string& vfs = {});

  [[nodiscard]] std::expected<void, Failure> execute(const std::string& sql);
  [[nodiscard]] std::expected<Statement, Failure> prepare(std::string_view sql);

  /// The first column of the first row; 0 when there is none.
  [[nodiscard]] std::expected<std::int64_t, Failure> integer(std::string_view sql);
  [[nodiscard]] std::expected<std::string, Failure> text(std::string_view sql);

  [[nodiscard]] sqlite3* raw() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace protoflow::runtime::sqlite
