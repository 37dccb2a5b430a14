#include "runtime/outbox/carrier.hpp"

#include <algorithm>
#include <utility>

namespace protoflow::runtime {

namespace {

constexpr int kSentPerTurn = 256;  // then the loop's other tasks have their turn
constexpr std::chrono::milliseconds kReadAgain{1'000};

}  // namespace

Carrier::Carrier(const Shared& shared, ChannelId id, std::unique_ptr<Channel> channel)
    : shared_(shared), id_(id), channel_(std::move(channel)) {}

Carrier::~Carrier() {
  for (const auto& [stream, lane] : lanes_) {
    shared_.loop.cancel(lane.timer);
  }
}

void Carrier::add(const OpenDelivery& delivery) {
  const std::string stream = channel_->in_one_order() ? std::string() : delivery.stream;
  Lane& lane = lanes_[stream];
  ++pending;
  if (lane.waiting.empty()) {
    lane.waiting.push_back({delivery.number, delivery.attempts});
    wait(stream,
         lane,
         std::chrono::ceil<std::chrono::milliseconds>(delivery.next_at - shared_.clock.now()));
    return;
  }
  const auto movable = lane.waiting.begin() + (lane.under_way ? 1 : 0);
  const auto place = std::upper_bound(
      movable, lane.waiting.end(), delivery.number, [](std::uint64_t number, const Waiting& other) {
        return number < other.number;
      });
  lane.waiting.insert(place, {delivery.number, delivery.attempts});
}

void Carrier::ready(const std::string& stream) {
  ready_.push_back(stream);
}

void Carrier::wait(const std::string& stream, Lane& lane, std::chrono::milliseconds delay) {
  if (delay <= std::chrono::milliseconds(0)) {
    ready(stream);
    return;
  }
  // A clock that was set back must not put a notice off for longer than any delay we know.
  const auto bounded = std::min(delay, shared_.policy.longest_asked);
  lane.timer = shared_.loop.after(bounded, [this, stream] {
    lanes_[stream].timer = TimerId::none;
    ready(stream);
    pump();
  });
}

void Carrier::pump() {
  if (pumping_) {
    return;
  }
  pumping_ = true;
  for (int sent = 0; !ready_.empty() && under_way_ < shared_.policy.under_way_max; ++sent) {
    if (sent == kSentPerTurn) {
      shared_.loop.post([weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
          self->pump();
        }
      });
      break;
    }
    const std::string stream = std::move(ready_.front());
    ready_.pop_front();
    send_first(stream);
  }
  pumping_ = false;
}

void Carrier::send_first(const std::string& stream) {
  Lane& lane = lanes_[stream];
  const std::uint64_t number = lane.waiting.front().number;
  const auto notice = shared_.read(number);
  if (!notice) {
    wait(stream, lane, kReadAgain);
    return;
  }
  lane.under_way = true;
  ++under_way_;
  channel_->send(*notice, [weak = weak_from_this(), stream, number](SendResult result) {
    if (const auto self = weak.lock()) {
      self->settle(stream, number, std::move(result));
      self->pump();
    }
  });
}

void Carrier::settle(const std::string& stream, std::uint64_t number, SendResult result) {
  const auto found = lanes_.find(stream);
  if (found == lanes_.end() || !found->second.under_way ||
      found->second.waiting.front().number != number) {
    return;  // settled already
  }
  Lane& lane = found->second;
  lane.under_way = false;
  --under_way_;
  const int attempts = ++lane.waiting.front().attempts;
  if (auto* retry = std::get_if<Retry>(&result)) {
    on_retry(stream, lane, std::move(*retry));
    return;
  }
  const auto* given_up = std::get_if<Dead>(&result);
  dead += given_up != nullptr ? 1U : 0U;
  last_error = given_up != nullptr ? given_up->reason : std::string();
  shared_.mark({.channel = id_,
                .number = number,
                .state = given_up != nullptr ? DeliveryState::dead : DeliveryState::sent,
                .attempts = attempts,
                .last_error = last_error});
  drop_first(stream, lane);
}

void Carrier::on_retry(const std::string& stream, Lane& lane, Retry retry) {
  const Waiting& first = lane.waiting.front();
  const OutboxPolicy& policy = shared_.policy;
  const int most = retry.attempts_max > 0 ? std::min(retry.attempts_max, policy.attempts_max)
                                          : policy.attempts_max;
  const bool gives_up = first.attempts >= most;
  const auto delay = delay_after(policy, first.attempts, retry.after, policy.random());
  last_error = std::move(retry.reason);
  shared_.mark({.channel = id_,
                .number = first.number,
                .state = gives_up ? DeliveryState::dead : DeliveryState::pending,
                .attempts = first.attempts,
                .next_at = shared_.clock.now() + delay,
                .last_error = last_error});
  if (gives_up) {
    ++dead;
    drop_first(stream, lane);
  } else {
    wait(stream, lane, delay);
  }
}

void Carrier::drop_first(const std::string& stream, Lane& lane) {
  --pending;
  lane.waiting.pop_front();
  if (lane.waiting.empty()) {
    lanes_.erase(stream);
  } else {
    ready(stream);
  }
}

}  // namespace protoflow::runtime
