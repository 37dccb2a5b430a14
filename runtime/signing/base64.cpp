#include "runtime/signing/base64.hpp"

#include <sodium.h>

#include <algorithm>

namespace protoflow::runtime {

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(),
                    text.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the zero at its end
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  // libsodium 1.0.18 takes a slash with its highest bit set for a slash.
  if (std::ranges::any_of(text, [](unsigned char c) { return c > 0x7F; })) {
    return std::nullopt;
  }
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const int read = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()),
                                     bytes.size(),
                                     text.data(),
                                     text.size(),
                                     nullptr,
                                     &size,
                                     nullptr,
                                     sodium_base64_VARIANT_ORIGINAL);
  if (read != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace protoflow::runtime
