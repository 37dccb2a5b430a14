#include "runtime/store/checkpointer.hpp"

#include <utility>

#include "runtime/store/event_table.hpp"

namespace protoflow::runtime {

std::expected<std::unique_ptr<Checkpointer>, StoreError> Checkpointer::start(
    const std::filesystem::path& file, const SqliteOptions& options) {
  auto connection = open_event_file(file, FileMode::write, options.vfs);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  if (auto set = connection->execute("PRAGMA synchronous=FULL;PRAGMA wal_autocheckpoint=0"); !set) {
    return std::unexpected(store_error(set.error(), file));
  }
  return std::unique_ptr<Checkpointer>(new Checkpointer(std::move(*connection), options));
}

Checkpointer::Checkpointer(sqlite::Connection connection, const SqliteOptions& options)
    : connection_(std::move(connection)),
      pages_(options.checkpoint_pages),
      every_(options.checkpoint_every),
      ask_at_pages_(options.checkpoint_pages),
      thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Checkpointer::committed(int log_pages) {
  written_since_.store(true, std::memory_order_relaxed);
  if (log_pages < pages_) {
    ask_at_pages_ = pages_;
  }
  const Pass pass = pass_.load(std::memory_order_acquire);
  if (pass == Pass::none && log_pages >= ask_at_pages_) {
    ask();
  }
  return pass == Pass::done;
}

void Checkpointer::ask() {
  {
    const std::scoped_lock lock(mutex_);
    pass_.store(Pass::asked, std::memory_order_release);
  }
  wake_.notify_one();
}

void Checkpointer::finished(int log_pages, bool whole) {
  // A reader holds the end of the log: asking again at every commit would be in vain.
  ask_at_pages_ = whole ? pages_ : log_pages + pages_ / 4;
  pass_.store(Pass::none, std::memory_order_release);
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool asked =
        wake_.wait_for(lock, every_, [&] { return stopping_ || pass_.load() == Pass::asked; });
    if (stopping_ || (!asked && !written_since_.exchange(false))) {
      continue;
    }
    lock.unlock();
    const auto passed = checkpoint(connection_);
    if (!passed && sqlite::kind_of(passed.error()) == sqlite::Kind::sync_lost) {
      sync_lost_.store(true);
    }
    lock.lock();
    if (asked) {
      pass_.store(Pass::done, std::memory_order_release);
    }
  }
}

}  // namespace protoflow::runtime
