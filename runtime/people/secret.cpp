#include "runtime/people/secret.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
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

bool write_secret(const std::filesystem::path& file, std::string_view text) {
  auto beside = file;
  beside += ".new";
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  const int opened = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool written = opened >= 0 &&
                 ::write(opened, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                 ::fsync(opened) == 0;
  if (opened >= 0) {
    written = ::close(opened) == 0 && written;
  }
  if (!written || ::rename(beside.c_str(), file.c_str()) != 0) {
    std::filesystem::remove(beside, ignored);
    return false;
  }
  return true;
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
  if (!write_secret(file, token + "\n")) {
    return std::unexpected(file.string() +
                           ": the token cannot be written; check the folder's rights");
  }
  return token;
}

}  // namespace protoflow::runtime
