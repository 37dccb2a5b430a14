// Where the sources and the program under test are. The paths are known to one file alone, so that
// every other one compiles to the same bytes in any checkout.
#pragma once

#include <string>
#include <string_view>

namespace protoflow {

/// `path` below the root of the sources ("" or "/docs/map.md").
[[nodiscard]] std::string in_sources(std::string_view path);

/// The program `protoflow` that was built beside the tests.
[[nodiscard]] const char* program_under_test();

}  // namespace protoflow
