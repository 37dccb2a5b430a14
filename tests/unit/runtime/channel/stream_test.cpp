#include "runtime/channel/stream.hpp"

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/http/sse_port.hpp"
#include "tests/unit/runtime/channel/running_channel.hpp"

namespace protoflow::runtime {

namespace {

/// A stream without a socket: collects the ids, and takes bytes over only when told to.
struct Reader {
  std::shared_ptr<StreamPort> port = std::make_shared<StreamPort>();
  std::string ids;
  std::size_t queued = 0;
  bool takes_over_at_once = true;

  Reader() {
    port->write = [this](const std::string& event) {
      ids += event.substr(4, event.find('\n') - 4) + ' ';
      queued += takes_over_at_once ? 0 : event.size();
      return true;
    };
    port->queued = [this] { return queued; };
    port->close = [this] { port->ended(); };
  }

  void take_over() {
    queued = 0;
    port->on_drain();
  }
};

struct Hub {
  std::shared_ptr<StreamHub> hub = std::make_shared<StreamHub>();
  std::unique_ptr<Channel> channel = make_stream_channel("stream", hub);
  std::vector<OutgoingNotice> past;

  explicit Hub(std::uint64_t notices) {
    for (std::uint64_t number = 1; number <= notices; ++number) {
      past.push_back(notice(number));
    }
    hub->read_missed_from([this](std::uint64_t after, std::size_t limit) {
      std::vector<OutgoingNotice> page;
      for (const OutgoingNotice& missed : past) {
        if (missed.number > after && page.size() < limit) {
          page.push_back(missed);
        }
      }
      return std::optional(page);
    });
  }

  bool publish(std::uint64_t number) {
    bool sent = false;
    past.push_back(notice(number));
    channel->send(past.back(),
                  [&](const SendResult& result) { sent = std::holds_alternative<Sent>(result); });
    return sent;
  }
};

std::string counted(std::uint64_t from, std::uint64_t to) {
  std::string out;
  for (auto number = from; number <= to; ++number) {
    out += std::to_string(number) + ' ';
  }
  return out;
}

}  // namespace

TEST(StreamHub, GivesANewSubscriberOnlyWhatComes) {
  Hub hub(5);
  Reader reader;
  hub.hub->subscribe(Stream(reader.port), std::nullopt);

  EXPECT_TRUE(hub.publish(6));

  EXPECT_EQ(reader.ids, "6 ");
}

TEST(StreamHub, GivesAReturningSubscriberWhatItMissedAndNothingTwice) {
  Hub hub(250);
  Reader reader;

  hub.hub->subscribe(Stream(reader.port), 3);
  hub.publish(251);
  hub.channel->send(notice(251), [](const SendResult&) {});

  EXPECT_EQ(reader.ids, counted(4, 251));
}

TEST(StreamHub, LetsASlowSubscriberCatchUpAtItsOwnPace) {
  Hub hub(5000);
  Reader reader;
  reader.takes_over_at_once = false;

  hub.hub->subscribe(Stream(reader.port), 0);
  hub.publish(5001);
  std::size_t most = reader.queued;
  while (reader.queued > 0) {
    reader.take_over();
    most = std::max(most, reader.queued);
  }

  EXPECT_EQ(reader.ids, counted(1, 5001));
  EXPECT_LT(most, 80U * 1024);
}

TEST(StreamHub, KeepsFromASubscriberWhatItMayNotSee) {
  Hub hub(4);
  Reader reader;

  hub.hub->subscribe(
      Stream(reader.port), 0, [](const OutgoingNotice& notice) { return notice.number % 2 == 0; });
  hub.publish(5);
  hub.publish(6);

  EXPECT_EQ(reader.ids, "2 4 6 ");
}

TEST(StreamHub, ForgetsSubscribersThatHaveGone) {
  Hub hub(0);
  Reader reader;
  hub.hub->subscribe(Stream(reader.port), std::nullopt);
  EXPECT_EQ(hub.hub->subscribers(), 1U);

  reader.port->ended();

  EXPECT_EQ(hub.hub->subscribers(), 0U);
  EXPECT_TRUE(hub.publish(1));
}

TEST(StreamHub, EndsAStreamThatItCannotFillFromThePast) {
  Hub hub(3);
  hub.hub->read_missed_from([](std::uint64_t, std::size_t) { return std::nullopt; });
  Reader reader;

  hub.hub->subscribe(Stream(reader.port), 1);

  EXPECT_FALSE(reader.port->open);
  EXPECT_EQ(hub.hub->subscribers(), 0U);
}

}  // namespace protoflow::runtime
