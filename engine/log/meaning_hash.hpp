// The meaning hash: which protocol, to the letter, an event was decided under. Layout, comments,
// examples, the language of the keywords and the order of declarations do not count.
#pragma once

#include <string>

#include "engine/model/canonical.hpp"

namespace protoflow::engine {

/// SHA-256 of the protocol's canonical text, 64 lower-case hexadecimal digits.
[[nodiscard]] std::string meaning_hash(const model::Protocol& protocol,
                                       model::Canonical way = model::Canonical::two);

}  // namespace protoflow::engine
