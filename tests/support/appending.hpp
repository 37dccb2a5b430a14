// Appending and reading as a test likes them: the answer awaited, the events as values.
#pragma once

#include <cstdint>
#include <future>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/store/event_store.hpp"

namespace protoflow::testing {

/// Appends and waits for the answer.
inline runtime::EventStore::Appended put(runtime::EventStore& store, runtime::Append append) {
  std::promise<runtime::EventStore::Appended> answer;
  store.append(std::move(append), [&answer](runtime::EventStore::Appended appended) {
    answer.set_value(std::move(appended));
  });
  return answer.get_future().get();
}

struct Kept {
  std::uint64_t position = 0;
  std::string stream;
  std::uint64_t version = 0;
  std::string line;

  friend bool operator==(const Kept&, const Kept&) = default;
};

inline runtime::EventStore::Visit keep_in(std::vector<Kept>& kept) {
  return [&kept](const runtime::StoredEvent& event) {
    kept.push_back(
        {event.position, std::string(event.stream), event.version, std::string(event.line)});
    return true;
  };
}

inline std::vector<Kept> everything(const runtime::EventStore& store) {
  std::vector<Kept> kept;
  const auto read = store.read_all(0, keep_in(kept));
  if (!read) {
    kept.push_back(
        {.position = 0, .stream = "unreadable", .version = 0, .line = read.error().what});
  }
  return kept;
}

inline std::vector<Kept> stream_of(const runtime::EventStore& store, std::string_view stream) {
  std::vector<Kept> kept;
  const auto read = store.read_stream(stream, 0, keep_in(kept));
  if (!read) {
    kept.push_back(
        {.position = 0, .stream = "unreadable", .version = 0, .line = read.error().what});
  }
  return kept;
}

}  // namespace protoflow::testing
