// Whether a text that somebody typed may stand on one line of a mail, a calendar or a table without
// hiding or adding anything.
#pragma once

#include <string>
#include <string_view>

namespace protoflow::runtime {

/// UTF-8 without control characters, line ends of any kind, and marks that turn the reading
/// direction or cannot be seen.
[[nodiscard]] bool is_plain_line(std::string_view text);

/// The text with a blank in the place of each such character, and of what is not UTF-8.
[[nodiscard]] std::string as_plain_line(std::string_view text);

}  // namespace protoflow::runtime
