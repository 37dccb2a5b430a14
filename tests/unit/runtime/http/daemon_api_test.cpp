// /ready, /metrics, and the id of a request.
#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

TEST(Ready, SaysWhyCommandsCannotBeTaken) {
  RunningApi api;
  EXPECT_EQ(api.ask("GET", "/ready", {}, {}).status, 200);
  api.reasons = {"The disk is full.", "The outbox cannot be written."};

  const auto answer = api.ask("GET", "/ready", {}, {});

  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(RunningApi::Json::parse(answer.body).value("detail", ""),
            "The disk is full. The outbox cannot be written.");
}

TEST(MetricsAddress, CountsByRouteAndNeverByWhatStandsInIt) {
  RunningApi api;
  (void)api.ask("GET", "/v1/cases/secret-of-somebody");
  (void)api.ask("BREW", "/v1/cases");
  (void)api.ask("GET", "/nowhere/secret-of-somebody");

  const auto answer = api.ask("GET", "/metrics");

  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.contains(
      R"(protoflow_requests_total{method="GET",route="/v1/cases/{case}",status="404"} 1)"))
      << answer.body;
  EXPECT_TRUE(answer.body.contains(R"(method="other",route="",status="405")")) << answer.body;
  EXPECT_FALSE(answer.body.contains("secret-of-somebody")) << answer.body;
}

TEST(MetricsAddress, IsTheOperatorsUnlessItIsOpen) {
  RunningApi api;

  EXPECT_EQ(api.ask("GET", "/metrics", {}, {}).status, 403);
}

TEST(MetricsAddress, IsShutToWhatComesThroughAProxyWhereItIsOpen) {
  RunningApi api(true, {}, true);

  EXPECT_EQ(api.ask("GET", "/metrics", {}, {}).status, 200);
  EXPECT_EQ(api.ask("GET", "/metrics", {}, {{"X-Forwarded-For", "203.0.113.7"}}).status, 403);
  EXPECT_EQ(api.ask("GET", "/metrics", {}, {{"Forwarded", "for=203.0.113.7"}}).status, 403);
}

TEST(RequestId, StandsInEveryAnswer) {
  RunningApi api;

  const auto one = api.ask("GET", "/v1/cases").headers["x-request-id"];
  const auto other = api.ask("GET", "/nowhere").headers["x-request-id"];

  EXPECT_FALSE(one.empty());
  EXPECT_FALSE(other.empty());
  EXPECT_NE(one, other);
}

TEST(RequestId, IsTheSendersWhereItIsPlain) {
  RunningApi api;
  const auto answered = [&](const std::string& id) {
    return api.ask("GET", "/health", {}, {{"X-Request-Id", id}}).headers["x-request-id"];
  };

  EXPECT_EQ(answered("proxy-7.Az_9"), "proxy-7.Az_9");
  EXPECT_NE(answered("a b"), "a b");
  EXPECT_NE(answered("a\"level=error"), "a\"level=error");
  EXPECT_NE(answered(std::string(65, 'a')), std::string(65, 'a'));
}

}  // namespace
}  // namespace protoflow::runtime
