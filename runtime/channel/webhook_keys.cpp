#include "runtime/channel/webhook_keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "runtime/people/secret.hpp"
#include "runtime/signing/base64.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kSecretKey = "whsk_", kPublicKey = "whpk_", kHmacSecret = "whsec_";
constexpr std::size_t kHmacLeast = 24, kHmacMost = 64;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void set_up() {
  if (sodium_init() < 0) {
    std::abort();
  }
}

std::string secret_key_of(std::string_view seed) {
  std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(open), bytes_of(secret), bytes_of(seed));
  return secret;
}

std::string new_key_line() {
  set_up();
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  return std::string(kSecretKey) + base64(secret_key_of(seed)) + "\n";
}

std::unexpected<std::string> not_written(const std::filesystem::path& file) {
  return std::unexpected(file.string() +
                         ": the keys of the webhook cannot be written; check the folder's rights "
                         "and the room on the disk");
}

std::expected<std::string, std::string> text_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) {
    return std::unexpected(file.string() + ": the keys of the webhook cannot be read");
  }
  return text;
}

// The next line of `rest`, which it leaves.
std::string_view next_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

std::expected<WebhookKeys::Key, std::string> WebhookKeys::read_key(std::string_view line) {
  if (line.starts_with(kPublicKey)) {
    return std::unexpected("is a public key, with which nothing can be signed");
  }
  const bool hmac = line.starts_with(kHmacSecret);
  if (!hmac && !line.starts_with(kSecretKey)) {
    return std::unexpected("begins neither with whsk_ (Ed25519) nor with whsec_ (HMAC)");
  }
  auto secret = from_base64(line.substr(hmac ? kHmacSecret.size() : kSecretKey.size()));
  if (!secret) {
    return std::unexpected("is not written in base64");
  }
  if (hmac) {
    if (secret->size() < kHmacLeast || secret->size() > kHmacMost) {
      return std::unexpected("has not the length of a secret, 24 to 64 bytes");
    }
    return Key{Scheme::hmac, std::move(*secret)};
  }
  if (secret->size() == crypto_sign_SEEDBYTES) {
    return Key{Scheme::ed25519, secret_key_of(*secret)};
  }
  if (secret->size() != crypto_sign_SECRETKEYBYTES) {
    return std::unexpected("has not the length of an Ed25519 secret key, 64 bytes");
  }
  if (secret_key_of(secret->substr(0, crypto_sign_SEEDBYTES)) != *secret) {
    return std::unexpected("is no Ed25519 secret key: its two halves do not belong together");
  }
  return Key{Scheme::ed25519, std::move(*secret)};
}

std::expected<WebhookKeys, std::string> WebhookKeys::read(std::string_view text) {
  set_up();
  WebhookKeys keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = next_line(text);
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    auto key = read_key(line);
    if (!key) {
      return std::unexpected("line " + std::to_string(number) + " " + key.error());
    }
    keys.keys_.push_back(std::move(*key));
  }
  if (keys.empty()) {
    return std::unexpected("there is no key in it");
  }
  if (keys.keys_.size() > kWebhookKeysMax) {
    return std::unexpected("there are more than " + std::to_string(kWebhookKeysMax) + " keys");
  }
  return keys;
}

std::expected<WebhookKeys, std::string> WebhookKeys::open(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    if (!write_secret(file, new_key_line())) {
      return not_written(file);
    }
  }
  const auto text = text_in(file);
  if (!text) {
    return std::unexpected(text.error());
  }
  auto keys = read(*text);
  if (!keys) {
    return std::unexpected(file.string() + ": " + keys.error());
  }
  return keys;
}

std::expected<WebhookKeys, std::string> WebhookKeys::rotate(const std::filesystem::path& file) {
  if (const auto now = open(file); !now) {
    return std::unexpected(now.error());
  }
  const auto text = text_in(file);
  if (!text) {
    return std::unexpected(text.error());
  }
  std::string_view rest = *text;
  std::string_view first;
  while (!rest.empty() && (first.empty() || first.starts_with('#'))) {
    first = next_line(rest);
  }
  if (!write_secret(file, new_key_line() + std::string(first) + "\n")) {
    return not_written(file);
  }
  return open(file);
}

std::string WebhookKeys::signatures(std::string_view id,
                                    std::int64_t seconds,
                                    std::string_view body) const {
  const auto content = std::string(id) + "." + std::to_string(seconds) + "." + std::string(body);
  std::string all;
  for (const auto& key : keys_) {
    all += all.empty() ? "" : " ";
    if (key.scheme == Scheme::ed25519) {
      std::string signature(crypto_sign_BYTES, '\0');
      crypto_sign_detached(
          bytes_of(signature), nullptr, bytes_of(content), content.size(), bytes_of(key.secret));
      all += "v1a," + base64(signature);
    } else {
      std::string signature(crypto_auth_hmacsha256_BYTES, '\0');
      crypto_auth_hmacsha256_state state;
      crypto_auth_hmacsha256_init(&state, bytes_of(key.secret), key.secret.size());
      crypto_auth_hmacsha256_update(&state, bytes_of(content), content.size());
      crypto_auth_hmacsha256_final(&state, bytes_of(signature));
      all += "v1," + base64(signature);
    }
  }
  return all;
}

std::vector<std::string> WebhookKeys::public_keys() const {
  std::vector<std::string> list;
  for (const auto& key : keys_) {
    if (key.scheme == Scheme::ed25519) {
      list.push_back(std::string(kPublicKey) +
                     base64(std::string_view(key.secret).substr(crypto_sign_SEEDBYTES)));
    }
  }
  return list;
}

}  // namespace protoflow::runtime
