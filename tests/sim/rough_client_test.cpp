// Clients that are wrong, slow, old or many at once, and a stop in the middle of it all.
#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/client/client.hpp"
#include "tests/sim/case_worker.hpp"
#include "tests/sim/scene.hpp"
#include "tests/unit/runtime/http/raw_socket.hpp"

namespace protoflow::testing {

namespace {

struct Running : Scene {
  Running() {
    if (!start_with_people()) {
      throw std::runtime_error(daemon->log());
    }
  }

  [[nodiscard]] std::uint16_t port() const {
    const auto& address = daemon->address();
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
  }

  [[nodiscard]] Reply raw(const std::string& method,
                          const std::string& path,
                          const std::string& body = {},
                          const std::string& token = {}) const {
    const auto bearer = "Bearer " + (token.empty() ? daemon->token() : token);
    const auto answer = runtime::request({.method = method,
                                          .url = daemon->address() + path,
                                          .body = body,
                                          .headers = {{"Authorization", bearer}}});
    return answer
               ? Reply{answer->status, Json::parse(answer->body, nullptr, false), answer->headers}
               : Reply{};
  }
};

/// The same command from several connections at once.
std::vector<Reply> at_once(const std::vector<std::function<Reply()>>& asks) {
  std::vector<Reply> replies(asks.size());
  std::atomic<bool> go = false;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < asks.size(); ++i) {
      threads.emplace_back([&, i] {
        go.wait(false);
        replies[i] = asks[i]();
      });
    }
    go = true;
    go.notify_all();
  }
  return replies;
}

}  // namespace

TEST(RoughClient, EachMistakeGetsAProblemThatSaysWhatToDo) {
  const Running running;
  const auto id = open_case(running.door, "one");
  const auto commands = "/v1/cases/" + id + "/commands";

  struct Mistake {
    std::string method, path, body, token;
    int status;
  };

  const std::vector<Mistake> mistakes{
      {"POST", "/v1/cases", "", "", 400},
      {"POST", "/v1/cases", "{", "", 400},
      {"POST", "/v1/cases", "[]", "", 400},
      {"POST", "/v1/cases", "\xff\xfe", "", 400},
      {"POST", "/v1/cases", std::string(200'000, '['), "", 400},
      {"POST", "/v1/cases", R"({"protocol":7})", "", 400},
      {"POST", "/v1/cases", R"({"protocol":"vigil","person":"of-office","surname":"x"})", "", 400},
      {"POST", "/v1/cases", R"({"protocol":"none","person":"of-office"})", "", 404},
      {"POST", "/v1/cases", R"({"protocol":"vigil","person":"nobody"})", "", 403},
      {"POST", "/v1/cases", R"({"protocol":"vigil","person":"of-firm"})", "", 403},
      {"POST", "/v1/cases/none/commands", R"({"command":"take"})", "", 404},
      {"POST", commands, R"({"command":"dance","person":"of-office"})", "", 422},
      {"POST", commands, R"({"command":"take","person":"of-office"})", "", 422},
      {"POST", commands, R"({"command":"take","person":"of-office","step":"none"})", "", 422},
      {"POST", commands, R"({"command":"take","person":"of-firm","step":"welcome"})", "", 403},
      {"POST", commands, R"({"command":"take","person":"of-firm","step":"plan"})", "", 409},
      {"POST", commands, std::string(2'000'000, ' '), "", 413},
      {"POST", "/v1/clock", R"({"now":"2030-01-01T00:00:00.000Z"})", "", 404},
      {"GET", "/v1/nothing", "", "", 404},
      {"GET", "/", "", "", 404},
      {"GET", "/v1/cases/none", "", "", 404},
      {"DELETE", "/v1/cases", "", "", 405},
      {"GET", "/v1/cases", "", "pfo_wrong", 401},
  };
  for (const auto& [method, path, body, token, status] : mistakes) {
    SCOPED_TRACE(method + " " + path + " " + body.substr(0, 80));
    const auto reply = running.raw(method, path, body, token);
    EXPECT_EQ(reply.status, status) << reply.body.dump();
    EXPECT_TRUE(reply.headers.contains("content-type") &&
                reply.headers.at("content-type") == "application/problem+json");
    EXPECT_FALSE(reply.body.value("detail", "").empty());
  }
  EXPECT_EQ(running.audit().cases.at(id).size(), running.audit().cases.begin()->second.size());
  EXPECT_EQ(running.audit().cases.size(), 1U);
}

TEST(RoughClient, SlowSendersKeepNobodyWaitingAndDoNotHoldUpTheEnd) {
  Running running;
  std::vector<std::unique_ptr<runtime::RawSocket>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<runtime::RawSocket>(running.port()));
    ASSERT_TRUE(slow.back()->send("POST /v1/cases HTTP/1.1\r\nContent-Length: 1000\r\nHost"));
  }
  EXPECT_FALSE(open_case(running.door, "one").empty());
  running.daemon->signal(SIGTERM);
  const auto ending = running.daemon->ending(std::chrono::seconds(20));
  ASSERT_TRUE(ending) << "slow senders hold up the end";
  EXPECT_EQ(ending->status, 0);
}

TEST(RoughClient, WithAnOldVersionIsToldThatSomeoneActedMeanwhile) {
  const Running running;
  const auto id = open_case(running.door, "one");
  const Json take{{"command", "take"}, {"step", "welcome"}, {"person", "of-office"}};
  const auto read = running.door.get("/v1/cases/" + id);
  const auto version = read.headers.at("etag");
  const auto path = "/v1/cases/" + id + "/commands";
  EXPECT_EQ(running.door.post(path, take, {{"If-Match", "\"1\""}}).status, 412);
  EXPECT_EQ(running.door.post(path, take, {{"If-Match", "rubbish"}}).status, 400);
  EXPECT_EQ(running.door.post(path, take, {{"If-Match", version}}).status, 200);
  EXPECT_EQ(running.door.post(path, take, {{"If-Match", version}}).status, 412);
}

TEST(RoughClient, OfTwoWhoTakeTheSameStepExactlyOneGetsIt) {
  const Running running;
  ASSERT_TRUE(
      running.door
          .post("/v1/people", {{"person", "other"}, {"partner", "office"}, {"roles", {"lead"}}})
          .done());
  for (int round = 0; round < 20; ++round) {
    const auto id = open_case(running.door, "case-" + std::to_string(round));
    const auto take = [&](const std::string& person) {
      return running.door.act(
          {{"case", id}, {"command", "take"}, {"step", "welcome"}, {"person", person}});
    };
    const auto replies =
        at_once({[&] { return take("of-office"); }, [&] { return take("other"); }});
    const int sum = replies[0].status + replies[1].status;
    EXPECT_EQ(sum, 200 + 409) << replies[0].body.dump() << replies[1].body.dump();
  }
}

TEST(RoughClient, SendingOneCommandFromEightConnectionsDoesItOnce) {
  const Running running;
  const auto same_for_all = [](const std::vector<Reply>& replies) {
    std::size_t first = 0;
    for (const auto& reply : replies) {
      EXPECT_TRUE(reply.done()) << reply.body.dump();
      first += reply.body.contains("repeated") ? 0U : 1U;
      EXPECT_EQ(reply.body["case"], replies[0].body["case"]);
      EXPECT_EQ(reply.body["version"], replies[0].body["version"]);
      EXPECT_EQ(reply.body["events"], replies[0].body["events"]);
    }
    EXPECT_EQ(first, 1U);
  };
  for (int round = 0; round < 10; ++round) {
    const Json open{{"protocol", "vigil"},
                    {"person", "of-office"},
                    {"command_id", "open-" + std::to_string(round)}};
    const auto opened = at_once({8, [&] { return running.door.act(open); }});
    same_for_all(opened);
    const Json take{{"case", opened[0].body["case"]},
                    {"command", "take"},
                    {"step", "welcome"},
                    {"person", "of-office"},
                    {"command_id", "take"}};
    same_for_all(at_once({8, [&] { return running.door.act(take); }}));
  }
  EXPECT_EQ(running.audit().faults, std::vector<std::string>());
  EXPECT_EQ(running.audit().cases.size(), 10U);
}

class Stop : public ::testing::TestWithParam<int> {};

TEST_P(Stop, DuringLoadIsCleanAndLosesNothing) {
  Running running;
  Shift shift;
  shift.door.open(*running.daemon);
  shift.set_open(true);
  std::vector<std::unique_ptr<CaseWorker>> workers;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    workers.push_back(std::make_unique<CaseWorker>(shift, i, "w" + std::to_string(i)));
    threads.emplace_back([worker = workers.back().get()] { worker->work(); });
  }
  ASSERT_TRUE(eventually([&] { return shift.acknowledged > 60; }));
  for (int i = 0; i < GetParam(); ++i) {
    running.daemon->signal(SIGTERM);
  }
  const auto ending = running.daemon->ending();
  shift.set_open(false);
  shift.end();
  threads.clear();
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->status, 0) << "signal " << ending->signal << " " << running.daemon->log();
  const auto log = running.audit();
  EXPECT_EQ(log.faults, std::vector<std::string>());
  for (const auto& worker : workers) {
    EXPECT_EQ(worker->faults, std::vector<std::string>());
    for (const auto& kept : worker->acknowledged) {
      const auto lines = log.cases.find(kept.case_id);
      ASSERT_NE(lines, log.cases.end());
      EXPECT_LE(kept.version, lines->second.size());
    }
  }
  const auto verified = running.verify();
  EXPECT_EQ(verified.status, 0) << verified.output;
}

INSTANTIATE_TEST_SUITE_P(Signals, Stop, ::testing::Values(1, 2));

}  // namespace protoflow::testing
