// What a command brings from outside: names that the protocol has, and texts that are short enough.
// A command that needs no name may have none; whether a name fits is for the rules themselves.
#pragma once

#include <expected>

#include "engine/decide/decide.hpp"

namespace protoflow::engine {

/// Refuses a name that the protocol does not have, a command that needs one and has none, and a
/// text of more than kSaidTextMax bytes. Such a refusal has no more than its code.
[[nodiscard]] std::expected<void, Refusal> check_sent(const model::Protocol& protocol,
                                                      const Command& command);

}  // namespace protoflow::engine
