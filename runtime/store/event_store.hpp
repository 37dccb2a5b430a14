// The port to durable storage: append-only streams of lines. One append is one transaction; it is
// acknowledged once it is durable. Compare-and-set on the stream's version is what makes it safe;
// nothing else does.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::runtime {

enum class StoreErrorCode : std::uint8_t {
  conflict,         // the stream is not at `expected_version`; nothing was written
  unavailable,      // disk full, locked or slow: nothing was written; trying again may work
  outcome_unknown,  // the commit may or may not have happened: read the stream again, then decide
  not_ours,         // the file is not a protoflow store, or damaged
  too_new,          // written by a newer program
  in_use,           // another daemon holds it
};

struct StoreError {
  StoreErrorCode code = StoreErrorCode::unavailable;
  std::string what;  // for the operator: path and cause, never the content of an event
};

struct Append {
  std::string stream;
  std::uint64_t expected_version = 0;  // of the last event now in the stream; 0: the stream is new
  std::vector<std::string> lines;      // records, without line ends; at least one
};

struct StoredEvent {
  std::uint64_t position = 0;  // place in the global order, from 1, without gaps
  std::string_view stream;
  std::uint64_t version = 0;
  std::string_view line;  // valid during the call only
};

class EventStore {
 public:
  using Appended = std::expected<std::uint64_t, StoreError>;  // the position of the first event
  using Done = std::function<void(Appended)>;
  using Visit = std::function<bool(const StoredEvent&)>;  // false stops the reading

  EventStore() = default;
  EventStore(const EventStore&) = delete;
  EventStore& operator=(const EventStore&) = delete;
  virtual ~EventStore() = default;

  /// Never blocks on the disk. `done` is called exactly once, on a thread of the store's own, after
  /// the commit that holds the events (or nothing) is durable. Appends are written in the order of
  /// the calls.
  virtual void append(Append append, Done done) = 0;

  /// Every durable event after `after`, in order. May run on any thread.
  [[nodiscard]] virtual std::expected<void, StoreError> read_all(std::uint64_t after,
                                                                 const Visit& visit) const = 0;

  /// One stream's events after `after_version`, in order.
  [[nodiscard]] virtual std::expected<void, StoreError> read_stream(std::string_view stream,
                                                                    std::uint64_t after_version,
                                                                    const Visit& visit) const = 0;
};

}  // namespace protoflow::runtime
