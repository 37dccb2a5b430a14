// Base64 with padding (RFC 4648, section 4), by libsodium.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace protoflow::runtime {

[[nodiscard]] std::string base64(std::string_view bytes);

/// nullopt: a letter that is not of the alphabet, a blank, or padding that is missing or too much.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace protoflow::runtime
