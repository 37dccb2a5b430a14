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
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(2 * hash.size(), '0');
  for (std::size_t i = 0; i < hash.size(); ++i) {
    text[2 * i] = kDigits[hash[i] >> 4U];
    text[2 * i + 1] = kDigits[hash[i] & 15U];
  }
  return text;
}

}  // namespace protoflow::engine
