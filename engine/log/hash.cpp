#include <cstdlib>
#include <memory>

#include <openssl/evp.h>

#include "engine/log/record.hpp"

namespace protoflow::engine {
namespace {

// Fetching the digest costs more than hashing a record, so it is done once, and each thread keeps
// its context.
const EVP_MD* sha256_digest() {
  static const EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return digest;
}

// By sums and not by a table: a processor does sixteen at a time.
constexpr char digit_of(int half) {
  return static_cast<char>('0' + half + (half > 9) * ('a' - '0' - 10));
}

EVP_MD_CTX* context() {
  struct Free {
    void operator()(EVP_MD_CTX* held) const { EVP_MD_CTX_free(held); }
  };

  thread_local const std::unique_ptr<EVP_MD_CTX, Free> held(EVP_MD_CTX_new());
  return held.get();
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Hash hash;
  unsigned int length = 0;
  EVP_MD_CTX* const digest = context();
  const bool done = sha256_digest() != nullptr && digest != nullptr &&
                    EVP_DigestInit_ex2(digest, sha256_digest(), nullptr) == 1 &&
                    EVP_DigestUpdate(digest, bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(digest, hash.data(), &length) == 1 && length == hash.size();
  if (!done) {
    std::abort();  // out of memory or a broken library: a wrong hash would be worse than none
  }
  return hash;
}

std::string to_hex(const Hash& hash) {
  std::string text;
  to_hex_into(text, hash);
  return text;
}

void to_hex_into(std::string& text, const Hash& hash) {
  std::array<char, 2 * std::tuple_size_v<Hash>> digits;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    digits[2 * i] = digit_of(hash[i] >> 4U);
    digits[2 * i + 1] = digit_of(hash[i] & 15U);
  }
  text.assign(digits.data(), digits.size());
}

}  // namespace protoflow::engine
