// Values of declared informations as text, in the log, in the API and on the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/model/protocol.hpp"

namespace protoflow::model {

/// `yes` or `no`; the level's name; a decimal number with a point; an ISO 8601 date; or the text
/// itself.
[[nodiscard]] std::string value_text(const Information& information, const Value& value);

/// The inverse; also accepts oui, non, true and false, and a decimal comma. Nothing when the text
/// is no value of that type.
[[nodiscard]] std::optional<Value> parse_value(const Information& information,
                                               std::string_view text);

}  // namespace protoflow::model
