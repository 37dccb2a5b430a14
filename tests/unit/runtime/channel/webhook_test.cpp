#include "runtime/channel/webhook.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/runtime/channel/running_channel.hpp"
#include "tests/unit/runtime/http/running_server.hpp"

namespace protoflow::runtime {

using namespace std::chrono_literals;

namespace {

/// "sent", "dead: …" or "retry [after N s] [at most N]: …".
std::string text(const SendResult& result) {
  if (const auto* dead = std::get_if<Dead>(&result)) {
    return "dead: " + dead->reason;
  }
  if (const auto* retry = std::get_if<Retry>(&result)) {
    std::string out = "retry";
    if (retry->after) {
      out += " after " + std::to_string(retry->after->count() / 1000) + " s";
    }
    if (retry->attempts_max > 0) {
      out += " at most " + std::to_string(retry->attempts_max);
    }
    return out + ": " + retry->reason;
  }
  return "sent";
}

const ManualClock kClock{model::Instant(std::chrono::milliseconds(1'800'000'000'500))};

// Of the seed of 32 zeros.
WebhookKeys keys() {
  return WebhookKeys::read("whsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").value();
}

std::unique_ptr<Channel> channel_to(RunningLoop& running,
                                    const std::string& url,
                                    std::chrono::milliseconds timeout = 10s) {
  return make_webhook(running.loop,
                      kClock,
                      {.url = url, .timeout = timeout, .to_private_networks = true, .keys = keys()})
      .value();
}

}  // namespace

TEST(Webhook, PostsTheNoticeWithItsStableIdAndTime) {
  std::optional<HttpRequest> got;
  RunningServer receiver([&](const HttpRequest& request, const Answer& answer) {
    got = request;
    answer({.status = 204});
  });
  RunningLoop running;
  const auto channel = channel_to(running, receiver.url("/hook?x=1"));

  EXPECT_EQ(text(send_and_wait(running, *channel, notice(112))), "sent");

  EXPECT_EQ(got->method, "POST");
  EXPECT_EQ(got->path, "/hook");
  EXPECT_EQ(got->body, cloud_event(notice(112), EventData::thin));
  EXPECT_EQ(got->header("content-type"), kCloudEventType);
  EXPECT_EQ(got->header("webhook-id"), "case/a:112");
  EXPECT_EQ(got->header("webhook-timestamp"), "1800000000");
  EXPECT_EQ(got->header("webhook-signature"),
            keys().signatures("case/a:112", 1'800'000'000, got->body));
}

TEST(Webhook, ReachesNoPrivateNetworkUnlessAllowed) {
  int requests = 0;
  RunningServer receiver([&](const HttpRequest&, const Answer& answer) {
    ++requests;
    answer({.status = 204});
  });
  RunningLoop running;
  const auto channel =
      make_webhook(running.loop, kClock, {.url = receiver.url(), .keys = keys()}).value();

  EXPECT_EQ(text(send_and_wait(running, *channel, notice(1))),
            "retry at most 4: its name leads to a private network or to this machine; if that is "
            "meant, start with --webhook-private");
  EXPECT_EQ(requests, 0);
}

TEST(Webhook, TellsWhatAnAnswerMeansForTheNotice) {
  struct Row {
    int status;
    std::string retry_after, expected;
  };

  const std::vector<Row> rows = {
      {200, "", "sent"},
      {202, "", "sent"},
      {301,
       "",
       "retry at most 4: the receiver answered 301: redirects are not followed, give the final "
       "address"},
      {400, "", "retry at most 4: the receiver answered 400: it refuses this notice"},
      {404, "", "retry at most 4: the receiver answered 404: it refuses this notice"},
      {410, "", "dead: the receiver answered 410: it is gone for good"},
      {429, "7", "retry after 7 s: the receiver answered 429"},
      {500, "", "retry: the receiver answered 500"},
      {503, "120", "retry after 120 s: the receiver answered 503"},
      {503, "soon", "retry: the receiver answered 503"},
      {503, "Fri, 01 Jan 1999 00:00:00 GMT", "retry: the receiver answered 503"},
  };
  Row current;
  RunningServer receiver([&](const HttpRequest&, const Answer& answer) {
    HttpResponse response{.status = current.status};
    response.headers.emplace_back("Location", "/elsewhere");
    if (!current.retry_after.empty()) {
      response.headers.emplace_back("Retry-After", current.retry_after);
    }
    answer(response);
  });
  RunningLoop running;
  const auto channel = channel_to(running, receiver.url());

  for (const Row& row : rows) {
    current = row;
    EXPECT_EQ(text(send_and_wait(running, *channel, notice(1))), row.expected);
  }
}

TEST(Webhook, TriesAgainWhenTheReceiverRefusesStallsOrHangsUp) {
  std::vector<Answer> kept;
  RunningServer stalling([&](const HttpRequest&, const Answer& answer) { kept.push_back(answer); });
  HttpLimits one_connection;
  one_connection.connections = 0;
  RunningServer full([](const HttpRequest&, const Answer&) {}, one_connection);
  std::string nobody;
  {
    const RunningServer gone([](const HttpRequest&, const Answer&) {});
    nobody = gone.url();
  }
  RunningLoop running;

  const auto refused = channel_to(running, nobody);
  const auto stalled = channel_to(running, stalling.url(), 50ms);
  const auto busy = channel_to(running, full.url());

  EXPECT_TRUE(text(send_and_wait(running, *refused, notice(1))).starts_with("retry: no answer: "));
  EXPECT_TRUE(text(send_and_wait(running, *stalled, notice(1))).starts_with("retry: no answer: "));
  EXPECT_EQ(text(send_and_wait(running, *busy, notice(1))),
            "retry after 5 s: the receiver answered 503");
}

TEST(Webhook, SendsSeveralAtOnceAndLeavesWithoutWaitingForThem) {
  std::vector<Answer> kept;
  RunningServer receiver([&](const HttpRequest&, const Answer& answer) { kept.push_back(answer); });
  RunningLoop running;
  auto channel = channel_to(running, receiver.url());
  int done = 0;

  running.ask([&] {
    for (std::uint64_t i = 1; i <= 20; ++i) {
      channel->send(notice(i), [&](const SendResult&) { ++done; });
    }
    return 0;
  });
  receiver.wait_until([&] { return kept.size() == 8; });
  running.ask([&] {
    channel.reset();
    return 0;
  });

  EXPECT_EQ(running.ask([&] { return done; }), 0);
}

TEST(Webhook, BringsManyNoticesThroughItsFewConnections) {
  std::size_t received = 0;
  RunningServer receiver([&](const HttpRequest&, const Answer& answer) {
    ++received;
    answer({.status = 204});
  });
  RunningLoop running;
  const auto channel = channel_to(running, receiver.url());
  std::size_t done = 0;

  running.ask([&] {
    for (std::uint64_t i = 1; i <= 100; ++i) {
      channel->send(notice(i), [&](const SendResult& result) {
        done += std::holds_alternative<Sent>(result) ? 1U : 0U;
      });
    }
    return 0;
  });
  running.wait_until([&] { return done == 100; });

  EXPECT_EQ(receiver.ask([&] { return received; }), 100U);
}

TEST(Webhook, RefusesAddressesItMustNotSpeakTo) {
  RunningLoop running;

  struct Row {
    std::string url, says;
  };

  for (const Row& row : {Row{"", "not a web address"},
                         Row{"example.org/hook", "not a web address"},
                         Row{"https://", "not a web address"},
                         Row{"ftp://example.org/", "only http and https"},
                         Row{"file:///etc/passwd", "only http and https"},
                         Row{"https://name:secret@example.org/", "name or password"},
                         Row{"https://name@example.org/", "name or password"}}) {
    const auto channel = make_webhook(running.loop, kClock, {.url = row.url});
    ASSERT_FALSE(channel.has_value()) << row.url;
    EXPECT_NE(channel.error().what.find(row.says), std::string::npos)
        << row.url << ": " << channel.error().what;
    EXPECT_EQ(channel.error().what.find("secret"), std::string::npos);
  }
}

}  // namespace protoflow::runtime
