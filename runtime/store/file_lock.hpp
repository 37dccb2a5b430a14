// One process at a time: an advisory lock of the operating system on a small file of its own,
// released when its holder ends, however it ends. The file holds its last holder's process number,
// and is never deleted.
#pragma once

#include <expected>
#include <filesystem>
#include <utility>

#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

class FileLock {
 public:
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  ~FileLock();

  /// Locks `<file>.lock`, without waiting. The errors are `in_use` and `unavailable`.
  [[nodiscard]] static std::expected<FileLock, StoreError> take(const std::filesystem::path& file);

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace protoflow::runtime
