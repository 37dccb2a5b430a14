#include "runtime/http/sse.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/runtime/http/raw_socket.hpp"
#include "tests/unit/runtime/http/running_server.hpp"

namespace protoflow::runtime {

using namespace std::chrono_literals;

namespace {

/// Keeps the streams that clients open, and counts those that end.
struct Streams {
  std::vector<Stream> open;
  int ended = 0;

  Handler handler() {
    return [this](const HttpRequest&, const Answer& answer) {
      answer({.stream = [this](Stream stream) {
        stream.on_close([this] { ++ended; });
        open.push_back(stream);
      }});
    };
  }
};

constexpr std::string_view kSubscribe = "GET /v1/stream HTTP/1.1\r\nHost: h\r\n\r\n";

}  // namespace

TEST(EventText, CannotBeBrokenOutOf) {
  struct Row {
    std::string id, event, text, expected;
  };

  for (const Row& row : {
           Row{"7", "notice", "{}", "id: 7\nevent: notice\ndata: {}\n\n"},
           Row{"", "", "x", "data: x\n\n"},
           Row{"", "", "", "data: \n\n"},
           Row{"1\n2", "a\r\nb", "x", "id: 12\nevent: ab\ndata: x\n\n"},
           Row{"", "", "a\nb\r\nc\rd", "data: a\ndata: b\ndata: c\ndata: d\n\n"},
           Row{"", "", "a\n\nid: 9", "data: a\ndata: \ndata: id: 9\n\n"},
       }) {
    EXPECT_EQ(event_text(row.id, row.event, row.text), row.expected);
  }
}

TEST(HttpStream, ReachesTheReaderEventByEvent) {
  Streams streams;
  RunningServer running(streams.handler());
  RawSocket client(running.port());
  client.send(kSubscribe);
  const RawAnswer head = client.answer();
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.head.find("Content-Type: text/event-stream"), std::string::npos);

  for (const char* id : {"1", "2"}) {
    running.ask([&] { return streams.open.front().send(id, "notice", "{}"); });
    EXPECT_EQ(client.until("\n\n"), event_text(id, "notice", "{}"));
  }
}

TEST(HttpStream, TellsWhenTheReaderHasGone) {
  Streams streams;
  RunningServer running(streams.handler());
  {
    RawSocket client(running.port());
    client.send(kSubscribe);
    running.wait_until([&] { return streams.open.size() == 1; });
  }

  running.wait_until([&] { return streams.ended == 1; });

  EXPECT_FALSE(running.ask([&] { return streams.open.front().send("1", "", "x"); }));
  running.ask([&] {
    streams.open.front().on_close([&] { ++streams.ended; });
    return 0;
  });
  EXPECT_EQ(streams.ended, 2);
}

TEST(HttpStream, BeatsWhileNothingHappens) {
  Streams streams;
  HttpLimits limits;
  limits.heartbeat = 10ms;
  RunningServer running(streams.handler(), limits);
  RawSocket client(running.port());

  client.send(kSubscribe);
  client.answer();

  EXPECT_EQ(client.until("\n\n"), kHeartbeat);
  EXPECT_EQ(client.until("\n\n"), kHeartbeat);
}

TEST(HttpStream, DropsAReaderWhoseQueueGrowsBeyondTheLimit) {
  Streams streams;
  RunningServer running(streams.handler());
  RawSocket lazy(running.port());
  RawSocket eager(running.port());
  lazy.send(kSubscribe);
  eager.send(kSubscribe);
  running.wait_until([&] { return streams.open.size() == 2; });
  eager.answer();
  const std::string text(32 * 1024, 'x');

  int sent = 0;
  while (streams.ended == 0 && sent < 10'000) {
    running.ask([&] {
      for (Stream& stream : streams.open) {
        stream.send("", "", text);
      }
      return 0;
    });
    ++sent;
    ASSERT_EQ(eager.until("\n\n").size(), text.size() + 8);
  }

  EXPECT_EQ(streams.ended, 1);
  EXPECT_LT(sent, 10'000);
}

TEST(HttpStream, TellsWhenEverythingHasBeenTakenOver) {
  Streams streams;
  RunningServer running(streams.handler());
  RawSocket client(running.port());
  client.send(kSubscribe);
  client.answer();
  std::optional<std::size_t> queued_at_drain;

  running.ask([&] {
    Stream& stream = streams.open.front();
    stream.on_drain([&] { queued_at_drain = streams.open.front().queued(); });
    stream.send("", "", "x");
    EXPECT_GT(stream.queued(), 0U);
    return 0;
  });
  running.wait_until([&] { return queued_at_drain.has_value(); });

  EXPECT_EQ(queued_at_drain, 0U);
}

TEST(HttpStream, DeliversWhatWasSentBeforeItIsClosed) {
  Streams streams;
  RunningServer running(streams.handler());
  RawSocket client(running.port());
  client.send(kSubscribe);
  client.answer();

  running.ask([&] {
    streams.open.front().send("", "", "last");
    streams.open.front().close();
    EXPECT_FALSE(streams.open.front().open());
    return 0;
  });

  EXPECT_EQ(client.rest(), "data: last\n\n");
  EXPECT_EQ(streams.ended, 1);
}

TEST(HttpStream, EndsWhenTheServerStops) {
  Streams streams;
  RunningServer running(streams.handler());
  RawSocket client(running.port());
  client.send(kSubscribe);
  client.answer();

  std::promise<void> stopped;
  running.ask([&] {
    running.server().stop([&] { stopped.set_value(); });
    return 0;
  });

  EXPECT_EQ(client.rest(), "");
  stopped.get_future().wait();
  EXPECT_EQ(streams.ended, 1);
}

}  // namespace protoflow::runtime
