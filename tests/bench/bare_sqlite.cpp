#include "tests/bench/bare_sqlite.hpp"

#include <cstdio>
#include <cstdlib>

#include <sqlite3.h>

namespace protoflow::bench {

namespace {

void demand(bool done, sqlite3* db) {
  if (!done) {
    std::fprintf(stderr, "bare SQLite: %s\n", sqlite3_errmsg(db));
    std::_Exit(1);
  }
}

void step(sqlite3* db, sqlite3_stmt* statement) {
  demand(sqlite3_step(statement) == SQLITE_DONE, db);
  sqlite3_reset(statement);
}

sqlite3_stmt* prepare(sqlite3* db, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  demand(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK, db);
  return statement;
}

void bind(sqlite3_stmt* statement, int index, std::string_view text) {
  sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

BareSqlite::BareSqlite(const std::filesystem::path& file) {
  demand(sqlite3_open(file.c_str(), &db_) == SQLITE_OK, db_);
  // A checkpoint as often as the store's own; here within the commit, as SQLite does it by itself.
  const char* set =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8192;"
      "PRAGMA cache_size=-32000;"
      "CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
      "CREATE TABLE events(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,"
      " version INTEGER NOT NULL, line TEXT NOT NULL);"
      "CREATE UNIQUE INDEX events_by_stream ON events(stream, version)";
  demand(sqlite3_exec(db_, set, nullptr, nullptr, nullptr) == SQLITE_OK, db_);
  begin_ = prepare(db_, "BEGIN IMMEDIATE");
  commit_ = prepare(db_, "COMMIT");
  name_ = prepare(db_, "INSERT INTO streams(id, name) VALUES(?1, ?2)");
  insert_ =
      prepare(db_, "INSERT INTO events(position, stream, version, line) VALUES(?1, ?2, ?3, ?4)");
  thread_ = std::thread([this] { run(); });
}

BareSqlite::~BareSqlite() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_one();
  thread_.join();
  for (sqlite3_stmt* statement : {begin_, commit_, name_, insert_}) {
    sqlite3_finalize(statement);
  }
  sqlite3_close(db_);
}

void BareSqlite::write(const Event& event, std::binary_semaphore& written) {
  {
    const std::scoped_lock lock(mutex_);
    queue_.push_back({&event, &written});
  }
  arrived_.notify_one();
  written.acquire();
}

void BareSqlite::run() {
  std::vector<Waiting> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return !queue_.empty() || ending_; });
      batch.swap(queue_);
    }
    if (batch.empty()) {
      return;
    }
    step(db_, begin_);
    for (const Waiting& waiting : batch) {
      insert(*waiting.event);
    }
    step(db_, commit_);
    for (const Waiting& waiting : batch) {
      waiting.written->release();
    }
    batch.clear();
  }
}

void BareSqlite::insert(const Event& event) {
  if (event.version == 1) {
    sqlite3_bind_int64(name_, 1, event.case_number);
    bind(name_, 2, event.stream);
    step(db_, name_);
  }
  sqlite3_bind_int64(insert_, 1, ++position_);
  sqlite3_bind_int64(insert_, 2, event.case_number);
  sqlite3_bind_int64(insert_, 3, static_cast<std::int64_t>(event.version));
  bind(insert_, 4, event.line);
  step(db_, insert_);
}

}  // namespace protoflow::bench
