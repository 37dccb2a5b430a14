// How a database file of ours comes to be, and how it is told from others: two marks in its first
// page. Used by every file that protoflow keeps; it knows none of their tables.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime::sqlite {

struct Format {
  std::int32_t application = 0;  // PRAGMA application_id
  std::int32_t version = 0;      // PRAGMA user_version
  std::string schema;            // the tables
  std::string journal;           // a journal mode, as SQLite names it
};

/// Writes an empty database, readable by its owner alone, under another name and gives it its own
/// once it is whole and durable: a file that stands under its name is never half made.
[[nodiscard]] std::expected<void, Failure> create(const std::filesystem::path& file,
                                                  const Format& format);

enum class Recognised : std::uint8_t { yes, not_ours, too_new };

/// Compares the file's two marks with `format`; reads only.
[[nodiscard]] std::expected<Recognised, Failure> recognise(Connection& connection,
                                                           const Format& format);

}  // namespace protoflow::runtime::sqlite
