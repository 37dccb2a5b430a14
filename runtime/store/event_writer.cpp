#include "runtime/store/event_writer.hpp"

#include <utility>

namespace protoflow::runtime {

std::expected<std::unique_ptr<EventWriter>, StoreError> EventWriter::start(
    const std::filesystem::path& file, const SqliteOptions& options) {
  auto table = EventTable::open(file, options);
  if (!table) {
    return std::unexpected(std::move(table.error()));
  }
  auto checkpointer = Checkpointer::start(file, options);
  if (!checkpointer) {
    return std::unexpected(std::move(checkpointer.error()));
  }
  return std::unique_ptr<EventWriter>(
      new EventWriter(file, options, std::move(*table), std::move(*checkpointer)));
}

EventWriter::EventWriter(std::filesystem::path file,
                         const SqliteOptions& options,
                         std::unique_ptr<EventTable> table,
                         std::unique_ptr<Checkpointer> checkpointer)
    : file_(std::move(file)),
      options_(options),
      table_(std::move(table)),
      checkpointer_(std::move(checkpointer)),
      thread_([this] { run(); }) {}

EventWriter::~EventWriter() {
  drain();
  checkpointer_.reset();  // the table's connection closes last: it keeps the log in place
}

void EventWriter::drain() {
  if (!thread_.joinable()) {
    return;
  }
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void EventWriter::append(Append append, EventStore::Done done) {
  Waiting waiting{.append = std::move(append), .done = std::move(done)};
  for (const std::string& line : waiting.append.lines) {
    waiting.bytes += line.size();
  }
  bool wake = false;
  {
    const std::scoped_lock lock(mutex_);
    if (queue_bytes_ > 0 && queue_bytes_ + waiting.bytes > options_.queue_bytes_max) {
      waiting.turned_away = true;
      waiting.bytes = 0;
      waiting.append = {};
    }
    queue_bytes_ += waiting.bytes;
    queue_.push_back(std::move(waiting));
    wake = std::exchange(asleep_, false);
  }
  if (wake) {
    arrived_.notify_one();
  }
}

void EventWriter::run() {
  std::vector<Waiting> taken;
  while (take(taken)) {
    for (std::span<Waiting> rest = taken; !rest.empty();) {
      const auto batch = next_batch(rest);
      write(batch);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].done(std::move(answers_[i]));
      }
      rest = rest.subspan(batch.size());
      look_after_log();
    }
    taken.clear();
  }
}

/// Waits for appends and takes them all; false when there will be no more.
bool EventWriter::take(std::vector<Waiting>& taken) {
  std::unique_lock lock(mutex_);
  while (queue_.empty() && !ending_) {
    asleep_ = true;
    arrived_.wait(lock);
  }
  asleep_ = false;
  queue_bytes_ = 0;
  taken.swap(queue_);
  return !taken.empty();
}

std::span<EventWriter::Waiting> EventWriter::next_batch(std::span<Waiting> rest) const {
  std::size_t count = 0;
  std::size_t bytes = 0;
  while (count < rest.size() && count < options_.batch_appends_max) {
    bytes += rest[count].bytes;
    if (count > 0 && bytes > options_.batch_bytes_max) {
      break;
    }
    ++count;
  }
  return rest.first(count);
}

void EventWriter::write(std::span<Waiting> batch) {
  answers_.assign(batch.size(), EventStore::Appended{});
  if (checkpointer_->sync_lost() && !stopped_) {
    stopped_ = StoreError{StoreErrorCode::unavailable,
                          file_.string() +
                              ": the disk did not confirm an earlier write; check the "
                              "disk, then start protoflow again"};
  }
  if (stopped_) {
    fail_all(*stopped_);
    return;
  }
  auto added = add_all(batch);
  if (!added && sqlite::kind_of(added.error()) == sqlite::Kind::collision) {
    // Someone else wrote to the file. The file is right; what was remembered of it is not.
    table_->abandon();
    added = add_all(batch);
  }
  if (!added) {
    table_->abandon();
    StoreError error = store_error(added.error(), file_);
    if (error.code == StoreErrorCode::outcome_unknown) {
      error.code = StoreErrorCode::unavailable;  // no commit was tried
      stopped_ = error;
    }
    fail_all(std::move(error));
    return;
  }
  commit(batch);
}

std::expected<void, sqlite::Failure> EventWriter::add_all(std::span<Waiting> batch) {
  if (auto begun = table_->begin(); !begun) {
    return begun;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].turned_away) {
      answers_[i] = std::unexpected(
          StoreError{StoreErrorCode::unavailable,
                     file_.string() + ": too much is waiting for the disk; try again later"});
      continue;
    }
    auto added = table_->add(batch[i].append);
    if (!added) {
      return std::unexpected(std::move(added.error()));
    }
    answers_[i] = std::move(*added);
  }
  return {};
}

void EventWriter::commit(std::span<Waiting> batch) {
  const auto committed = table_->commit();
  if (committed) {
    return;
  }
  table_->abandon();
  const sqlite::Kind kind = sqlite::kind_of(committed.error());
  if (kind == sqlite::Kind::full || kind == sqlite::Kind::busy) {
    fail_all(store_error(committed.error(), file_));
    return;
  }
  // The commit may stand in the log and yet be invisible until the file is opened again: writing on
  // would overwrite it, reading would deny it. Only a fresh start tells.
  const StoreError error{StoreErrorCode::outcome_unknown,
                         file_.string() + ": " + committed.error().what +
                             ": whether the last events were written is not known; check the disk, "
                             "then start protoflow again"};
  stopped_ = StoreError{StoreErrorCode::unavailable, error.what};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (answers_[i]) {
      answers_[i] = std::unexpected(error);
    }
  }
}

void EventWriter::fail_all(StoreError error) {
  for (EventStore::Appended& answer : answers_) {
    answer = std::unexpected(error);
  }
}

void EventWriter::look_after_log() {
  if (stopped_ || !checkpointer_->committed(table_->log_pages())) {
    return;
  }
  const auto whole = table_->checkpoint();
  if (!whole && sqlite::kind_of(whole.error()) == sqlite::Kind::sync_lost) {
    stopped_ = StoreError{StoreErrorCode::unavailable, store_error(whole.error(), file_).what};
  }
  checkpointer_->finished(table_->log_pages(), whole.value_or(false));
}

}  // namespace protoflow::runtime
