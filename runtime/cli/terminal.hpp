// Writing to the terminal. For runtime/cli only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace protoflow::runtime {

enum class Paint : std::uint8_t { good, bad, warning, quiet, strong };

/// Only on a terminal, and never when NO_COLOR is set (https://no-color.org).
[[nodiscard]] bool wants_colours(int stream);

void print(std::string_view text);

/// To standard error, with a line end; returns `code`.
int complain(std::string_view text, int code);

[[nodiscard]] std::string painted(std::string_view text, Paint paint, bool colours);

/// The line of that number in a text, without the blanks around it.
[[nodiscard]] std::string source_line(std::string_view text, std::uint32_t line);

}  // namespace protoflow::runtime
