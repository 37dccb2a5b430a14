// The files that a protocol uses, out of the folder of its own file, and never out of another.
#pragma once

#include <filesystem>

#include "dsl/files/shelf.hpp"

namespace protoflow::runtime {

/// `own` is the protocol's own file; nothing is read before it is asked for.
[[nodiscard]] dsl::Shelf folder_shelf(const std::filesystem::path& own);

}  // namespace protoflow::runtime
