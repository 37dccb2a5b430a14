// A data folder that is not as it should be: the daemon starts and loses nothing, or refuses with
// one clear sentence and changes nothing.
#include <array>
#include <fstream>

#include <gtest/gtest.h>

#include "runtime/daemon/daemon.hpp"
#include "runtime/store/sqlite.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "tests/sim/scene.hpp"

namespace protoflow::testing {

namespace {

namespace fs = std::filesystem;

constexpr int kEnvironment = 3;

/// A log with one case, and nobody at it.
struct Left : Scene {
  std::string case_id;

  Left() {
    if (!start_with_people()) {
      throw std::runtime_error(daemon->log());
    }
    case_id = open_case(door, "one");
    if (daemon->stop().status != 0) {
      throw std::runtime_error(daemon->log());
    }
  }

  void execute(const std::string& name, const std::string& sql) const {
    auto connection = runtime::sqlite::Connection::open(file(name), runtime::sqlite::Access::write);
    if (!connection || !connection->execute(sql)) {
      throw std::runtime_error(sql);
    }
  }

  void remove(const std::string& name) const {
    for (const auto* rest : {"", "-wal", "-shm", "-journal"}) {
      fs::remove(file(name + rest));
    }
  }
};

void expect_refusal(const ProgramRun& run, const std::vector<std::string>& words) {
  EXPECT_EQ(run.status, kEnvironment);
  for (const auto& word : words) {
    EXPECT_NE(run.output.find(word), std::string::npos) << word << " is not in: " << run.output;
  }
}

}  // namespace

TEST(DataFolder, StartsAgainAsItWasLeft) {
  Left left;
  ASSERT_TRUE(left.start()) << left.daemon->log();
  EXPECT_EQ(left.door.get("/v1/cases/" + left.case_id).status, 200);
  EXPECT_EQ(left.daemon->stop().status, 0);
  EXPECT_EQ(left.verify().status, 0);
}

TEST(DataFolder, WithoutItsKeysIsRefusedAndNoNewOnesAreMade) {
  Left left;
  fs::rename(left.file(runtime::kKeysFile), left.folder / "kept.db");
  expect_refusal(left.refused(), {"keys.db", "restore"});
  EXPECT_FALSE(fs::exists(left.file(runtime::kKeysFile)));
  fs::rename(left.folder / "kept.db", left.file(runtime::kKeysFile));
  EXPECT_TRUE(left.start()) << left.daemon->log();
}

TEST(DataFolder, WhoseFirstStartWasCutShortBeforeTheKeysStarts) {
  Scene cut;
  fs::create_directories(cut.settings.folder);
  ASSERT_TRUE(runtime::SqliteStore::open(cut.file(runtime::kEventsFile)));
  EXPECT_TRUE(cut.start()) << cut.daemon->log();
}

TEST(DataFolder, WithKeysThatOthersMayReadIsRefused) {
  const Left left;
  fs::permissions(left.file(runtime::kKeysFile), fs::perms::group_read, fs::perm_options::add);
  expect_refusal(left.refused(), {"keys.db", "chmod 600"});
}

TEST(DataFolder, WithAnotherProgramsFileInPlaceOfTheLogIsRefused) {
  struct Case {
    const char* what;
    std::function<void(const Left&)> spoil;
    std::vector<std::string> words;
  };

  const std::vector<Case> cases{
      {"no database",
       [](const Left& left) {
         left.remove(runtime::kEventsFile);
         std::ofstream(left.file(runtime::kEventsFile)) << "a letter, not a database\n";
       },
       {"events.db"}},
      {"another program's",
       [](const Left& left) { left.execute(runtime::kEventsFile, "PRAGMA application_id=42"); },
       {"events.db", "another program"}},
      {"a newer version's",
       [](const Left& left) { left.execute(runtime::kEventsFile, "PRAGMA user_version=99"); },
       {"events.db", "newer"}},
      {"a newer version's keys",
       [](const Left& left) { left.execute(runtime::kKeysFile, "PRAGMA user_version=99"); },
       {"keys.db", "newer"}},
      {"another program's outbox",
       [](const Left& left) { left.execute(runtime::kOutboxFile, "PRAGMA application_id=42"); },
       {"outbox.db", "another program"}},
      {"half of it",
       [](const Left& left) {
         const auto file = left.file(runtime::kEventsFile);
         fs::resize_file(file, fs::file_size(file) / 2);
       },
       {"events.db"}},
      {"an altered event",
       [](const Left& left) {
         left.execute(runtime::kEventsFile,
                      "UPDATE events SET line = replace(line, 'of-office', 'of-firms')"
                      " WHERE line LIKE '%case_opened%'");
       },
       {"events.db", "case/"}},
      {"a lost event",
       [](const Left& left) {
         left.execute(runtime::kEventsFile, "DELETE FROM events WHERE line LIKE '%case_opened%'");
       },
       {"events.db"}},
  };
  for (const auto& [what, spoil, words] : cases) {
    SCOPED_TRACE(what);
    const Left left;
    spoil(left);
    const auto before = text_of(left.file(runtime::kEventsFile));
    expect_refusal(left.refused(), words);
    EXPECT_EQ(text_of(left.file(runtime::kEventsFile)), before);
  }
}

TEST(DataFolder, ThatCannotBeMadeOrWrittenIsRefused) {
  const Folder folder;
  std::ofstream(folder / "letter") << "not a folder\n";
  for (const auto& place : {(folder / "letter").string(), std::string("/proc/self/fdinfo")}) {
    SCOPED_TRACE(place);
    expect_refusal(run_program({"serve", "--data", place, "--listen", "127.0.0.1:0"}), {place});
  }
}

TEST(DataFolder, InUseIsRefusedToASecondDaemon) {
  Scene scene;
  ASSERT_TRUE(scene.start()) << scene.daemon->log();
  const auto address = text_of(scene.file(runtime::kAddressFile));
  expect_refusal(scene.refused(), {"in use"});
  EXPECT_EQ(text_of(scene.file(runtime::kAddressFile)), address);
  EXPECT_EQ(scene.door.get("/v1/cases").status, 200);
}

TEST(DataFolder, IsLeftWhenThePortIsInUse) {
  Scene first;
  ASSERT_TRUE(first.start()) << first.daemon->log();
  Scene second;
  second.settings.listen = first.daemon->address().substr(std::string("http://").size());
  expect_refusal(second.refused(), {second.settings.listen.substr(10), "--listen"});
  EXPECT_FALSE(fs::exists(second.file(runtime::kAddressFile)));
}

TEST(DataFolder, WithoutCheckpointsStillVerifies) {
  const Left left;
  left.remove(runtime::kCheckpointsFile);
  const auto verified = left.verify();
  EXPECT_EQ(verified.status, 0) << verified.output;
}

TEST(DataFolder, WithAnAlteredCheckpointDoesNotVerify) {
  const Left left;
  left.execute(runtime::kCheckpointsFile,
               "UPDATE checkpoint SET state = state || 'x' WHERE stream LIKE 'case/%'");
  const auto verified = left.verify();
  EXPECT_EQ(verified.status, 1) << verified.output;
  EXPECT_NE(verified.output.find(left.case_id), std::string::npos) << verified.output;
}

TEST(DataFolder, WithAnOlderLogThanItsOutboxIsRefused) {
  Left left;
  fs::copy_file(left.file(runtime::kEventsFile), left.folder / "older.db");
  ASSERT_TRUE(left.start()) << left.daemon->log();
  open_cases(left.door, "later", 1);
  ASSERT_EQ(left.daemon->stop().status, 0);
  left.remove(runtime::kEventsFile);
  fs::copy_file(left.folder / "older.db", left.file(runtime::kEventsFile));
  expect_refusal(left.refused(), {"outbox.db"});
}

}  // namespace protoflow::testing
