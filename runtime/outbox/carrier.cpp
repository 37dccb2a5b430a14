#include "runtime/outbox/carrier.hpp"

#include <algorithm>
#include <utility>

namespace protoflow::runtime {

namespace {

constexpr int kSentPerTurn = 256;  // then the loop's other tasks have their turn
constexpr std::chrono::milliseconds kReadAgain{1'000};
constexpr std::size_t kTogetherMax = 100;  // a reader takes no more in one mail

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
  const Waiting waiting{delivery.number, delivery.attempts, delivery.next_at};
  if (lane.waiting.empty()) {
    lane.waiting.push_back(waiting);
    return wait(stream, lane, waiting.next_at - shared_.clock.now());
  }
  const auto movable = lane.waiting.begin() + static_cast<std::ptrdiff_t>(lane.under_way);
  const auto place = std::upper_bound(
      movable, lane.waiting.end(), delivery.number, [](std::uint64_t number, const Waiting& other) {
        return number < other.number;
      });
  lane.waiting.insert(place, waiting);
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

// Its first notice, and those that go out with it; none when they cannot be read now.
std::vector<OutgoingNotice> Carrier::first_of(const Lane& lane) const {
  std::vector<OutgoingNotice> notices;
  const auto due = std::max(shared_.clock.now(), lane.waiting.front().next_at);
  for (const Waiting& waiting : lane.waiting) {
    const bool is_first = notices.empty();
    if (notices.size() == kTogetherMax || waiting.next_at > due) {
      break;
    }
    const auto notice = shared_.read(waiting.number);
    if (!notice || (!is_first && !channel_->goes_with(notices.front(), *notice))) {
      break;
    }
    notices.push_back(*notice);
  }
  return notices;
}

void Carrier::send_first(const std::string& stream) {
  Lane& lane = lanes_[stream];
  const auto notices = first_of(lane);
  if (notices.empty()) {
    wait(stream, lane, kReadAgain);
    return;
  }
  lane.under_way = notices.size();
  ++under_way_;
  channel_->send_all(
      notices,
      [weak = weak_from_this(), stream, number = notices.front().number](SendResult result) {
        if (const auto self = weak.lock()) {
          self->settle(stream, number, std::move(result));
          self->pump();
        }
      });
}

void Carrier::settle(const std::string& stream, std::uint64_t number, SendResult result) {
  const auto found = lanes_.find(stream);
  if (found == lanes_.end() || found->second.under_way == 0 ||
      found->second.waiting.front().number != number) {
    return;  // settled already
  }
  Lane& lane = found->second;
  const auto sent = std::exchange(lane.under_way, 0);
  --under_way_;
  auto fate = fate_of(lane.waiting.front().attempts + 1, std::move(result));
  last_error = fate.state == DeliveryState::sent ? "" : fate.last_error;
  const bool goes_on = fate.state == DeliveryState::pending;
  for (std::size_t place = 0; place < sent; ++place) {
    Waiting& each = lane.waiting[goes_on ? place : 0];
    fate.number = each.number;
    fate.attempts = ++each.attempts;
    each.next_at = fate.next_at;
    shared_.mark(fate);
    if (!goes_on) {
      lane.waiting.pop_front();
      --pending;
      dead += fate.state == DeliveryState::dead ? 1U : 0U;
    }
  }
  if (lane.waiting.empty()) {
    lanes_.erase(found);
  } else {
    wait(stream, lane, lane.waiting.front().next_at - shared_.clock.now());
  }
}

// What becomes of what was sent, after so many attempts.
DeliveryMark Carrier::fate_of(int attempts, SendResult result) {
  DeliveryMark fate{.channel = id_, .state = DeliveryState::sent};
  if (auto* sent = std::get_if<Sent>(&result)) {
    fate.last_error = std::move(sent->instead);
  }
  if (auto* given_up = std::get_if<Dead>(&result)) {
    fate.state = DeliveryState::dead;
    fate.last_error = std::move(given_up->reason);
  }
  if (auto* retry = std::get_if<Retry>(&result)) {
    const OutboxPolicy& policy = shared_.policy;
    const int most = retry->attempts_max > 0 ? std::min(retry->attempts_max, policy.attempts_max)
                                             : policy.attempts_max;
    fate.state = attempts >= most ? DeliveryState::dead : DeliveryState::pending;
    fate.next_at =
        shared_.clock.now() + delay_after(policy, attempts, retry->after, policy.random());
    fate.last_error = std::move(retry->reason);
  }
  return fate;
}

}  // namespace protoflow::runtime
