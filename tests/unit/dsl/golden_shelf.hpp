// The files that golden protocols use, as the compiler asks for them: texts of tests/golden/check,
// two calendars by name, a chain of files without end, and files that cannot be read.
#pragma once

#include <string>

#include "dsl/files/shelf.hpp"

namespace protoflow::dsl {

/// For the golden file `own`, such as `PF902.fr.proto-flow`.
[[nodiscard]] Shelf golden_shelf(std::string own);

/// The bytes of a file; empty when it is not there.
[[nodiscard]] std::string read_golden(const std::string& path);

}  // namespace protoflow::dsl
