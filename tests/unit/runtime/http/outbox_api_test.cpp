#include "runtime/http/outbox_api.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/runtime/outbox/running_outbox.hpp"

namespace protoflow::runtime {
namespace {

using Json = nlohmann::json;

struct OutboxApi : OutboxTest {
  Json state() {
    return running_.ask([&] { return Json::parse(outbox_state(*outbox_).body); });
  }

  HttpResponse command(const std::string& channel, const std::string& body) {
    return running_.ask(
        [&] { return command_outbox(*outbox_, channel, HttpRequest{.body = body}); });
  }
};

TEST_F(OutboxApi, TellsWhatWasGivenUpAndWhyAndTriesItAgain) {
  Recording recording;
  bool heals = false;
  recording.rule = [&](const OutgoingNotice&) -> SendResult {
    return heals ? SendResult(Sent{}) : Dead{"gone"};
  };
  open({{"webhook", &recording}});
  post({notice(16)}, 1);
  wait_until([&] { return outbox_->health().channels[0].dead == 1; });
  wait_until([&] { return outbox_->read_dead(1)->size() == 1; });

  EXPECT_EQ(state(), Json::parse(R"({
    "channels": [{"channel": "webhook", "pending": 0, "dead": 1, "last_error": "gone"}],
    "waiting": 0,
    "dead": [{"channel": "webhook", "id": "case/a:16", "stream": "case/a", "attempts": 1,
              "reason": "gone"}]})"));

  heals = true;
  const auto retried = command("webhook", R"({"command":"retry"})");
  wait_until([&] { return outbox_->health().channels[0].dead == 0; });
  wait_until_idle();

  EXPECT_EQ(retried.status, 200);
  EXPECT_EQ(Json::parse(retried.body), (Json{{"channel", "webhook"}, {"retried", 1}}));
  EXPECT_EQ(recording.numbers, (Numbers{16, 16}));
}

TEST_F(OutboxApi, PutsOneAsideForAReasonAndKeepsTheOthers) {
  Recording recording;
  recording.rule = [](const OutgoingNotice&) -> SendResult { return Dead{"gone"}; };
  open({{"webhook", &recording}});
  post({notice(16), notice(17)}, 1);
  wait_until([&] { return outbox_->read_dead(2)->size() == 2; });

  const auto done =
      command("webhook", R"({"command":"put_aside","id":"case/a:16","reason":"said by phone"})");
  wait_until([&] { return outbox_->read_dead(2)->size() == 1; });

  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(state()["dead"][0]["id"], "case/a:17");
  EXPECT_EQ(state()["channels"][0]["dead"], 1);
  const auto kept = outbox_->read_with_ids("case/a:16", 1);
  ASSERT_TRUE(kept && kept->size() == 1);
  EXPECT_EQ(kept->front().reason, "put aside: said by phone");
  EXPECT_EQ(recording.numbers, (Numbers{16, 17}));
}

TEST_F(OutboxApi, PutsNothingAsideWithoutAReasonOrThatWasNotGivenUp) {
  Recording recording;
  open({{"webhook", &recording}});

  EXPECT_EQ(command("webhook", R"({"command":"put_aside","id":"case/a:16"})").status, 400);
  EXPECT_EQ(command("webhook", R"({"command":"put_aside","id":"case/a:16","reason":""})").status,
            400);
  EXPECT_EQ(command("webhook", R"({"command":"put_aside","id":"case/a:16","reason":"x"})").status,
            404);
  EXPECT_EQ(command("mail", R"({"command":"put_aside","id":"case/a:16","reason":"x"})").status,
            404);
}

TEST_F(OutboxApi, RefusesWhatItDoesNotUnderstand) {
  Recording recording;
  open({{"webhook", &recording}});

  EXPECT_EQ(command("mail", R"({"command":"retry"})").status, 404);
  for (const char* body :
       {"", "[]", "retry", R"({"command":"drop"})", R"({"command":"retry","all":true})", "{}"}) {
    EXPECT_EQ(command("webhook", body).status, 400) << body;
  }
}

}  // namespace
}  // namespace protoflow::runtime
