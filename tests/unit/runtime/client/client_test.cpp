#include "runtime/client/client.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/http/problem.hpp"
#include "tests/unit/runtime/http/running_server.hpp"

namespace protoflow::runtime {

using namespace std::chrono_literals;

namespace {

/// A port on which nobody listens: it was free a moment ago.
std::uint16_t silent_port() {
  return RunningServer([](const HttpRequest&, const Answer&) {}).port();
}

}  // namespace

TEST(Client, BringsBackStatusBodyAndHeaders) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    answer({.status = 201,
            .body = request.method + " " + request.path + " " +
                    std::string(request.header("content-type")) + " " +
                    std::string(request.header("x-extra")) + " " + request.body,
            .headers = {{"ETag", "\"3\""}}});
  });

  const auto answer = request({.method = "POST",
                               .url = running.url("/v1/cases"),
                               .body = "{}",
                               .headers = {{"X-Extra", "more"}}});

  ASSERT_TRUE(answer.has_value()) << answer.error().what;
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "POST /v1/cases application/json more {}");
  EXPECT_EQ(answer->headers.at("etag"), "\"3\"");
}

TEST(Client, TakesAProblemAsAnAnswer) {
  RunningServer running([](const HttpRequest&, const Answer& answer) {
    answer(problem(409, "stale-version", "Too late", "Read it again."));
  });

  const auto answer = request({.method = "PUT", .url = running.url(), .body = "{}"});

  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(answer->headers.at("content-type"), "application/problem+json");
}

TEST(Client, CarriesABodyNearTheLimitBothWays) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    answer({.body = request.body + request.body});
  });

  const auto answer =
      request({.method = "POST", .url = running.url(), .body = std::string(1024 * 1024, 'x')});

  ASSERT_TRUE(answer.has_value()) << answer.error().what;
  EXPECT_EQ(answer->body.size(), 2U * 1024 * 1024);
}

TEST(Client, SaysWhatToDoWhenThereIsNoAnswer) {
  RunningServer stalling([](const HttpRequest&, const Answer& answer) {
    static std::vector<Answer> kept;
    kept.push_back(answer);
  });
  const std::string nobody = "http://127.0.0.1:" + std::to_string(silent_port());

  struct Row {
    std::string url, says;
  };

  for (const Row& row : {Row{nobody + "/v1/cases?person=x", "is the daemon running"},
                         Row{"not an address", "not a web address"},
                         Row{"ftp://127.0.0.1/", "not a web address"},
                         Row{stalling.url("/v1/cases?person=x"), "did not answer in time"}}) {
    const auto answer = request({.url = row.url, .timeout = 50ms});
    ASSERT_FALSE(answer.has_value()) << row.url;
    EXPECT_NE(answer.error().what.find(row.says), std::string::npos) << answer.error().what;
    EXPECT_EQ(answer.error().what.find("person"), std::string::npos) << answer.error().what;
  }
}

TEST(Client, FollowsAStreamUntilItHasSeenEnough) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    const int from = std::atoi(std::string(request.header("last-event-id")).c_str());
    answer({.stream = [from](Stream stream) {
      for (int i = from + 1; i <= from + 10; ++i) {
        stream.send(std::to_string(i), "notice", "n" + std::to_string(i));
      }
    }});
  });
  std::string seen;

  const auto last =
      follow({.url = running.url(), .last_event_id = "40"},
             [&](std::string_view id, std::string_view event, std::string_view text) {
               seen += std::string(id) + ' ' + std::string(event) + ' ' + std::string(text) + '\n';
               return id != "42";
             });

  ASSERT_TRUE(last.has_value()) << last.error().what;
  EXPECT_EQ(*last, "42");
  EXPECT_EQ(seen, "41 notice n41\n42 notice n42\n");
}

TEST(Client, GivesTheLastIdWhenTheServerEndsTheStream) {
  RunningServer running([](const HttpRequest&, const Answer& answer) {
    answer({.stream = [](Stream stream) {
      stream.send("7", "", "x");
      stream.close();
    }});
  });

  const auto last = follow({.url = running.url()}, [](auto, auto, auto) { return true; });

  ASSERT_TRUE(last.has_value()) << last.error().what;
  EXPECT_EQ(*last, "7");
}

TEST(Client, SaysWhenAStreamIsRefusedOrSilent) {
  RunningServer refusing([](const HttpRequest&, const Answer& answer) {
    answer(problem(404, "unknown", "No such stream", "Look at the list."));
  });
  RunningServer silent(
      [](const HttpRequest&, const Answer& answer) { answer({.stream = [](const Stream&) {}}); });
  const auto on_event = [](auto, auto, auto) { return true; };

  const auto refused = follow({.url = refusing.url()}, on_event);
  const auto broken = follow({.url = silent.url(), .silence = 20ms}, on_event);

  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().answer.status, 404);
  EXPECT_NE(refused.error().answer.body.find("No such stream"), std::string::npos);
  ASSERT_FALSE(broken.has_value());
  EXPECT_NE(broken.error().what.find("silent"), std::string::npos);
}

}  // namespace protoflow::runtime
