// Secrets and ids that nobody can guess, from libsodium.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace protoflow::runtime {

/// 128 random bits as 32 hexadecimal digits.
[[nodiscard]] std::string random_id();

/// Whether both are the same, in a time that does not tell where they differ.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

/// For the owner alone (mode 0600); `file` is replaced whole or not at all.
[[nodiscard]] bool write_secret(const std::filesystem::path& file, std::string_view text);

/// The operator's token, read from `file` or made there (mode 0600): `pfo_` and 64 hexadecimal
/// digits. The error is a sentence.
[[nodiscard]] std::expected<std::string, std::string> operator_token(
    const std::filesystem::path& file);

/// The token in `file`, for a client; never makes one.
[[nodiscard]] std::expected<std::string, std::string> read_token(const std::filesystem::path& file);

}  // namespace protoflow::runtime
