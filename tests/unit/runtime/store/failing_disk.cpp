#include "tests/unit/runtime/store/failing_disk.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <mutex>

#include <sqlite3.h>

namespace protoflow::testing {

namespace {

// SQLite calls plain functions: what the disk has been told cannot be an object's.
struct Orders {
  std::mutex mutex;
  DiskFault fault = DiskFault::none;
  std::int64_t calls_left = 0;
  bool once = false;
  bool failed = false;
};

Orders orders;

bool fails(bool is_sync) {
  const std::scoped_lock lock(orders.mutex);
  if (orders.fault == DiskFault::none || is_sync != (orders.fault == DiskFault::unconfirmed) ||
      (orders.once && orders.failed)) {
    return false;
  }
  if (orders.calls_left > 0) {
    --orders.calls_left;
    return false;
  }
  orders.failed = true;
  return true;
}

int write_error() {
  const std::scoped_lock lock(orders.mutex);
  return orders.fault == DiskFault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

// The system's file follows in the same allocation.
struct File {
  sqlite3_file base;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

static_assert(sizeof(File) % alignof(std::max_align_t) == 0 || sizeof(File) % 8 == 0);

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real();
}

sqlite3_vfs* system_disk() {
  return sqlite3_vfs_find("unix");
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  if (fails(false)) {
    // Half of it reaches the file, as it does when a disk fills up.
    (void)real(file)->pMethods->xWrite(real(file), bytes, size / 2, at);
    return write_error();
  }
  return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

int sync(sqlite3_file* file, int flags) {
  return fails(true) ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}

int map(sqlite3_file* file, int region, int size, int extend, void volatile** at) {
  return real(file)->pMethods->xShmMap(real(file), region, size, extend, at);
}

const sqlite3_io_methods* methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods made{};
    made.iVersion = 2;
    made.xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); };
    made.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, size, at);
    };
    made.xWrite = write;
    made.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
      return real(f)->pMethods->xTruncate(real(f), size);
    };
    made.xSync = sync;
    made.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
      return real(f)->pMethods->xFileSize(real(f), size);
    };
    made.xLock = [](sqlite3_file* f, int level) {
      return real(f)->pMethods->xLock(real(f), level);
    };
    made.xUnlock = [](sqlite3_file* f, int level) {
      return real(f)->pMethods->xUnlock(real(f), level);
    };
    made.xCheckReservedLock = [](sqlite3_file* f, int* out) {
      return real(f)->pMethods->xCheckReservedLock(real(f), out);
    };
    made.xFileControl = [](sqlite3_file* f, int op, void* argument) {
      return real(f)->pMethods->xFileControl(real(f), op, argument);
    };
    made.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
    made.xDeviceCharacteristics = [](sqlite3_file* f) {
      return real(f)->pMethods->xDeviceCharacteristics(real(f));
    };
    made.xShmMap = map;
    made.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
      return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
    };
    made.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
    made.xShmUnmap = [](sqlite3_file* f, int remove) {
      return real(f)->pMethods->xShmUnmap(real(f), remove);
    };
    return made;
  }();
  return &kMethods;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  const int code = system_disk()->xOpen(system_disk(), name, real(file), flags, out);
  file->pMethods = real(file)->pMethods == nullptr ? nullptr : methods();
  return code;
}

sqlite3_vfs& failing_disk() {
  static sqlite3_vfs disk = [] {
    sqlite3_vfs made = *system_disk();
    made.szOsFile += static_cast<int>(sizeof(File));
    made.zName = FailingDisk::kName;
    made.pNext = nullptr;
    made.xOpen = open;
    return made;
  }();
  return disk;
}

void order(DiskFault fault, std::int64_t calls, bool once) {
  const std::scoped_lock lock(orders.mutex);
  orders.fault = fault;
  orders.calls_left = calls;
  orders.once = once;
  orders.failed = false;
}

}  // namespace

FailingDisk::FailingDisk() {
  if (sqlite3_initialize() != SQLITE_OK || sqlite3_vfs_register(&failing_disk(), 0) != SQLITE_OK) {
    std::abort();
  }
}

FailingDisk::~FailingDisk() {
  repair();
  sqlite3_vfs_unregister(&failing_disk());
}

void FailingDisk::fail_after(DiskFault fault, std::int64_t calls) {
  order(fault, calls, false);
}

void FailingDisk::fail_once_after(DiskFault fault, std::int64_t calls) {
  order(fault, calls, true);
}

void FailingDisk::repair() {
  order(DiskFault::none, 0, false);
}

bool FailingDisk::has_failed() const {
  const std::scoped_lock lock(orders.mutex);
  return orders.failed;
}

}  // namespace protoflow::testing
