#include "runtime/store/sqlite_store.hpp"

#include <utility>

namespace protoflow::runtime {

std::expected<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open(
    const std::filesystem::path& file, Options options) {
  auto lock = FileLock::take(file);
  if (!lock) {
    return std::unexpected(std::move(lock.error()));
  }
  auto writer = EventWriter::start(file, options);
  if (!writer) {
    return std::unexpected(std::move(writer.error()));
  }
  auto reader = EventReader::open(file, options.vfs);
  if (!reader) {
    return std::unexpected(std::move(reader.error()));
  }
  std::unique_ptr<SqliteStore> store(new SqliteStore);
  store->lock_ = std::move(*lock);
  store->writer_ = std::move(*writer);
  store->reader_ = std::move(*reader);
  return store;
}

std::expected<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open_to_read(
    const std::filesystem::path& file) {
  auto reader = EventReader::open(file, {});
  if (!reader) {
    return std::unexpected(std::move(reader.error()));
  }
  std::unique_ptr<SqliteStore> store(new SqliteStore);
  store->reader_ = std::move(*reader);
  return store;
}

SqliteStore::~SqliteStore() {
  if (writer_) {
    writer_->drain();  // its last answers may still read
  }
  reader_.reset();
}

void SqliteStore::append(Append append, Done done) {
  if (!writer_) {
    done(std::unexpected(StoreError{StoreErrorCode::unavailable, "the store was opened to read"}));
    return;
  }
  writer_->append(std::move(append), std::move(done));
}

std::expected<void, StoreError> SqliteStore::read_all(std::uint64_t after,
                                                      const Visit& visit) const {
  return reader_->read_all(after, visit);
}

std::expected<void, StoreError> SqliteStore::read_stream(std::string_view stream,
                                                         std::uint64_t after_version,
                                                         const Visit& visit) const {
  return reader_->read_stream(stream, after_version, visit);
}

}  // namespace protoflow::runtime
