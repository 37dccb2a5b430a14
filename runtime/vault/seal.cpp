#include "runtime/vault/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "runtime/vault/vault.hpp"

namespace protoflow::runtime {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kSalt = 16;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kMark = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(Key::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// The library writes a closing zero, which a string has room for.
std::string to_base64(const Bytes& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kBase64);
  text.pop_back();
  return text;
}

std::string commitment_of(const Bytes& salted) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), salted.data(), salted.size());
  std::string text(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  const int decoded = sodium_base642bin(
      bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end, kBase64);
  if (decoded != 0 || end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

Key Key::random() {
  Key key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

std::optional<Key> Key::from(std::string_view bytes) {
  if (bytes.size() != kSize) {
    return std::nullopt;
  }
  Key key;
  std::copy_n(bytes_of(bytes), kSize, key.bytes_.begin());
  return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Key::~Key() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

std::string_view Key::view() const {
  return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

bool ready_to_seal() {
  return sodium_init() >= 0;
}

Sealed seal(const Key& key, std::string_view beneficiary, std::string_view text) {
  Bytes salted(kSalt + text.size());
  randombytes_buf(salted.data(), kSalt);
  std::copy(text.begin(), text.end(), salted.begin() + kSalt);
  Bytes out(kNonce + salted.size() + kMark);
  randombytes_buf(out.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonce,
                                             nullptr,
                                             salted.data(),
                                             salted.size(),
                                             bytes_of(beneficiary),
                                             beneficiary.size(),
                                             nullptr,
                                             out.data(),
                                             key.bytes());
  Sealed sealed{.commitment_hex = commitment_of(salted), .sealed_base64 = to_base64(out)};
  sodium_memzero(salted.data(), salted.size());
  return sealed;
}

std::optional<std::string> unseal(const Key& key,
                                  std::string_view beneficiary,
                                  const Sealed& as_written) {
  const auto sealed = from_base64(as_written.sealed_base64);
  if (!sealed || sealed->size() < kNonce + kSalt + kMark) {
    return std::nullopt;
  }
  Bytes salted(sealed->size() - kNonce - kMark);
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(salted.data(),
                                                                nullptr,
                                                                nullptr,
                                                                sealed->data() + kNonce,
                                                                sealed->size() - kNonce,
                                                                bytes_of(beneficiary),
                                                                beneficiary.size(),
                                                                sealed->data(),
                                                                key.bytes());
  if (opened != 0 || commitment_of(salted) != as_written.commitment_hex) {
    sodium_memzero(salted.data(), salted.size());
    return std::nullopt;
  }
  std::string text(salted.begin() + kSalt, salted.end());
  sodium_memzero(salted.data(), salted.size());
  return text;
}

}  // namespace protoflow::runtime
