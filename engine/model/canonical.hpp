// The canonical text of a protocol: the same meaning gives the same bytes, whatever the layout, the
// comments or the language of the keywords. engine/log hashes it into the meaning hash.
#pragma once

#include <string>

#include "engine/model/protocol.hpp"

namespace protoflow::model {

/// One line per declaration and clause, in table order, names and numbers only, UTF-8, `\n` ends.
/// Examples and `line` members are left out: they do not change what happens to anyone.
[[nodiscard]] std::string canonical(const Protocol& protocol);

}  // namespace protoflow::model
