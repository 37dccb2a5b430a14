// The channel that posts each notice to an address on the web, as a signed event. Follows no
// redirect, so that content never reaches a machine the operator did not name, and reaches no
// private network unless the operator says so. The receiver tells repeated notices by `Webhook-Id`.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "runtime/channel/channel.hpp"
#include "runtime/channel/cloud_event.hpp"
#include "runtime/channel/webhook_keys.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

struct WebhookSettings {
  std::string name = "webhook";
  std::string url{};
  std::chrono::milliseconds timeout{
      10'000};  // for one attempt, from connecting to the end of the answer
  EventData data = EventData::thin;
  bool to_private_networks = false;  // also to this machine itself
  WebhookKeys keys{};                // none: unsigned
};

/// POST of the notice as a CloudEvent with `Webhook-Id` (the notice's stable id),
/// `Webhook-Timestamp` (Unix seconds of the attempt) and `Webhook-Signature` (Standard Webhooks
/// 1.0). Only http and https addresses without a name or password in them.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> make_webhook(
    Loop& loop, const Clock& clock, WebhookSettings settings);

/// What a receiver's answer means for the notice.
[[nodiscard]] SendResult judge_answer(int status, std::optional<std::chrono::seconds> retry_after);

}  // namespace protoflow::runtime
