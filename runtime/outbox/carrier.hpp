// One channel's side of the outbox: which notices wait for it, stream by stream, and which attempt
// comes when. Holds numbers only; contents are asked for when they are sent. For the outbox alone;
// on the loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/channel/channel.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"
#include "runtime/outbox/policy.hpp"
#include "runtime/outbox/table.hpp"

namespace protoflow::runtime {

class Carrier final : public std::enable_shared_from_this<Carrier> {
 public:
  /// What all carriers of an outbox share; outlives them.
  struct Shared {
    Loop& loop;
    const Clock& clock;
    OutboxPolicy policy;
    std::function<std::shared_ptr<const OutgoingNotice>(std::uint64_t number)>
        read;  // null: not now
    std::function<void(DeliveryMark)> mark;
  };

  Carrier(const Shared& shared, ChannelId id, std::unique_ptr<Channel> channel);
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;
  ~Carrier();

  /// Deliveries come in order of their numbers, but for revived ones, which take their place among
  /// those that wait.
  void add(const OpenDelivery& delivery);

  /// Sends what is due, as far as the channel may have more under way.
  void pump();

  [[nodiscard]] ChannelId id() const { return id_; }

  [[nodiscard]] std::string_view name() const { return channel_->name(); }

  std::size_t pending = 0;
  std::size_t dead = 0;
  std::string last_error{};

 private:
  struct Waiting {
    std::uint64_t number = 0;
    int attempts = 0;
    model::Instant next_at{};
  };

  /// The notices of one stream, or all of them for a channel in one order. Its first is the only
  /// one that may be under way, with those that go out with it.
  struct Lane {
    std::deque<Waiting> waiting;
    std::size_t under_way = 0;  // how many, from the first
    TimerId timer = TimerId::none;
  };

  void send_first(const std::string& stream);
  void settle(const std::string& stream, std::uint64_t number, SendResult result);
  [[nodiscard]] std::vector<OutgoingNotice> first_of(const Lane& lane) const;
  [[nodiscard]] DeliveryMark fate_of(int attempts, SendResult result);
  void wait(const std::string& stream, Lane& lane, std::chrono::milliseconds delay);
  void ready(const std::string& stream);

  const Shared& shared_;
  ChannelId id_;
  std::unique_ptr<Channel> channel_;
  std::unordered_map<std::string, Lane> lanes_;
  std::deque<std::string> ready_;  // streams whose first notice is due
  std::size_t under_way_ = 0;
  bool pumping_ = false;
};

}  // namespace protoflow::runtime
