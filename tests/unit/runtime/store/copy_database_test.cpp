#include "runtime/store/copy_database.hpp"

#include <fstream>
#include <future>

#include <gtest/gtest.h>

#include "runtime/store/sqlite_store.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

void append(SqliteStore& store, std::uint64_t version) {
  std::promise<void> written;
  store.append({.stream = "case/a", .expected_version = version, .lines = {"{}"}},
               [&](const EventStore::Appended& appended) {
                 EXPECT_TRUE(appended);
                 written.set_value();
               });
  written.get_future().wait();
}

std::uint64_t events_in(const std::filesystem::path& file) {
  std::uint64_t count = 0;
  const auto store = SqliteStore::open_to_read(file);
  EXPECT_TRUE(store);
  EXPECT_TRUE((*store)->read_all(0, [&](const StoredEvent&) {
    ++count;
    return true;
  }));
  return count;
}

TEST(CopyDatabase, HoldsWhatWasWrittenWhileTheDaemonGoesOn) {
  const testing::Folder folder;
  auto store = SqliteStore::open(folder / "events.db");
  ASSERT_TRUE(store);
  append(**store, 0);
  append(**store, 1);

  ASSERT_TRUE(sqlite::copy_database(folder / "events.db", folder / "copy.db"));
  append(**store, 2);

  EXPECT_EQ(events_in(folder / "copy.db"), 2U);
  EXPECT_EQ(events_in(folder / "events.db"), 3U);
  const auto mode = std::filesystem::status(folder / "copy.db").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(CopyDatabase, WritesOverNothing) {
  const testing::Folder folder;
  auto store = SqliteStore::open(folder / "events.db");
  ASSERT_TRUE(store);
  std::ofstream(folder / "copy.db") << "something of somebody's";

  EXPECT_FALSE(sqlite::copy_database(folder / "events.db", folder / "copy.db"));
  EXPECT_EQ(std::filesystem::file_size(folder / "copy.db"), 23U);
}

}  // namespace
}  // namespace protoflow::runtime
