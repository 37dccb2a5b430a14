#include "runtime/outbox/table.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/unit/runtime/outbox/running_outbox.hpp"

namespace protoflow::runtime {

namespace {

/// Holds the file's write lock, as a second program would.
class LockedFile final {
 public:
  explicit LockedFile(const std::string& path) {
    sqlite3_open(path.c_str(), &db_);
    sqlite3_busy_timeout(db_, 10'000);
    EXPECT_EQ(sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }

  ~LockedFile() { sqlite3_close(db_); }

 private:
  sqlite3* db_ = nullptr;
};

class OutboxFileTest : public OutboxTest {};

}  // namespace

TEST_F(OutboxFileTest, WaitsForALockedFileAndLosesNothing) {
  Recording recording;
  open({{"a", &recording}});
  {
    const LockedFile locked(path());
    post({notice(16)}, 1);
    wait_until([&] { return !outbox_->health().trouble.empty(); });
    EXPECT_EQ(running_.ask([&] { return outbox_->scanned(); }), 0U);
    EXPECT_EQ(health().waiting, 1U);
    EXPECT_TRUE(recording.numbers.empty());
  }
  wait_until([&] { return outbox_->scanned() == 1; });
  wait_until_idle();

  EXPECT_EQ(recording.numbers, (Numbers{16}));
  EXPECT_EQ(health().trouble, "");
}

TEST_F(OutboxFileTest, AsksForTheNoticesItHadToDropOnceTheFileCanBeWritten) {
  Recording recording;
  OutboxPolicy policy = quick();
  policy.waiting_max = 4;
  open({{"a", &recording}}, policy);
  std::optional<std::uint64_t> asked_after;
  running_.ask([&] {
    outbox_->on_gap([&](std::uint64_t scanned) {
      asked_after = scanned;
      for (std::uint64_t position = scanned + 1; position <= 10; ++position) {
        outbox_->post({notice(position * 16)}, position);
      }
      return true;
    });
    return 0;
  });
  {
    const LockedFile locked(path());
    for (std::uint64_t position = 1; position <= 10; ++position) {
      post({notice(position * 16)}, position);
    }
    EXPECT_LE(health().waiting, 4U);
  }
  wait_until([&] { return outbox_->scanned() == 10; });
  wait_until_idle();

  EXPECT_TRUE(asked_after.has_value());
  EXPECT_EQ(recording.numbers, (Numbers{16, 32, 48, 64, 80, 96, 112, 128, 144, 160}));
}

TEST_F(OutboxFileTest, NeverCarriesItsPositionOverNoticesThatWereDropped) {
  Recording recording;
  OutboxPolicy policy = quick();
  policy.waiting_max = 1;
  open({{"a", &recording}}, policy);
  bool told = false;
  running_.ask([&] {
    outbox_->on_gap([&](std::uint64_t) {
      told = true;
      return false;
    });
    return 0;
  });
  {
    const LockedFile locked(path());
    post({notice(16)}, 1);
    post({notice(32)}, 2);
  }
  wait_until([&] { return told; });

  post({notice(48)}, 3);
  close();
  open({{"a", &recording}});

  EXPECT_EQ(running_.ask([&] { return outbox_->scanned(); }), 1U);
  EXPECT_EQ(recording.numbers, (Numbers{16}));
}

TEST_F(OutboxFileTest, ForgetsOldNoticesThatAreSentAndKeepsTheOthers) {
  Recording recording;
  recording.rule = [](const OutgoingNotice& notice) -> SendResult {
    return notice.number == 17 ? SendResult(Dead{"gone"}) : SendResult(Sent{});
  };
  open({{"a", &recording}});
  post({notice(16), notice(17)}, 1);
  wait_until_idle();
  clock_.advance(std::chrono::hours(24 * 31));
  post({notice(32)}, 2);
  wait_until_idle();
  close();

  open({{"a", &recording}});
  wait_until([&] { return outbox_->read_after(0, 10).value().size() == 2; });

  const auto left = running_.ask([&] { return outbox_->read_after(0, 10).value(); });
  EXPECT_EQ(left[0].number, 17U);
  EXPECT_EQ(left[1].number, 32U);
}

TEST_F(OutboxFileTest, RefusesAFileThatIsNotItsOwn) {
  const auto sql = [&](const std::string& statement) {
    std::filesystem::remove(path());
    sqlite3* db = nullptr;
    sqlite3_open(path().c_str(), &db);
    sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(db);
  };

  struct Row {
    std::function<void()> make;
    std::string says;
  };

  const std::vector<Row> rows = {
      {[&] { std::ofstream(path()) << "This is a letter, long enough not to be an empty file."; },
       "move the file away"},
      {[&] { sql("CREATE TABLE letters(x)"); }, "another program"},
      {[&] { sql("PRAGMA application_id = 7; CREATE TABLE letters(x)"); }, "another program"},
      {[&] {
         sql("PRAGMA application_id = 1885761378; PRAGMA user_version = 99; CREATE TABLE x(x)");
       },
       "newer protoflow"},
      {[&] {
         std::filesystem::remove(path());
         std::filesystem::create_directory(path());
       },
       "outbox.db"},
  };
  for (const Row& row : rows) {
    row.make();
    const auto opened = open_with({});
    ASSERT_FALSE(opened.has_value()) << row.says;
    EXPECT_NE(opened.error().what.find(row.says), std::string::npos) << opened.error().what;
  }
}

TEST_F(OutboxFileTest, RefusesTwoChannelsOfOneName) {
  Recording recording;
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(std::make_unique<RecordingChannel>("a", recording));
  channels.push_back(std::make_unique<RecordingChannel>("a", recording));

  const auto opened = open_with(std::move(channels));

  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().what.find("\"a\""), std::string::npos);
}

}  // namespace protoflow::runtime
