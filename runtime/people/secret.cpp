#include "runtime/people/secret.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace protoflow::runtime {

namespace {

constexpr std::string_view kTokenPrefix = "pfo_";

std::string random_hex(std::size_t bytes_count) {
  if (sodium_init() < 0) {
    std::abort();
  }
  std::string bytes(bytes_count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  std::string hex(bytes_count * 2 + 1, '\0');
  sodium_bin2hex(
      hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string random_id() {
  return random_hex(16);
}

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::expected<std::string, std::string> read_token(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string token;
  if (!(stream >> token) || !token.starts_with(kTokenPrefix)) {
    return std::unexpected(file.string() +
                           ": holds no token; is this the data folder of a daemon that has run?");
  }
  return token;
}

std::expected<std::string, std::string> operator_token(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) {
    return read_token(file);
  }
  const auto token = std::string(kTokenPrefix) + random_hex(32);
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const auto line = token + "\n";
  const bool written =
      opened >= 0 && ::write(opened, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (opened >= 0) {
    ::close(opened);
  }
  if (!written) {
    return std::unexpected(file.string() +
                           ": the token cannot be written; check the folder's rights");
  }
  return token;
}

}  // namespace protoflow::runtime
