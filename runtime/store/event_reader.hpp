// Reads the file of events, on as many connections as there are threads reading at once. It writes
// nothing. Reading goes by short pieces, so that a slow visitor does not keep the write-ahead log
// from being taken back.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/store/event_file.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

class EventReader {
 public:
  /// Fails as `open_event_file` does.
  [[nodiscard]] static std::expected<std::unique_ptr<EventReader>, StoreError> open(
      const std::filesystem::path& file, const std::string& vfs);
  ~EventReader();

  [[nodiscard]] std::expected<void, StoreError> read_all(std::uint64_t after,
                                                         const EventStore::Visit& visit);
  [[nodiscard]] std::expected<void, StoreError> read_stream(std::string_view stream,
                                                            std::uint64_t after_version,
                                                            const EventStore::Visit& visit);

 private:
  struct Session;
  struct Lease;

  EventReader(std::filesystem::path file, std::string vfs);
  [[nodiscard]] std::expected<std::unique_ptr<Session>, StoreError> open_session() const;
  [[nodiscard]] std::expected<Lease, StoreError> borrow();

  std::filesystem::path file_;
  std::string vfs_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Session>> idle_;
};

}  // namespace protoflow::runtime
