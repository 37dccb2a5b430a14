// GET /v1/outbox and POST /v1/outbox/CHANNEL/commands: what has been brought where, what was given
// up, and trying that again. For the operator: it names streams and reasons, never content.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/api.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

/// `{"channels":[{"channel","pending","dead","last_error"}],"waiting":0,"trouble":"…",
/// "dead":[{"channel","id","stream","attempts","reason"}]}`; at most 200 of the dead, the oldest.
/// Mails have an outbox of their own, where mails are sent.
[[nodiscard]] HttpResponse outbox_state(Outbox& outbox, Outbox* mail = nullptr);

/// `{"command":"retry"}`: the channel's dead notices are tried again, from the first attempt.
/// `{"command":"put_aside","id":…,"reason":…}`: one of them is settled without being sent.
[[nodiscard]] HttpResponse command_outbox(Outbox& outbox,
                                          std::string_view channel,
                                          const HttpRequest& request);

/// What was given up, of every channel, as in `outbox_state`: work for whoever runs the daemon.
[[nodiscard]] nlohmann::ordered_json given_up(const ApiParts& parts, std::string_view only_stream);

}  // namespace protoflow::runtime
