// How deep the JSON of a request may nest: values are copied and written by recursion, so that a
// body of brackets alone would use up the stack.
#pragma once

#include <cstddef>
#include <string_view>

namespace protoflow::runtime {

/// The deepest body that means anything nests five levels.
inline constexpr std::size_t kJsonDepthMax = 32;

/// Of any text; what is within quotation marks does not count.
[[nodiscard]] bool nests_too_deep(std::string_view json);

}  // namespace protoflow::runtime
