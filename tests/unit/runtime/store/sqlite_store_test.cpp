// The SQLite store's files: what is opened, what is refused and with which words, what reading may
// do beside a daemon.
#include "runtime/store/sqlite_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/appending.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

using testing::everything;
using testing::put;

std::unique_ptr<SqliteStore> opened(const std::filesystem::path& file, SqliteOptions options = {}) {
  auto store = SqliteStore::open(file, std::move(options));
  if (!store) {
    ADD_FAILURE() << store.error().what;
    return nullptr;
  }
  return std::move(*store);
}

void execute(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  sqlite3_close(db);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> names_in(const testing::Folder& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    names.insert(entry.path().filename());
  }
  return names;
}

TEST(SqliteStore, KeepsEventsAcrossOpenings) {
  const testing::Folder folder;
  ASSERT_TRUE(put(*opened(folder / "events.db"), {"case/1", 0, {"a", "b"}}));

  const auto store = opened(folder / "events.db");
  EXPECT_EQ(put(*store, {"case/1", 1, {"x"}}).error().code, StoreErrorCode::conflict);
  EXPECT_EQ(put(*store, {"case/1", 2, {"c"}}), 3U);
  EXPECT_EQ(everything(*store).size(), 3U);
}

TEST(SqliteStore, WritesWhatIsWaitingBeforeItIsDestroyed) {
  const testing::Folder folder;
  int answered = 0;
  {
    const auto store = opened(folder / "events.db");
    for (std::uint64_t version = 0; version < 500; ++version) {
      store->append({"case/1", version, {"x"}},
                    [&](const EventStore::Appended& answer) { answered += answer ? 1 : 0; });
    }
  }

  EXPECT_EQ(answered, 500);
  EXPECT_EQ(everything(*opened(folder / "events.db")).size(), 500U);
}

TEST(SqliteStore, IsReadableByItsOwnerAlone) {
  const testing::Folder folder;
  const auto store = opened(folder / "events.db");
  ASSERT_TRUE(put(*store, {"case/1", 0, {"a"}}));

  for (const char* name : {"events.db", "events.db-wal", "events.db-shm", "events.db.lock"}) {
    struct stat found{};

    ASSERT_EQ(::stat((folder / name).c_str(), &found), 0) << name;
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
  }
}

TEST(SqliteStore, RefusesASecondDaemonAndNamesTheFirst) {
  const testing::Folder folder;
  const auto first = opened(folder / "events.db");

  const auto second = SqliteStore::open(folder / "events.db");

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, StoreErrorCode::in_use);
  EXPECT_NE(second.error().what.find("process " + std::to_string(::getpid())), std::string::npos)
      << second.error().what;
}

TEST(SqliteStore, LetsTheNextDaemonInOnceTheFirstHasEnded) {
  const testing::Folder folder;
  opened(folder / "events.db").reset();
  EXPECT_TRUE(SqliteStore::open(folder / "events.db"));
}

struct Foreign {
  std::string name;
  void (*make)(const std::filesystem::path&);
  StoreErrorCode code;
};

void make_garbage(const std::filesystem::path& file) {
  std::ofstream(file) << std::string(10'000, 'x');
}

void make_empty(const std::filesystem::path& file) {
  std::ofstream{file};
}

void make_other_program(const std::filesystem::path& file) {
  execute(file, "CREATE TABLE letters(text)");
}

void make_ours(const std::filesystem::path& file) {
  ASSERT_TRUE(
      put(*opened(file), {"case/1", 0, std::vector<std::string>(100, std::string(500, 'x'))}));
}

void make_newer(const std::filesystem::path& file) {
  make_ours(file);
  execute(file, "PRAGMA user_version=2");
}

void make_truncated(const std::filesystem::path& file) {
  make_ours(file);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
}

void make_beheaded(const std::filesystem::path& file) {
  make_ours(file);
  std::filesystem::resize_file(file, 50);
}

void make_lost_beside_its_journal(const std::filesystem::path& file) {
  std::ofstream(file.string() + "-wal") << "what remains";
}

class ForeignFile : public ::testing::TestWithParam<Foreign> {};

TEST_P(ForeignFile, IsRefusedWithAWayOutAndLeftAsItWas) {
  const testing::Folder folder;
  const auto file = folder / "events.db";
  GetParam().make(file);
  const std::string before = bytes_of(file);

  const auto store = SqliteStore::open(file);

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, GetParam().code) << store.error().what;
  EXPECT_NE(store.error().what.find(file.string()), std::string::npos) << store.error().what;
  EXPECT_NE(store.error().what.find(": "), std::string::npos) << store.error().what;
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_FALSE(SqliteStore::open_to_read(file));
  EXPECT_EQ(bytes_of(file), before);
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    ForeignFile,
    ::testing::Values(
        Foreign{"garbage", make_garbage, StoreErrorCode::not_ours},
        Foreign{"empty", make_empty, StoreErrorCode::not_ours},
        Foreign{"of_another_program", make_other_program, StoreErrorCode::not_ours},
        Foreign{"of_a_newer_version", make_newer, StoreErrorCode::too_new},
        Foreign{"truncated", make_truncated, StoreErrorCode::not_ours},
        Foreign{"beheaded", make_beheaded, StoreErrorCode::not_ours},
        Foreign{"lost_beside_its_journal", make_lost_beside_its_journal, StoreErrorCode::not_ours}),
    [](const auto& foreign) { return foreign.param.name; });

TEST(SqliteStore, SaysThatItsFolderIsMissing) {
  const testing::Folder folder;
  const auto store = SqliteStore::open(folder / "nowhere" / "events.db");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, StoreErrorCode::unavailable);
  EXPECT_NE(store.error().what.find("check that the folder is there"), std::string::npos);
}

TEST(SqliteStore, ForgetsACreationThatWasCutShort) {
  const testing::Folder folder;
  std::ofstream(folder / "events.db.new") << "half a file";

  EXPECT_TRUE(put(*opened(folder / "events.db"), {"case/1", 0, {"a"}}));
  EXPECT_FALSE(names_in(folder).contains("events.db.new"));
}

TEST(SqliteStore, OpensAFileWhoseNameIsUnusual) {
  const testing::Folder folder;
  EXPECT_TRUE(put(*opened(folder / "é ?immutable=1#%41.db"), {"case/1", 0, {"a"}}));
  EXPECT_TRUE(names_in(folder).contains("é ?immutable=1#%41.db"));
}

TEST(ReadingStore, SeesWhatTheDaemonCommitsWhileItRuns) {
  const testing::Folder folder;
  const auto daemon = opened(folder / "events.db");
  ASSERT_TRUE(put(*daemon, {"case/1", 0, {"a"}}));

  const auto reader = SqliteStore::open_to_read(folder / "events.db");
  ASSERT_TRUE(reader) << reader.error().what;
  EXPECT_EQ(everything(**reader).size(), 1U);
  ASSERT_TRUE(put(*daemon, {"case/1", 1, {"b"}}));
  EXPECT_EQ(everything(**reader).size(), 2U);
}

TEST(ReadingStore, CreatesNothing) {
  const testing::Folder folder;
  EXPECT_EQ(SqliteStore::open_to_read(folder / "events.db").error().code,
            StoreErrorCode::unavailable);
  EXPECT_TRUE(names_in(folder).empty());

  ASSERT_TRUE(put(*opened(folder / "events.db"), {"case/1", 0, {"a"}}));
  const auto names = names_in(folder);
  const std::string before = bytes_of(folder / "events.db");
  EXPECT_EQ(everything(**SqliteStore::open_to_read(folder / "events.db")).size(), 1U);
  EXPECT_EQ(names_in(folder), names);
  EXPECT_EQ(bytes_of(folder / "events.db"), before);
}

TEST(ReadingStore, ReadsACopyOfTheFileAloneAndCreatesNothingBesideIt) {
  const testing::Folder folder;
  const testing::Folder elsewhere;
  ASSERT_TRUE(put(*opened(folder / "events.db"), {"case/1", 0, {"a"}}));
  std::filesystem::copy_file(folder / "events.db", elsewhere / "events.db");

  EXPECT_EQ(everything(**SqliteStore::open_to_read(elsewhere / "events.db")).size(), 1U);
  EXPECT_EQ(names_in(elsewhere), std::set<std::string>{"events.db"});
}

TEST(ReadingStore, RefusesAnAppend) {
  const testing::Folder folder;
  opened(folder / "events.db").reset();
  const auto reader = SqliteStore::open_to_read(folder / "events.db");
  EXPECT_EQ(put(**reader, {"case/1", 0, {"a"}}).error().code, StoreErrorCode::unavailable);
}

TEST(SqliteStore, BelievesTheFileWhenAnotherProgramHasWrittenToIt) {
  const testing::Folder folder;
  const auto store = opened(folder / "events.db");
  ASSERT_TRUE(put(*store, {"case/1", 0, {"a"}}));
  execute(folder / "events.db", "INSERT INTO events VALUES(2, 1, 2, 'b')");

  EXPECT_EQ(put(*store, {"case/1", 1, {"x"}}).error().code, StoreErrorCode::conflict);
  EXPECT_EQ(put(*store, {"case/1", 2, {"c"}}), 3U);
}

TEST(SqliteStore, IsUnavailableWhileAnotherProgramHoldsTheFileThenGoesOn) {
  const testing::Folder folder;
  SqliteOptions options;
  options.busy_wait = std::chrono::milliseconds(10);
  const auto store = opened(folder / "events.db", options);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "events.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);

  EXPECT_EQ(put(*store, {"case/1", 0, {"a"}}).error().code, StoreErrorCode::unavailable);
  sqlite3_close(other);
  EXPECT_EQ(put(*store, {"case/1", 0, {"a"}}), 1U);
}

TEST(SqliteStore, TurnsAwayWhatItCannotKeepWaiting) {
  const testing::Folder folder;
  SqliteOptions options;
  options.queue_bytes_max = 100;
  const auto store = opened(folder / "events.db", options);
  std::promise<void> go;
  std::promise<void> busy;
  store->append({"case/1", 0, {"a"}}, [&](const EventStore::Appended&) {
    busy.set_value();
    go.get_future().wait();
  });
  busy.get_future().wait();  // the writer is in the answer: nothing leaves the queue

  std::vector<StoreErrorCode> refused;
  for (std::uint64_t i = 0; i < 4; ++i) {
    store->append({"case/" + std::to_string(i + 2), 0, {std::string(60, 'x')}},
                  [&](const EventStore::Appended& answer) {
                    if (!answer) {
                      refused.push_back(answer.error().code);
                    }
                  });
  }
  go.set_value();
  ASSERT_TRUE(put(*store, {"last", 0, {"a"}}));

  EXPECT_EQ(refused, std::vector<StoreErrorCode>(3, StoreErrorCode::unavailable));
  EXPECT_EQ(everything(*store).size(), 3U);
}

TEST(SqliteStore, KeepsTheWriteAheadLogShortUnderSteadyWriting) {
  const testing::Folder folder;
  SqliteOptions options;
  options.checkpoint_pages = 32;
  const auto store = opened(folder / "events.db", options);
  const std::string line(10'000, 'x');
  std::uintmax_t longest = 0;
  for (std::uint64_t version = 0; version < 300; ++version) {
    ASSERT_TRUE(put(*store, {"case/1", version, {line}}));
    longest = std::max(longest, std::filesystem::file_size(folder / "events.db-wal"));
  }

  // 300 commits of at least four pages make nearly 5 MB when nothing is taken back.
  EXPECT_LT(longest, 2U << 20U);
  EXPECT_EQ(everything(*store).size(), 300U);
}

}  // namespace
}  // namespace protoflow::runtime
