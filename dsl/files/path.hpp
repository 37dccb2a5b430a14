// What a path written after `use` or `closed as in` leads to. Pure text: whether the file is there
// is the shelf's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace protoflow::dsl {

/// The path from the protocol's folder of what the file `from` calls `written`; none when it would
/// leave that folder, is absolute, or is not written with `/`.
[[nodiscard]] std::optional<std::string> path_from(std::string_view from, std::string_view written);

}  // namespace protoflow::dsl
