// POST /v1/protocols/NAME/transfer: all that one partner answers for in the cases of a protocol is
// offered to another, which takes it over, or not; each case by a command of its own. What a crash
// has cut short is simply sent again.
#pragma once

#include <string_view>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// `{"command": "transfer" | "accept_transfer" | "refuse_transfer" | "take_back_transfer",
/// "person": …, "from": PARTNER, "to": PARTNER, "role": …, "reason": …, "dry_run": true}`. The
/// answer counts what changes hands, and says what does not and why; one line for all cases of a
/// kind.
void transfer_cases(const HttpRequest& http,
                    std::string_view protocol,
                    Casebook& casebook,
                    Answer answer);

}  // namespace protoflow::runtime
