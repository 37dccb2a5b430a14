// What a reader is shown of an event of the log. That it happened, and when, is shown of every
// event of a stream that they see; what is left out of it is named in `hidden`. Pure.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/access/access.hpp"

namespace protoflow::runtime {

/// `line` is the record as written. The operator gets it so. Requires that the reader may see the
/// stream.
[[nodiscard]] nlohmann::ordered_json shown_event(const Reader& reader,
                                                 const Reading& reading,
                                                 std::string_view line);

/// Whether nothing is left out but what is sealed, and what only a program needs.
[[nodiscard]] bool is_shown_whole(const nlohmann::ordered_json& shown);

}  // namespace protoflow::runtime
