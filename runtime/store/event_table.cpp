#include "runtime/store/event_table.hpp"

#include <array>
#include <utility>

#include <sqlite3.h>

namespace protoflow::runtime {

namespace {

constexpr std::size_t kHeadsMax = 100'000;  // streams remembered, about 100 bytes each

/// `synchronous` is asserted by reading it back: SQLite ignores a setting that it does not know.
std::expected<void, sqlite::Failure> demand_durability(sqlite::Connection& connection) {
  const auto journal = connection.text("PRAGMA journal_mode=WAL");
  const auto set = connection.execute("PRAGMA synchronous=FULL");
  const auto synchronous = connection.integer("PRAGMA synchronous");
  if (!journal || !set || !synchronous) {
    return std::unexpected(!journal ? journal.error() : !set ? set.error() : synchronous.error());
  }
  constexpr std::int64_t kFull = 2;
  if (*journal != "wal" || *synchronous != kFull) {
    return std::unexpected(
        sqlite::Failure{SQLITE_CANTOPEN, "the file system does not offer a durable journal"});
  }
  return {};
}

/// The write-ahead log outlives its connections, so that reading never has to create it.
void keep_log(sqlite::Connection& connection) {
  int keep = 1;
  sqlite3_file_control(connection.raw(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep);
}

int remember_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

std::expected<std::unique_ptr<EventTable>, StoreError> EventTable::open(
    const std::filesystem::path& file, const SqliteOptions& options) {
  auto connection = open_event_file(file, FileMode::create_or_write, options.vfs);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  std::unique_ptr<EventTable> table(new EventTable);
  table->connection_ = std::move(*connection);
  if (auto prepared = table->prepare(options); !prepared) {
    return std::unexpected(store_error(prepared.error(), file));
  }
  return table;
}

std::expected<void, sqlite::Failure> EventTable::prepare(const SqliteOptions& options) {
  const std::string busy = std::to_string(options.busy_wait.count());
  // The log may outgrow the checkpoints for a while; closing then gives the room back.
  const std::string log_bytes_max =
      std::to_string(std::int64_t{options.checkpoint_pages} * 4096 * 4);
  auto set = connection_.execute("PRAGMA busy_timeout=" + busy +
                                 ";PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-32000"
                                 ";PRAGMA journal_size_limit=" +
                                 log_bytes_max);
  if (auto durable = demand_durability(connection_); !set || !durable) {
    return set ? durable : set;
  }
  keep_log(connection_);
  sqlite3_wal_hook(connection_.raw(), remember_pages, &log_pages_);
  const std::array<std::pair<sqlite::Statement*, std::string_view>, 7> statements{{
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&rollback_, "ROLLBACK"},
      {&find_,
       "SELECT id, (SELECT max(version) FROM events WHERE stream = streams.id)"
       " FROM streams WHERE name = ?1"},
      {&name_, "INSERT INTO streams(name) VALUES(?1)"},
      {&insert_, "INSERT INTO events(position, stream, version, line) VALUES(?1, ?2, ?3, ?4)"},
      {&last_, "SELECT max(position) FROM events"},
  }};
  for (const auto& [statement, sql] : statements) {
    auto prepared = connection_.prepare(sql);
    if (!prepared) {
      return std::unexpected(std::move(prepared.error()));
    }
    *statement = std::move(*prepared);
  }
  return {};
}

std::expected<void, sqlite::Failure> EventTable::begin() {
  if (heads_.size() > kHeadsMax) {
    heads_.clear();
  }
  if (auto begun = begin_.run(); !begun || position_known_) {
    return begun;
  }
  auto row = last_.step();
  if (!row) {
    return std::unexpected(std::move(row.error()));
  }
  position_ = static_cast<std::uint64_t>(last_.integer(0));
  position_known_ = true;
  last_.reset();
  return {};
}

std::expected<EventTable::Head*, sqlite::Failure> EventTable::head_of(const std::string& stream) {
  const auto known = heads_.find(stream);
  if (known != heads_.end()) {
    return &known->second;
  }
  find_.bind(1, stream);
  auto row = find_.step();
  if (!row) {
    return std::unexpected(std::move(row.error()));
  }
  Head head;
  if (*row) {
    head = {.id = find_.integer(0), .version = static_cast<std::uint64_t>(find_.integer(1))};
  }
  find_.reset();
  return &heads_.emplace(stream, head).first->second;
}

std::expected<EventStore::Appended, sqlite::Failure> EventTable::add(const Append& append) {
  auto head = head_of(append.stream);
  if (!head) {
    return std::unexpected(std::move(head.error()));
  }
  if ((*head)->version != append.expected_version || append.lines.empty()) {
    const std::string cause = append.lines.empty()
                                  ? "there is nothing to append"
                                  : "the stream is at version " + std::to_string((*head)->version) +
                                        ", not " + std::to_string(append.expected_version) +
                                        ": read it again, then decide again";
    return EventStore::Appended(std::unexpected(StoreError{StoreErrorCode::conflict, cause}));
  }
  const std::uint64_t first = position_ + 1;
  if (auto inserted = insert(append, **head); !inserted) {
    return std::unexpected(std::move(inserted.error()));
  }
  return EventStore::Appended(first);
}

std::expected<void, sqlite::Failure> EventTable::insert(const Append& append, Head& head) {
  if (head.id == 0) {
    name_.bind(1, append.stream);
    if (auto named = name_.run(); !named) {
      return named;
    }
    head.id = sqlite3_last_insert_rowid(connection_.raw());
  }
  insert_.bind(2, head.id);
  for (const std::string& line : append.lines) {
    insert_.bind(1, static_cast<std::int64_t>(++position_));
    insert_.bind(3, static_cast<std::int64_t>(++head.version));
    insert_.bind(4, line);
    if (auto inserted = insert_.run(); !inserted) {
      return inserted;
    }
  }
  return {};
}

std::expected<void, sqlite::Failure> EventTable::commit() {
  return commit_.run();
}

void EventTable::abandon() {
  if (sqlite3_get_autocommit(connection_.raw()) == 0) {
    (void)rollback_.run();  // what it cannot undo, the next BEGIN reports
  }
  heads_.clear();
  position_known_ = false;
}

std::expected<bool, sqlite::Failure> EventTable::checkpoint() {
  return runtime::checkpoint(connection_);
}

std::expected<bool, sqlite::Failure> checkpoint(sqlite::Connection& connection) {
  int pages = 0;
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(
      connection.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
  if (code != SQLITE_OK && code != SQLITE_BUSY) {
    return std::unexpected(
        sqlite::Failure{sqlite3_extended_errcode(connection.raw()), sqlite3_errstr(code)});
  }
  return code == SQLITE_OK && copied == pages;
}

}  // namespace protoflow::runtime
