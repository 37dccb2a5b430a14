// How much one stream may hold. What goes beyond is refused, and nothing is lost.
#pragma once

#include <cstddef>

namespace protoflow::model {

/// Cases that one occurrence of a session keeps: with a place, waiting for one, or gone again.
inline constexpr std::size_t kCasesPerSessionMax = 1000;

}  // namespace protoflow::model
