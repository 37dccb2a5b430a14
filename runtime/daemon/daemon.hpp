// `protoflow serve`: puts the parts together, runs the loop, stops cleanly. The only place that
// knows them all.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/time.hpp"
#include "runtime/access/rate_limit.hpp"
#include "runtime/channel/cloud_event.hpp"
#include "runtime/daemon/supervisor.hpp"
#include "runtime/mail/mail_options.hpp"

namespace protoflow::runtime {

struct ServeOptions {
  std::filesystem::path folder = "protoflow-data";
  std::string address = "127.0.0.1";
  std::uint16_t port = 8300;                     // 0: any free one, printed at start
  std::vector<std::filesystem::path> protocols;  // deployed at start
  std::string notices = "-";                     // `-`: standard output; a file; empty: nowhere
  std::string webhook;                           // empty: none
  EventData webhook_data = EventData::thin;
  bool webhook_private = false;  // its address may lie in a private network, or on this machine
  MailOptions mail;
  ApiRates rates;
  std::string log_level = "info";  // debug, info, warn or error
  bool metrics_open = false;       // /metrics to whoever asks from this machine itself
  Supervisor supervisor;
  std::optional<model::Instant> demonstration_clock;  // stands still until POST /v1/clock moves it
};

/// Where a running daemon can be reached; written to `address` in the data folder.
struct Serving {
  std::string address;
  std::uint16_t port = 0;
};

/// Runs until SIGTERM or SIGINT. The error is what to tell the operator.
[[nodiscard]] std::expected<void, std::string> serve(const ServeOptions& options);

// Files of the data folder.
inline constexpr const char* kEventsFile = "events.db";
inline constexpr const char* kKeysFile = "keys.db";
inline constexpr const char* kOutboxFile = "outbox.db";
inline constexpr const char* kMailFile = "mail.db";  // only where mails are sent
inline constexpr const char* kCheckpointsFile = "checkpoints.db";
inline constexpr const char* kTokenFile = "token";
inline constexpr const char* kWebhookKeysFile = "webhook-keys";  // only where there is a webhook
inline constexpr const char* kAddressFile = "address";

}  // namespace protoflow::runtime
