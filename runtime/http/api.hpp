// The HTTP API, /v1: what each path means. It turns requests into the casebook's words and answers
// into JSON; it decides nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/access/rate_limit.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/channel/stream.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/http/server.hpp"
#include "runtime/metrics/metrics.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

class Door;

struct ApiParts {
  Casebook& casebook;
  Outbox& outbox;
  Outbox* mail = nullptr;  // that of the mails, where mails are sent
  std::string pages{};     // where the pages are, for links; empty: no links
  Door* door = nullptr;    // where links let people in
  std::shared_ptr<StreamHub> stream;
  const Clock& clock;
  const Clock& pace;  // goes on by itself, also where `clock` stands still: how often one asks
  std::string token;  // the operator's; every request but /v1/health carries a token:
                      // `Authorization: Bearer …`
  ManualClock* demonstration = nullptr;  // POST /v1/clock sets it; otherwise there is no such path
  ApiRates rates{};
  std::function<std::string()> checkpoint{};  // the newest note; empty while nothing is signed
  std::function<std::vector<std::string>()> why_not_ready{};  // none: ready, and so it is without
  std::function<std::string()> metrics{};                     // none: there is no such address
  bool metrics_open = false;  // to whoever asks from this machine itself, without a token
  std::function<void(const Answered&)> on_answered{};
};

[[nodiscard]] Handler make_api(ApiParts parts);

}  // namespace protoflow::runtime
