// An EventStore in memory for tests. It answers at once, on the caller's thread, or when the test
// says so; the next append can be made to fail. It follows the same contract as the real ones
// (tests/unit/runtime/store/event_store_test.cpp).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/store/event_store.hpp"

namespace protoflow::testing {

class MemoryStore final : public runtime::EventStore {
 public:
  enum class Answers : std::uint8_t { at_once, when_told };

  explicit MemoryStore(Answers answers = Answers::at_once) : answers_(answers) {}

  void append(runtime::Append append, Done done) override {
    Told told{.answer = std::uint64_t{0}, .done = std::move(done)};
    {
      const std::scoped_lock lock(mutex_);
      told.answer = write(std::move(append));
      if (answers_ == Answers::when_told) {
        waiting_.push_back(std::move(told));
        return;
      }
    }
    told.done(std::move(told.answer));
  }

  /// Answers the oldest append that is waiting; false when there is none.
  bool tell_one() {
    std::optional<Told> told;
    {
      const std::scoped_lock lock(mutex_);
      if (waiting_.empty()) {
        return false;
      }
      told = std::move(waiting_.front());
      waiting_.pop_front();
    }
    told->done(std::move(told->answer));
    return true;
  }

  void tell_all() {
    while (tell_one()) {
    }
  }

  /// The next append is answered with this error. Only with `outcome_unknown` may it have been
  /// written: `written` says.
  void fail_next(runtime::StoreError error, bool written = false) {
    const std::scoped_lock lock(mutex_);
    failures_.emplace_back(std::move(error), written);
  }

  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return events_.size();
  }

  [[nodiscard]] std::expected<void, runtime::StoreError> read_all(
      std::uint64_t after, const Visit& visit) const override {
    for (std::uint64_t position = after + 1;; ++position) {
      const auto event = at(position);
      if (!event || !visit(view(position, *event))) {
        return {};
      }
    }
  }

  [[nodiscard]] std::expected<void, runtime::StoreError> read_stream(
      std::string_view stream, std::uint64_t after_version, const Visit& visit) const override {
    return read_all(0, [&](const runtime::StoredEvent& event) {
      return event.stream != stream || event.version <= after_version || visit(event);
    });
  }

 private:
  struct Event {
    std::string stream;
    std::uint64_t version;
    std::string line;
  };

  struct Told {
    Appended answer;
    Done done;
  };

  Appended write(runtime::Append append) {
    std::optional<runtime::StoreError> failure;
    if (!failures_.empty()) {
      failure = failures_.front().first;
      const bool written = failures_.front().second;
      failures_.pop_front();
      if (!written) {
        return std::unexpected(*failure);
      }
    }
    std::uint64_t& version = versions_[append.stream];
    if (version != append.expected_version || append.lines.empty()) {
      return std::unexpected(runtime::StoreError{runtime::StoreErrorCode::conflict,
                                                 "the stream is not at the expected version"});
    }
    const std::uint64_t first = events_.size() + 1;
    for (std::string& line : append.lines) {
      events_.push_back({append.stream, ++version, std::move(line)});
    }
    if (failure) {
      return std::unexpected(*failure);
    }
    return first;
  }

  // A copy: the visitor may append meanwhile.
  [[nodiscard]] std::optional<Event> at(std::uint64_t position) const {
    const std::scoped_lock lock(mutex_);
    return position <= events_.size() ? std::optional(events_[position - 1]) : std::nullopt;
  }

  static runtime::StoredEvent view(std::uint64_t position, const Event& event) {
    return {position, event.stream, event.version, event.line};
  }

  const Answers answers_;
  mutable std::mutex mutex_;
  std::vector<Event> events_;
  std::map<std::string, std::uint64_t> versions_;
  std::deque<std::pair<runtime::StoreError, bool>> failures_;
  std::deque<Told> waiting_;
};

}  // namespace protoflow::testing
