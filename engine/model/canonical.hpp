// The canonical text of a protocol: the same meaning gives the same bytes, whatever the layout, the
// comments, the language of the keywords or the order of what has none. engine/log hashes it into
// the meaning hash.
#pragma once

#include <cstdint>
#include <string>

#include "engine/model/protocol.hpp"

namespace protoflow::model {

/// The ways of writing it, in its first line. A log keeps the hash of the way it was written in, so
/// none ever changes: another way of writing is another number.
enum class Canonical : std::uint8_t {
  one = 1,  // in the order of the text, the beneficiary by the name of the file's language
  two = 2,  // by name, but for what is in order; the beneficiary by one name
};

/// One line per declaration and clause, names and numbers only, UTF-8, `\n` ends. Examples and
/// `line` members are left out: they do not change what happens to anyone. In order, and so part of
/// the meaning: endings, deputies, deadlines, late rules, the levels of a scale, a routine's
/// questions, the operands of a promise that reads one way only.
[[nodiscard]] std::string canonical(const Protocol& protocol, Canonical way = Canonical::two);

}  // namespace protoflow::model
