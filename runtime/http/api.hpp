// The HTTP API, /v1: what each path means. It turns requests into the casebook's words and answers
// into JSON; it decides nothing.
#pragma once

#include <memory>
#include <string>

#include "runtime/casebook/casebook.hpp"
#include "runtime/channel/stream.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/http/server.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

struct ApiParts {
  Casebook& casebook;
  Outbox& outbox;
  std::shared_ptr<StreamHub> stream;
  const Clock& clock;
  std::string token;  // every request but /v1/health must carry it: `Authorization: Bearer …`
  ManualClock* demonstration = nullptr;  // POST /v1/clock sets it; otherwise there is no such path
};

[[nodiscard]] Handler make_api(ApiParts parts);

}  // namespace protoflow::runtime
