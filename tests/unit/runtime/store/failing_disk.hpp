// A disk that fails when told: a file layer for SQLite over the system's own. Every write, sync and
// change of size is counted; from the chosen one on, calls of the chosen kind fail. Used through
// SqliteOptions::vfs.
#pragma once

#include <cstdint>

namespace protoflow::testing {

enum class DiskFault : std::uint8_t {
  none,
  full,        // writes fail: no space
  broken,      // writes fail: input/output error
  unconfirmed  // syncs fail, after the bytes reached the file
};

class FailingDisk {
 public:
  static constexpr const char* kName = "failing-disk";

  FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk();

  /// Lets `calls` more calls of the fault's kind succeed, then fails every one until `repair`.
  void fail_after(DiskFault fault, std::int64_t calls);

  /// Lets `calls` more calls succeed, then fails one only.
  void fail_once_after(DiskFault fault, std::int64_t calls);
  void repair();

  /// Whether any call failed since the last order.
  [[nodiscard]] bool has_failed() const;
};

}  // namespace protoflow::testing
