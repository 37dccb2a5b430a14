// What a case that comes over to another version knows under another name, to and from the `names`
// of a record's body; all that is not among them keeps its name:
//   [{"kind":"step","was":"look-for-company","now":"search"},{"kind":"information","was":"age"},
//    {"kind":"outcome","step":"look-for-company","was":"yes","now":"found"}]
// Without `now` it is gone; the step of an outcome is named as it was.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "engine/migrate/mapping.hpp"

namespace protoflow::engine {

/// A JSON array.
[[nodiscard]] std::string encode_names(const std::vector<NameChange>& changes);

[[nodiscard]] std::expected<std::vector<NameChange>, std::string> decode_names(
    const std::string& json);

}  // namespace protoflow::engine
