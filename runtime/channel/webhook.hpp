// The channel that posts each notice to an address on the web. Follows no redirect, so that content
// never reaches a machine the operator did not name. Signatures are not made here yet: the receiver
// tells repeated notices by `Webhook-Id`.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "runtime/channel/channel.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

struct WebhookSettings {
  std::string name = "webhook";
  std::string url{};
  std::chrono::milliseconds timeout{
      10'000};  // for one attempt, from connecting to the end of the answer
};

/// POST of the notice's JSON with Content-Type, `Webhook-Id` (the notice's stable id) and
/// `Webhook-Timestamp` (Unix seconds of the attempt). Only http and https addresses without a name
/// or password in them.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> make_webhook(
    Loop& loop, const Clock& clock, WebhookSettings settings);

/// What a receiver's answer means for the notice.
[[nodiscard]] SendResult judge_answer(int status, std::optional<std::chrono::seconds> retry_after);

}  // namespace protoflow::runtime
