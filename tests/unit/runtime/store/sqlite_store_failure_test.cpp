// What the SQLite store does when the disk fails or the process is killed: nothing acknowledged is
// lost, nothing refused is kept.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/store/sqlite_store.hpp"
#include "tests/support/appending.hpp"
#include "tests/support/folder.hpp"
#include "tests/unit/runtime/store/failing_disk.hpp"

namespace protoflow::runtime {
namespace {

using testing::DiskFault;
using testing::everything;
using testing::FailingDisk;
using testing::put;
using testing::stream_of;

SqliteOptions on_failing_disk() {
  SqliteOptions options;
  options.vfs = FailingDisk::kName;
  options.checkpoint_pages = 16;
  return options;
}

/// Every answer to a burst of appends to several streams, by the append's only line.
std::map<std::string, EventStore::Appended> burst(EventStore& store, const std::string& name) {
  std::map<std::string, EventStore::Appended> answers;
  std::mutex mutex;
  std::condition_variable answered;
  constexpr std::size_t kAppends = 40;
  for (std::size_t i = 0; i < kAppends; ++i) {
    const std::string stream = name + std::to_string(i % 8);
    const std::string line = stream + "/" + std::to_string(i / 8) + std::string(900, '.');
    store.append({stream, i / 8, {line}}, [&, line](EventStore::Appended answer) {
      const std::scoped_lock lock(mutex);
      answers.emplace(line, std::move(answer));
      answered.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answers.size() == kAppends; });
  return answers;
}

/// The file, opened afresh on the system's own disk, against what was answered.
void expect_kept(const std::filesystem::path& file,
                 const std::map<std::string, EventStore::Appended>& answers) {
  const auto store = SqliteStore::open(file);
  ASSERT_TRUE(store) << store.error().what;
  std::map<std::string, std::uint64_t> kept;
  std::uint64_t position = 0;
  for (const auto& event : everything(**store)) {
    ASSERT_EQ(event.position, ++position) << "a gap";
    kept[event.line] = event.position;
  }
  for (const auto& [line, answer] : answers) {
    const auto found = kept.find(line);
    if (answer) {
      ASSERT_NE(found, kept.end()) << "acknowledged, and lost";
      EXPECT_EQ(found->second, *answer);
    } else if (answer.error().code != StoreErrorCode::outcome_unknown) {
      EXPECT_EQ(found, kept.end()) << "refused, and kept: " << answer.error().what;
    }
  }
}

struct Failing {
  std::string name;
  DiskFault fault;
};

class EveryFailingCall : public ::testing::TestWithParam<Failing> {};

// Fails the first call, then the second, … until a run goes through without a failure.
TEST_P(EveryFailingCall, LosesNothingAcknowledgedAndKeepsNothingRefused) {
  for (int calls = 0;; ++calls) {
    SCOPED_TRACE("failing after " + std::to_string(calls) + " calls");
    const testing::Folder folder;
    FailingDisk disk;
    std::map<std::string, EventStore::Appended> answers;
    bool failed = false;
    {
      auto store = SqliteStore::open(folder / "events.db", on_failing_disk());
      ASSERT_TRUE(store) << store.error().what;
      answers = burst(**store, "before");
      disk.fail_once_after(GetParam().fault, calls);
      answers.merge(burst(**store, "during"));
      failed = disk.has_failed();
      disk.repair();
    }
    expect_kept(folder / "events.db", answers);
    if (!failed || HasFatalFailure()) {
      break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Faults,
                         EveryFailingCall,
                         ::testing::Values(Failing{"full", DiskFault::full},
                                           Failing{"broken", DiskFault::broken},
                                           Failing{"unconfirmed", DiskFault::unconfirmed}),
                         [](const auto& failing) { return failing.param.name; });

TEST(SqliteStoreFailure, RecoversByItselfOnceThereIsRoomAgain) {
  const testing::Folder folder;
  FailingDisk disk;
  const auto store = SqliteStore::open(folder / "events.db", on_failing_disk());
  ASSERT_TRUE(put(**store, {"case/1", 0, {"a"}}));

  disk.fail_after(DiskFault::full, 0);
  const auto refused = put(**store, {"case/1", 1, {"b"}});
  EXPECT_EQ(put(**store, {"case/1", 2, {"c"}}).error().code, StoreErrorCode::conflict);
  EXPECT_EQ(put(**store, {"case/1", 1, {"b"}}).error().code, StoreErrorCode::unavailable);
  EXPECT_EQ(stream_of(**store, "case/1").size(), 1U);
  disk.repair();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, StoreErrorCode::unavailable);
  EXPECT_NE(refused.error().what.find("make room"), std::string::npos) << refused.error().what;
  EXPECT_EQ(put(**store, {"case/1", 1, {"b"}}), 2U);
}

TEST(SqliteStoreFailure, StopsWritingOnceTheDiskHasNotConfirmed) {
  const testing::Folder folder;
  FailingDisk disk;
  {
    const auto store = SqliteStore::open(folder / "events.db", on_failing_disk());
    ASSERT_TRUE(put(**store, {"case/1", 0, {"a"}}));

    disk.fail_once_after(DiskFault::unconfirmed, 0);
    EXPECT_EQ(put(**store, {"case/1", 1, {"b"}}).error().code, StoreErrorCode::outcome_unknown);
    for (const std::uint64_t version : {1U, 2U}) {
      EXPECT_EQ(put(**store, {"case/1", version, {"c"}}).error().code, StoreErrorCode::unavailable);
    }
    EXPECT_TRUE((*store)->read_all(0, [](const StoredEvent&) { return true; }));
  }

  const auto again = SqliteStore::open(folder / "events.db");
  ASSERT_TRUE(again);
  const std::uint64_t version = stream_of(**again, "case/1").size();
  EXPECT_TRUE(put(**again, {"case/1", version, {"c"}}));
}

// The system's own refusal: in a child, because the limit on the size of files is a process's.
TEST(SqliteStoreFailure, SurvivesARealLimitOnTheSizeOfFiles) {
  const testing::Folder folder;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    auto store = SqliteStore::open(folder / "events.db");
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{.rlim_cur = 256U << 10U, .rlim_max = limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    std::uint64_t version = 0;
    EventStore::Appended answer{};
    while ((answer = put(**store, {"case/1", version, {std::string(5'000, 'x')}}))) {
      ++version;
    }
    const bool refused = answer.error().code == StoreErrorCode::unavailable && version > 0;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const bool resumed = put(**store, {"case/1", version, {"y"}}) == version + 1;
    store->reset();
    std::_Exit(refused && resumed ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);

  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const auto store = SqliteStore::open(folder / "events.db");
  ASSERT_TRUE(store);
  EXPECT_EQ(everything(**store).back().line, "y");
}

constexpr std::uint8_t kWriters = 16;

/// In the child: appends to 16 streams without end, and tells the parent of each acknowledged one.
[[noreturn]] void append_until_killed(const std::filesystem::path& file, int tell) {
  auto store = SqliteStore::open(file);
  std::vector<std::thread> writers;
  for (std::uint8_t writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      const std::string stream = "case/" + std::to_string(writer);
      for (std::uint64_t version = stream_of(**store, stream).size();; ++version) {
        if (!put(**store, {stream, version, {std::string(500, 'x')}})) {
          std::_Exit(1);
        }
        (void)!::write(tell, &writer, 1);
      }
    });
  }
  for (;;) {
    ::pause();
  }
}

TEST(SqliteStoreFailure, KeepsEveryAcknowledgedAppendThroughKills) {
  const testing::Folder folder;
  std::map<std::uint8_t, std::uint64_t> acknowledged;
  for (int kill = 0; kill < 10; ++kill) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      append_until_killed(folder / "events.db", ends[1]);
    }
    ::close(ends[1]);
    std::uint8_t writer = 0;
    for (int seen = 0; ::read(ends[0], &writer, 1) == 1; ++seen) {
      ++acknowledged[writer];
      if (seen == 100 + kill * 37) {
        ::kill(child, SIGKILL);
      }
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";

    const auto store = SqliteStore::open(folder / "events.db");
    ASSERT_TRUE(store) << store.error().what;
    std::map<std::string, std::uint64_t> kept;
    std::uint64_t position = 0;
    for (const auto& event : everything(**store)) {
      ASSERT_EQ(event.position, ++position);
      ASSERT_EQ(event.version, ++kept[event.stream]);
    }
    for (std::uint8_t stream = 0; stream < kWriters; ++stream) {
      auto& count = acknowledged[stream];
      auto& found = kept["case/" + std::to_string(stream)];
      ASSERT_GE(found, count) << "an acknowledged append is lost";
      ASSERT_LE(found, count + 1) << "more was kept than was ever in flight";
      count = found;
    }
  }
}

}  // namespace
}  // namespace protoflow::runtime
