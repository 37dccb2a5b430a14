// The keys that sign webhooks, and the signatures: Standard Webhooks 1.0, `v1a` (Ed25519, RFC 8032)
// and `v1` (HMAC-SHA256, RFC 2104). A receiver needs only one that it knows: while keys are
// exchanged, two sign.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::runtime {

inline constexpr std::size_t kWebhookKeysMax = 4;

class WebhookKeys final {
 public:
  /// One key a line: `whsk_` and the base64 of an Ed25519 secret key (64 bytes) or of its seed
  /// (32), or `whsec_` and the base64 of an HMAC secret (24 to 64 bytes). Empty lines and those
  /// that begin with `#` are passed over. The error is a sentence that quotes no key.
  [[nodiscard]] static std::expected<WebhookKeys, std::string> read(std::string_view text);

  /// Those of `file`, where a new Ed25519 key is written (mode 0600) when there is no file.
  [[nodiscard]] static std::expected<WebhookKeys, std::string> open(
      const std::filesystem::path& file);

  /// A new Ed25519 key is written before the first of `file`, which goes on signing beside it; all
  /// others go. The file is replaced whole or not at all.
  [[nodiscard]] static std::expected<WebhookKeys, std::string> rotate(
      const std::filesystem::path& file);

  /// The value of `webhook-signature`, over `id.seconds.body`; one a key, parted by blanks.
  /// `seconds` since 1970 (UTC).
  [[nodiscard]] std::string signatures(std::string_view id,
                                       std::int64_t seconds,
                                       std::string_view body) const;

  /// `whpk_` and base64, of each Ed25519 key: what receivers check with, and no secret.
  [[nodiscard]] std::vector<std::string> public_keys() const;

  [[nodiscard]] bool empty() const { return keys_.empty(); }

 private:
  enum class Scheme : std::uint8_t { ed25519, hmac };

  struct Key {
    Scheme scheme = Scheme::ed25519;
    std::string secret;  // of Ed25519: 64 bytes, the last 32 are the public key
  };

  [[nodiscard]] static std::expected<Key, std::string> read_key(std::string_view line);

  std::vector<Key> keys_;
};

}  // namespace protoflow::runtime
