// The outbox: takes notices derived from durable events, keeps them in a file of its own, and
// brings each to every channel at least once, in order within its stream, however often a channel,
// the disk or the daemon fails. Streams do not wait for each other. It decides nothing about
// content. Everything is called on the loop, and calls back on it.
//
// None is lost by a crash: `scanned` is written together with the notices of the events it covers,
// and at each start the daemon derives the notices of later events again. None is sent before it
// stands in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/channel/channel.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"
#include "runtime/outbox/policy.hpp"
#include "runtime/outbox/table.hpp"

namespace protoflow::runtime {

struct ChannelHealth {
  std::string channel{};
  std::size_t pending = 0;
  std::size_t dead = 0;
  std::string last_error{};  // of the latest failure; empty once something has been sent again
};

struct OutboxHealth {
  std::vector<ChannelHealth> channels{};
  std::size_t waiting = 0;  // notices in memory that are not in the file yet
  std::string trouble{};    // why the file cannot be written; empty when it can
};

class Outbox final {
 public:
  /// A channel whose name is new gets the notices entered from now on; one that is known carries
  /// on. `clock` is the machine's time, also in a demonstration with a fast clock of its own:
  /// delays are promised to machines outside.
  [[nodiscard]] static std::expected<std::unique_ptr<Outbox>, OutboxError> open(
      const std::string& path,
      Loop& loop,
      const Clock& clock,
      std::vector<std::unique_ptr<Channel>> channels,
      OutboxPolicy policy = {});

  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// Writes what it can; what was under way goes out again after the next start.
  ~Outbox();

  /// Every event up to this position has had its notices entered, durably but for a power failure.
  [[nodiscard]] std::uint64_t scanned() const;

  /// The notices of the events up to `scanned_position` that have not been posted before, in order
  /// of their numbers; calls come in the order of the events. A number that stands already is
  /// ignored. With no notices: these events have none.
  void post(std::vector<OutgoingNotice> notices, std::uint64_t scanned_position);

  /// While the file cannot be written for long, posts are dropped once too many wait. When it can
  /// be written again, `task` is called with the position after which all notices are to be derived
  /// and posted anew; true: it has done so. Until then, and for good when it says false, posts are
  /// dropped, `scanned` stands still and the next start derives them.
  void on_gap(std::function<bool(std::uint64_t scanned)> task);

  /// Notices with a greater number, in order: what a stream resumes with.
  [[nodiscard]] std::expected<std::vector<OutgoingNotice>, OutboxError> read_after(
      std::uint64_t number, std::size_t limit);

  /// What became of the notices whose id begins so, as long as they are kept.
  [[nodiscard]] std::expected<std::vector<DeliveryView>, OutboxError> read_with_ids(
      const std::string& beginning, std::size_t limit);

  /// What was given up, by growing number: work for a human.
  [[nodiscard]] std::expected<std::vector<DeadDelivery>, OutboxError> read_dead(std::size_t limit);

  /// Tries the channel's dead notices again from the first attempt. false: there is no such
  /// channel.
  bool retry_dead(std::string_view channel);

  /// What was given up is settled without being sent: `why` is kept beside it. false: no notice of
  /// that id was given up on that channel.
  bool put_aside(std::string_view channel, std::string_view id, std::string why);

  /// When the first of those that wait on the channel was entered; nothing: none waits, or it
  /// cannot be read now.
  [[nodiscard]] std::optional<model::Instant> oldest_pending(std::string_view channel);

  [[nodiscard]] OutboxHealth health() const;

 private:
  struct Parts;
  explicit Outbox(std::shared_ptr<Parts> parts);
  std::shared_ptr<Parts> parts_;
};

}  // namespace protoflow::runtime
