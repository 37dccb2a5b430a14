#include "runtime/store/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace protoflow::runtime {

namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::string holder_of(int descriptor) {
  std::array<char, 20> text{};
  const auto size = ::pread(descriptor, text.data(), text.size(), 0);
  const auto end =
      std::find_if_not(text.begin(), text.begin() + std::max<ssize_t>(size, 0), is_digit);
  return end == text.begin() ? "another protoflow"
                             : "another protoflow (process " + std::string(text.begin(), end) + ")";
}

StoreError refusal(int descriptor, int cause, const std::string& file) {
  if (cause == EWOULDBLOCK) {
    return {StoreErrorCode::in_use,
            file + " is in use by " + holder_of(descriptor) +
                ": stop it first, or choose another folder for this one"};
  }
  return {StoreErrorCode::unavailable,
          file + ".lock: " + std::generic_category().message(cause) +
              ": check that the folder is there and that this account "
              "may write to it"};
}

}  // namespace

FileLock::~FileLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

std::expected<FileLock, StoreError> FileLock::take(const std::filesystem::path& file) {
  std::filesystem::path beside = file;
  beside += ".lock";
  FileLock lock{::open(beside.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)};
  if (lock.descriptor_ < 0 || ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return std::unexpected(refusal(lock.descriptor_, errno, file.string()));
  }
  const std::string holder = std::to_string(::getpid()) + "\n";
  // The number only serves the message above: a lock without it holds as well.
  if (::ftruncate(lock.descriptor_, 0) == 0) {
    (void)!::pwrite(lock.descriptor_, holder.data(), holder.size(), 0);
  }
  return lock;
}

}  // namespace protoflow::runtime
