// The floor of the event store: the same tables, rows, durability and grouping of commits by one
// thread, straight on SQLite's C interface. No port, no check of versions, no names to look up, no
// copy of a line. It exits when SQLite refuses.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/bench/load.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace protoflow::bench {

class BareSqlite {
 public:
  explicit BareSqlite(const std::filesystem::path& file);
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;
  ~BareSqlite();

  /// Returns once the event is durable; releases `written`, which is the client's own.
  void write(const Event& event, std::binary_semaphore& written);

 private:
  struct Waiting {
    const Event* event;
    std::binary_semaphore* written;
  };

  void run();
  void insert(const Event& event);

  sqlite3* db_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3_stmt* name_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  std::int64_t position_ = 0;

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Waiting> queue_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace protoflow::bench
