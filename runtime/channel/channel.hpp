// The port to the ways out: a channel carries one notice to whoever listens there, at least once.
// It knows neither order nor retry: the outbox asks again until the channel says `Sent` or `Dead`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

struct OutgoingNotice {
  std::uint64_t number =
      0;               // growing and unique: the event's position * 64 + index among its notices
  std::string id;      // stable, the same at each attempt and after each restart: "case/ab12:7:0"
  std::string stream;  // notices of one stream go out in order
  std::string json;    // one line, neutral content
  model::Instant not_before{};  // of the machine's clock
};

struct Sent {
  std::string instead{};  // why there was nothing to send any more; empty: it was sent
};

struct Retry {
  std::string reason;                                // for the operator; never content
  std::optional<std::chrono::milliseconds> after{};  // when the other side said so
  int attempts_max = 0;  // dead after as many; 0: as many as the outbox allows
};

struct Dead {
  std::string reason;
};

using SendResult = std::variant<Sent, Retry, Dead>;

class Channel {
 public:
  using Done = std::function<void(SendResult)>;

  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  /// Stays the same over restarts: the outbox remembers by it what has been sent.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Whether its readers need all notices in the order of their numbers, because they go by the
  /// last number they have seen. Otherwise only those of one stream stand in order, and no stream
  /// waits for another.
  [[nodiscard]] virtual bool in_one_order() const { return false; }

  /// Whether `next`, which waits right behind `first` in its stream and is due too, goes out with
  /// it, as one.
  [[nodiscard]] virtual bool goes_with(const OutgoingNotice& first,
                                       const OutgoingNotice& next) const {
    (void)first;
    (void)next;
    return false;
  }

  /// Never blocks. Several may be under way. `done` is called exactly once, on the loop, during the
  /// call or later; never after the channel is gone.
  virtual void send(const OutgoingNotice& notice, Done done) = 0;

  /// As `send`, of those that go out as one: what is told of them holds for all.
  virtual void send_all(std::span<const OutgoingNotice> notices, Done done) {
    send(notices.front(), std::move(done));
  }
};

struct ChannelError {
  std::string what;  // a sentence for the operator: what is wrong and which option to change
};

}  // namespace protoflow::runtime
