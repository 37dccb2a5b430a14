// Between the engine's codec, which seals and opens texts, and the vault, which holds the keys.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/codec.hpp"
#include "runtime/vault/vault.hpp"

namespace protoflow::runtime {

/// Errors are sentences for the operator.
[[nodiscard]] std::expected<engine::SealedText, std::string> seal_text(
    Vault& vault, const std::string& beneficiary, std::string_view plaintext);

/// nullopt: erased.
[[nodiscard]] std::expected<std::optional<std::string>, std::string> open_sealed(
    Vault& vault, const std::string& beneficiary, const engine::SealedText& sealed);

}  // namespace protoflow::runtime
