// A store that says of each append what became of it and how long it took; it changes nothing.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

class MeasuredStore final : public EventStore {
 public:
  /// Called on the store's own thread.
  using Committed =
      std::function<void(std::string_view result, std::chrono::steady_clock::duration took)>;

  /// The store outlives this one.
  MeasuredStore(EventStore& store, Committed committed)
      : store_(store), committed_(std::move(committed)) {}

  void append(Append append, Done done) override;

  [[nodiscard]] std::expected<void, StoreError> read_all(std::uint64_t after,
                                                         const Visit& visit) const override {
    return store_.read_all(after, visit);
  }

  [[nodiscard]] std::expected<void, StoreError> read_stream(std::string_view stream,
                                                            std::uint64_t after_version,
                                                            const Visit& visit) const override {
    return store_.read_stream(stream, after_version, visit);
  }

  /// How long ago the latest append could not be written; nothing: it was, or there was none.
  [[nodiscard]] std::optional<std::chrono::steady_clock::duration> failed_since() const;

 private:
  EventStore& store_;
  Committed committed_;
  std::atomic<std::chrono::steady_clock::duration> failed_at_{};  // zero: it was written
};

}  // namespace protoflow::runtime
