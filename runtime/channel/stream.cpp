#include "runtime/channel/stream.hpp"

#include <algorithm>
#include <utility>

namespace protoflow::runtime {

namespace {

constexpr std::size_t kPage = 100;

// Well under the queue at which the server drops a reader: catching up must not look like being
// slow.
constexpr std::size_t kQueuedMax = 64 * 1024;

class StreamChannel final : public Channel {
 public:
  StreamChannel(std::string name, std::shared_ptr<StreamHub> hub)
      : name_(std::move(name)), hub_(std::move(hub)) {}

  [[nodiscard]] std::string_view name() const override { return name_; }

  // A subscriber takes a lower number for one that it has seen.
  [[nodiscard]] bool in_one_order() const override { return true; }

  void send(const OutgoingNotice& notice, Done done) override {
    hub_->publish(notice);
    done(Sent{});  // who is not there reads it later
  }

 private:
  std::string name_;
  std::shared_ptr<StreamHub> hub_;
};

}  // namespace

void StreamHub::read_missed_from(ReadAfter read) {
  read_ = std::move(read);
}

void StreamHub::subscribe(Stream stream,
                          std::optional<std::uint64_t> after,
                          Allows allows,
                          Holds holds) {
  const auto subscriber = std::make_shared<Subscriber>(Subscriber{
      stream, std::move(allows), std::move(holds), after.value_or(0), after.has_value() && read_});
  subscribers_.push_back(subscriber);
  const std::weak_ptr<StreamHub> weak_hub = weak_from_this();
  const std::weak_ptr<Subscriber> weak = subscriber;
  stream.on_close([weak_hub, weak] {
    if (const auto hub = weak_hub.lock()) {
      std::erase(hub->subscribers_, weak.lock());
    }
  });
  stream.on_drain([weak_hub, weak] {
    const auto hub = weak_hub.lock();
    const auto drained = weak.lock();
    if (hub && drained && drained->catching_up) {
      hub->catch_up(*drained);
    }
  });
  if (subscriber->catching_up) {
    catch_up(*subscriber);
  }
}

void StreamHub::catch_up(Subscriber& subscriber) {
  while (subscriber.stream.open() && subscriber.stream.queued() < kQueuedMax) {
    const auto page = read_(subscriber.seen, kPage);
    if (!page) {
      subscriber.stream.close();
      return;
    }
    for (const OutgoingNotice& notice : *page) {
      give(subscriber, notice);
    }
    if (page->size() < kPage) {
      subscriber.catching_up = false;
      return;
    }
  }
}

void StreamHub::give(Subscriber& subscriber, const OutgoingNotice& notice) {
  if (notice.number <= subscriber.seen) {
    return;
  }
  subscriber.seen = notice.number;
  if (subscriber.holds && !subscriber.holds()) {
    return subscriber.stream.close();
  }
  if (!subscriber.allows || subscriber.allows(notice)) {
    subscriber.stream.send(std::to_string(notice.number), "notice", notice.json);
  }
}

void StreamHub::look_again() {
  const auto present = subscribers_;  // closing ends a subscriber
  for (const auto& subscriber : present) {
    if (subscriber->holds && !subscriber->holds()) {
      subscriber->stream.close();
    }
  }
}

void StreamHub::publish(const OutgoingNotice& notice) {
  const auto present = subscribers_;  // giving may end a subscriber
  for (const auto& subscriber : present) {
    if (!subscriber->catching_up) {
      give(*subscriber, notice);
    }
  }
}

std::unique_ptr<Channel> make_stream_channel(std::string name, std::shared_ptr<StreamHub> hub) {
  return std::make_unique<StreamChannel>(std::move(name), std::move(hub));
}

}  // namespace protoflow::runtime
