// One whole, durable copy of a database file of ours, also while a daemon writes to it: SQLite's
// own online backup, in one reading, so that the copy is the file of one instant.
#pragma once

#include <expected>
#include <filesystem>

#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime::sqlite {

/// `to` must not be there; it is made for its owner alone, without a write-ahead log beside it.
/// What is half done stays behind on failure.
[[nodiscard]] std::expected<void, Failure> copy_database(const std::filesystem::path& from,
                                                         const std::filesystem::path& to);

}  // namespace protoflow::runtime::sqlite
