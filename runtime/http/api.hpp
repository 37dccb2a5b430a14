// The HTTP API, /v1: what each path means. It turns requests into the casebook's words and answers
// into JSON; it decides nothing.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "runtime/access/rate_limit.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/channel/stream.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/http/server.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

/// How often one may ask. The operator is not counted.
struct ApiRates {
  Rate person{.burst = 300, .every = std::chrono::milliseconds(50)};  // with one token
  Rate stranger{.burst = 30, .every = std::chrono::seconds(2)};  // wrong tokens, from one address
};

struct ApiParts {
  Casebook& casebook;
  Outbox& outbox;
  Outbox* mail = nullptr;  // that of the mails, where mails are sent
  std::string pages{};     // where the pages are, for links; empty: no links
  std::shared_ptr<StreamHub> stream;
  const Clock& clock;
  const Clock& pace;  // goes on by itself, also where `clock` stands still: how often one asks
  std::string token;  // the operator's; every request but /v1/health carries a token:
                      // `Authorization: Bearer …`
  ManualClock* demonstration = nullptr;  // POST /v1/clock sets it; otherwise there is no such path
  ApiRates rates{};
};

[[nodiscard]] Handler make_api(ApiParts parts);

}  // namespace protoflow::runtime
