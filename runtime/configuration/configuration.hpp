// The daemon's configuration: one TOML file (https://toml.io, 1.0) in which every setting of
// `serve` has a key. Reading says every mistake at once, each with its place; it opens no other
// file. The settings stand in one table, from which the file with all defaults is printed.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/daemon/daemon.hpp"

namespace protoflow::runtime {

struct Mistake {
  std::uint32_t line = 1, column = 1;  // from 1; columns count code points
  std::string what;                    // what is wrong, and what to write instead
};

inline constexpr std::size_t kConfigurationBytesMax = 64UL * 1024;

/// The settings that `text` holds, over those of `defaults`. A relative path begins at `folder`.
/// The mistakes are in the order of their places; at least one.
[[nodiscard]] std::expected<ServeOptions, std::vector<Mistake>> read_configuration(
    std::string_view text, const std::filesystem::path& folder, const ServeOptions& defaults = {});

/// The same of a file. The error is one line a mistake: `FILE:LINE:COLUMN: WHAT`.
[[nodiscard]] std::expected<ServeOptions, std::string> read_configuration_file(
    const std::filesystem::path& file, const ServeOptions& defaults = {});

/// Every setting with its default, explained; each stands behind a `#`, so that the file means
/// nothing else than the defaults until one is removed.
[[nodiscard]] std::string default_configuration();

}  // namespace protoflow::runtime
