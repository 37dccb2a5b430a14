#include "runtime/casebook/sealing.hpp"

namespace protoflow::runtime {

std::expected<engine::SealedText, std::string> seal_text(Vault& vault,
                                                         const std::string& beneficiary,
                                                         std::string_view plaintext) {
  auto sealed = vault.seal(beneficiary, plaintext);
  if (!sealed) {
    return std::unexpected(sealed.error().what);
  }
  return engine::SealedText{std::move(sealed->commitment_hex), std::move(sealed->sealed_base64)};
}

std::expected<std::optional<std::string>, std::string> open_sealed(
    Vault& vault, const std::string& beneficiary, const engine::SealedText& sealed) {
  auto opened = vault.open(beneficiary, {sealed.commitment, sealed.sealed});
  if (!opened) {
    return std::unexpected(opened.error().what);
  }
  return std::move(*opened);
}

}  // namespace protoflow::runtime
