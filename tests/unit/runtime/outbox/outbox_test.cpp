#include "runtime/outbox/outbox.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/channel/stream.hpp"
#include "runtime/channel/webhook.hpp"
#include "runtime/http/sse_port.hpp"
#include "tests/unit/runtime/http/running_server.hpp"
#include "tests/unit/runtime/outbox/running_outbox.hpp"

namespace protoflow::runtime {

using namespace std::chrono_literals;

TEST_F(OutboxTest, BringsEachNoticeToEachChannelInOrder) {
  Recording left;
  Recording right;
  open({{"left", &left}, {"right", &right}});

  post({notice(16), notice(17, "case/b")}, 1);
  post({}, 2);
  post({notice(48)}, 3);
  wait_until([&] { return outbox_->scanned() == 3; });
  wait_until_idle();

  EXPECT_EQ(left.numbers, (Numbers{16, 17, 48}));
  EXPECT_EQ(right.numbers, (Numbers{16, 17, 48}));
}

TEST_F(OutboxTest, IgnoresNumbersThatStandAlreadyAlsoAfterARestart) {
  Recording recording;
  open({{"a", &recording}});
  post({notice(16), notice(17)}, 1);
  post({notice(16), notice(17)}, 1);
  wait_until_idle();
  close();

  open({{"a", &recording}});
  EXPECT_EQ(running_.ask([&] { return outbox_->scanned(); }), 1U);
  post({notice(17), notice(32)}, 2);
  wait_until([&] { return outbox_->scanned() == 2; });
  wait_until_idle();

  EXPECT_EQ(recording.numbers, (Numbers{16, 17, 32}));
}

TEST_F(OutboxTest, KeepsTheOrderWithinAStreamAndLetsOtherStreamsPass) {
  Recording recording;
  int refusals = 3;
  recording.rule = [&](const OutgoingNotice& notice) -> SendResult {
    if (notice.number == 16 && refusals-- > 0) {
      return Retry{"busy"};
    }
    return Sent{};
  };
  open({{"a", &recording}});

  post({notice(16), notice(17), notice(18, "case/b"), notice(19, "case/b")}, 1);
  wait_until_idle();

  EXPECT_EQ(recording.numbers, (Numbers{16, 18, 19, 16, 16, 16, 17}));
}

TEST_F(OutboxTest, SendsOneAtATimePerStreamAndNoMoreAtOnceThanAllowed) {
  Recording recording;
  recording.rule = {};
  OutboxPolicy policy = quick();
  policy.under_way_max = 3;
  open({{"a", &recording}}, policy);

  post({notice(16, "case/a"),
        notice(17, "case/a"),
        notice(18, "case/b"),
        notice(19, "case/c"),
        notice(20, "case/d")},
       1);
  wait_until([&] { return recording.open.size() == 3; });
  EXPECT_EQ(recording.numbers, (Numbers{16, 18, 19}));

  running_.ask([&] {
    const auto done = recording.open.front().second;
    done(Sent{});
    done(Sent{});  // a second answer changes nothing
    return 0;
  });
  wait_until([&] { return recording.open.size() == 4; });
  EXPECT_EQ(recording.numbers, (Numbers{16, 18, 19, 20}));
}

TEST_F(OutboxTest, CarriesOnAfterARestartWithWhatHasNotGoneOut) {
  Recording recording;
  recording.rule = {};
  open({{"a", &recording}});
  post({notice(16), notice(17), notice(18, "case/b")}, 1);
  wait_until([&] { return recording.open.size() == 2; });
  running_.ask([&] {
    recording.open.back().second(Sent{});  // 18 goes out, 16 is under way at the end
    return 0;
  });
  close();

  recording.numbers.clear();
  recording.rule = [](const OutgoingNotice&) { return Sent{}; };
  open({{"a", &recording}});
  wait_until_idle();

  EXPECT_EQ(recording.numbers, (Numbers{16, 17}));
}

TEST_F(OutboxTest, KeepsTheAttemptsAndTheDelayOverARestart) {
  Recording recording;
  recording.rule = [](const OutgoingNotice&) { return Retry{"refused", 1h}; };
  open({{"a", &recording}});
  post({notice(16)}, 1);
  wait_until([&] { return recording.numbers.size() == 1; });
  close();

  open({{"a", &recording}});
  wait_until([&] { return outbox_->health().channels.front().pending == 1; });
  EXPECT_EQ(recording.numbers.size(), 1U);
  close();

  clock_.advance(1h);
  recording.rule = [](const OutgoingNotice&) { return Sent{}; };
  open({{"a", &recording}});
  wait_until_idle();
  EXPECT_EQ(recording.numbers.size(), 2U);
}

TEST_F(OutboxTest, GivesUpAfterTheLastAttemptAndGoesOnWithTheNext) {
  Recording recording;
  recording.rule = [](const OutgoingNotice& notice) -> SendResult {
    return notice.number == 16 ? SendResult(Retry{"status 500"}) : SendResult(Sent{});
  };
  open({{"a", &recording}});

  post({notice(16), notice(17)}, 1);
  wait_until_idle();

  EXPECT_EQ(std::ranges::count(recording.numbers, 16U), 12);
  EXPECT_EQ(recording.numbers.back(), 17U);
  EXPECT_EQ(health().channels.front().dead, 1U);
  wait_until([&] { return !outbox_->read_dead(10).value().empty(); });
  const auto dead = running_.ask([&] { return outbox_->read_dead(10).value(); });
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead.front().channel, "a");
  EXPECT_EQ(dead.front().id, "case/a:16");
  EXPECT_EQ(dead.front().attempts, 12);
  EXPECT_EQ(dead.front().reason, "status 500");
}

TEST_F(OutboxTest, GivesUpSoonerWhenTheChannelSaysSo) {
  Recording recording;
  recording.rule = [](const OutgoingNotice& notice) -> SendResult {
    return notice.number == 16 ? SendResult(Dead{"gone"}) : SendResult(Retry{"404", {}, 2});
  };
  open({{"a", &recording}});

  post({notice(16), notice(17)}, 1);
  wait_until_idle();

  EXPECT_EQ(recording.numbers, (Numbers{16, 17, 17}));
  EXPECT_EQ(health().channels.front().dead, 2U);
}

TEST_F(OutboxTest, TriesDeadNoticesAgainWhenAsked) {
  Recording recording;
  recording.rule = [](const OutgoingNotice&) { return Dead{"gone"}; };
  open({{"a", &recording}});
  post({notice(16), notice(17)}, 1);
  wait_until_idle();
  close();
  recording.numbers.clear();
  recording.rule = [](const OutgoingNotice&) { return Sent{}; };
  open({{"a", &recording}});
  EXPECT_EQ(health().channels.front().dead, 2U);

  EXPECT_TRUE(running_.ask([&] { return outbox_->retry_dead("a"); }));
  EXPECT_FALSE(running_.ask([&] { return outbox_->retry_dead("absent"); }));
  wait_until([&] { return recording.numbers.size() == 2; });

  EXPECT_EQ(recording.numbers, (Numbers{16, 17}));
  EXPECT_EQ(health().channels.front().dead, 0U);
}

TEST_F(OutboxTest, StartsANewChannelFromNow) {
  Recording old_one;
  Recording new_one;
  open({{"old", &old_one}});
  post({notice(16)}, 1);
  wait_until_idle();
  close();

  open({{"new", &new_one}, {"old", &old_one}});
  post({notice(32)}, 2);
  wait_until([&] { return outbox_->scanned() == 2; });
  wait_until_idle();

  EXPECT_EQ(new_one.numbers, (Numbers{32}));
  EXPECT_EQ(old_one.numbers, (Numbers{16, 32}));
}

TEST_F(OutboxTest, ReadsBackWhatHasBeenEntered) {
  Recording recording;
  open({{"a", &recording}});
  post({notice(16), notice(17), notice(32, "case/b")}, 2);
  wait_until_idle();

  const auto page = running_.ask([&] { return outbox_->read_after(16, 10).value(); });
  const auto first = running_.ask([&] { return outbox_->read_after(0, 1).value(); });

  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[1].number, 32U);
  EXPECT_EQ(page[1].id, "case/b:32");
  EXPECT_EQ(page[1].stream, "case/b");
  EXPECT_EQ(page[1].json, R"({"number":32})");
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].number, 16U);
}

TEST_F(OutboxTest, BringsAWebhookItsNoticesThroughErrors) {
  std::vector<std::string> received;
  int errors = 2;
  RunningServer receiver([&](const HttpRequest& request, const Answer& answer) {
    if (errors-- > 0) {
      answer({.status = 500});
      return;
    }
    received.emplace_back(request.header("webhook-id"));
    answer({.status = 204});
  });
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(
      make_webhook(running_.loop, clock_, {.url = receiver.url(), .to_private_networks = true})
          .value());
  ASSERT_TRUE(open_with(std::move(channels)).has_value());

  post({notice(16), notice(17), notice(18)}, 1);
  wait_until([&] { return outbox_->scanned() == 1; });
  wait_until_idle();

  EXPECT_EQ(received, (std::vector<std::string>{"case/a:16", "case/a:17", "case/a:18"}));
}

TEST_F(OutboxTest, LetsAStreamResumeWithoutALossWhileNoticesKeepComing) {
  const auto hub = std::make_shared<StreamHub>();
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(make_stream_channel("stream", hub));
  ASSERT_TRUE(open_with(std::move(channels)).has_value());
  std::vector<std::string> ids;
  const auto port = std::make_shared<StreamPort>();
  port->write = [&](const std::string& event) {
    ids.push_back(event.substr(4, event.find('\n') - 4));
    return true;
  };
  port->queued = [] { return std::size_t{0}; };

  for (std::uint64_t position = 1; position <= 300; ++position) {
    post({notice(position)}, position);
    if (position == 200) {
      running_.ask([&] {
        hub->read_missed_from([&](std::uint64_t number, std::size_t limit) {
          return std::optional(outbox_->read_after(number, limit).value());
        });
        hub->subscribe(Stream(port), 100);
        return 0;
      });
    }
  }
  wait_until([&] { return outbox_->scanned() == 300; });
  wait_until_idle();

  ASSERT_EQ(ids.size(), 200U);
  EXPECT_EQ(ids.front(), "101");
  EXPECT_EQ(ids.back(), "300");
}

// A case with two notices and another case between them: the readers go by the last number.
TEST_F(OutboxTest, GivesAnEventStreamEveryNoticeOfCasesThatActTogether) {
  const auto hub = std::make_shared<StreamHub>();
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(make_stream_channel("stream", hub));
  ASSERT_TRUE(open_with(std::move(channels)).has_value());
  std::vector<std::string> ids;
  const auto port = std::make_shared<StreamPort>();
  port->write = [&](const std::string& event) {
    ids.push_back(event.substr(4, event.find('\n') - 4));
    return true;
  };
  port->queued = [] { return std::size_t{0}; };
  running_.ask([&] {
    hub->subscribe(Stream(port), std::nullopt);
    return 0;
  });

  post({notice(16, "case/a"), notice(17, "case/a"), notice(32, "case/b"), notice(33, "case/b")}, 2);
  wait_until([&] { return outbox_->scanned() == 2; });
  wait_until_idle();

  EXPECT_EQ(ids, (std::vector<std::string>{"16", "17", "32", "33"}));
}

TEST_F(OutboxTest, KeepsANoticeUntilItsTimeOverARestart) {
  Recording recording;
  open({{"mail", &recording}});
  auto later = notice(16);
  later.not_before = clock_.now() + std::chrono::hours(1);

  post({later, notice(17, "case/b")}, 1);
  wait_until([&] { return outbox_->health().channels[0].pending == 1; });
  EXPECT_EQ(recording.numbers, (Numbers{17}));

  close();
  clock_.set(later.not_before);
  open({{"mail", &recording}});
  wait_until_idle();
  EXPECT_EQ(recording.numbers, (Numbers{17, 16}));
}

TEST_F(OutboxTest, SendsTogetherWhatGoesTogetherAndTriesItAgainTogether) {
  Recording recording;
  recording.joins = true;
  int attempts = 0;
  recording.rule = [&](const OutgoingNotice&) -> SendResult {
    return ++attempts == 1 ? SendResult(Retry{"not now"}) : Sent{};
  };
  open({{"mail", &recording}});
  auto far = notice(19);
  far.not_before = clock_.now() + std::chrono::hours(1);

  post({notice(16), notice(17), notice(18), far}, 1);
  wait_until([&] { return outbox_->health().channels[0].pending == 1; });

  EXPECT_EQ(recording.together, (std::vector<std::size_t>{3, 3}));
  EXPECT_EQ(recording.numbers, (Numbers{16, 16}));
}

TEST_F(OutboxTest, GivesUpTogetherWhatWasRefusedTogether) {
  Recording recording;
  recording.joins = true;
  recording.rule = [](const OutgoingNotice&) -> SendResult { return Dead{"gone"}; };
  open({{"mail", &recording}});

  post({notice(16), notice(17)}, 1);
  wait_until([&] { return outbox_->read_dead(9)->size() == 2; });

  EXPECT_EQ(health().channels[0].dead, 2U);
  EXPECT_EQ(health().channels[0].pending, 0U);
}

TEST_F(OutboxTest, TellsWhatBecameOfTheNoticesOfOneStream) {
  Recording recording;
  recording.rule = [](const OutgoingNotice& each) -> SendResult {
    return each.number == 17 ? SendResult(Dead{"gone"}) : Sent{};
  };
  open({{"mail", &recording}});
  auto later = notice(18);
  later.not_before = clock_.now() + std::chrono::hours(1);

  post({notice(16), notice(17), later, notice(19, "case/ab"), notice(20, "case/b")}, 1);
  wait_until([&] {
    const auto views = outbox_->read_with_ids("case/a:", 9);
    return views->size() == 3 && views->at(1).state == DeliveryState::dead;
  });

  const auto views = running_.ask([&] { return outbox_->read_with_ids("case/a:", 9).value(); });
  EXPECT_EQ(views[0].state, DeliveryState::sent);
  EXPECT_EQ(views[1].reason, "gone");
  EXPECT_EQ(views[2].state, DeliveryState::pending);
  EXPECT_EQ(views[2].notice.not_before, later.not_before);
  EXPECT_EQ(running_.ask([&] { return outbox_->read_with_ids("case/a:", 1)->size(); }), 1U);
}

}  // namespace protoflow::runtime
