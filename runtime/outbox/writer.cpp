#include "runtime/outbox/writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace protoflow::runtime {

namespace {

template <class Row>
void append(std::vector<Row>& to, std::vector<Row> rows) {
  if (to.empty()) {
    to = std::move(rows);
  } else {
    to.insert(to.end(), std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
  }
}

/// `later` was given after `work`; the order of notices and of marks stays.
void merge(OutboxWork& work, OutboxWork later) {
  append(work.notices, std::move(later.notices));
  append(work.marks, std::move(later.marks));
  append(work.revive, std::move(later.revive));
  work.scanned = std::max(work.scanned, later.scanned);
  work.at = std::max(work.at, later.at);
  work.forget_before = later.forget_before ? later.forget_before : work.forget_before;
}

}  // namespace

OutboxWriter::OutboxWriter(OutboxTable table,
                           Loop& loop,
                           std::chrono::milliseconds write_again,
                           Told told)
    : table_(std::move(table)),
      loop_(loop),
      write_again_(write_again),
      told_(std::make_shared<Told>(std::move(told))),
      thread_([this](const std::stop_token& stop) { write_until(stop); }) {}

OutboxWriter::~OutboxWriter() {
  thread_.request_stop();
  thread_.join();
}

void OutboxWriter::give(OutboxWork work) {
  const std::scoped_lock lock(mutex_);
  merge(queue_, std::move(work));
  queued_ = true;
  arrived_.notify_one();
}

void OutboxWriter::write_until(const std::stop_token& stop) {
  OutboxWork work;
  bool failed = false;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (failed) {
        arrived_.wait_for(lock, stop, write_again_, [] { return false; });
      } else if (!arrived_.wait(lock, stop, [this] { return queued_; })) {
        return;
      }
      merge(work, std::exchange(queue_, {}));
      queued_ = false;
    }
    auto written = table_.write(work);
    failed = !written;
    if (written) {
      work = {};
      tell_trouble({});
      tell_written(*std::move(written));
    } else {
      tell_trouble(written.error().what);
      if (stop.stop_requested()) {
        return;  // the event log still has it all: `scanned` has not advanced
      }
    }
  }
}

void OutboxWriter::tell_written(OutboxWritten written) {
  loop_.post([still = std::weak_ptr<Told>(told_), written = std::move(written)]() mutable {
    if (const auto told = still.lock()) {
      told->on_written(std::move(written));
    }
  });
}

void OutboxWriter::tell_trouble(const std::string& what) {
  if (what.empty() && !in_trouble_) {
    return;
  }
  in_trouble_ = !what.empty();
  loop_.post([still = std::weak_ptr<Told>(told_), what] {
    if (const auto told = still.lock()) {
      told->on_trouble(what);
    }
  });
}

}  // namespace protoflow::runtime
