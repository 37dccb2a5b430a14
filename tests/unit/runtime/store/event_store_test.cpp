// What every EventStore promises, whatever it is made of.
#include "runtime/store/event_store.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/store/sqlite_store.hpp"
#include "tests/support/appending.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/memory_store.hpp"

namespace protoflow::runtime {
namespace {

using testing::everything;
using testing::Kept;
using testing::put;
using testing::stream_of;

struct Made {
  std::string name;
  std::unique_ptr<EventStore> (*make)(const testing::Folder&);
};

std::unique_ptr<EventStore> make_memory(const testing::Folder&) {
  return std::make_unique<testing::MemoryStore>();
}

std::unique_ptr<EventStore> make_sqlite(const testing::Folder& folder) {
  auto store = SqliteStore::open(folder / "events.db");
  return store ? std::move(*store) : nullptr;
}

class EveryEventStore : public ::testing::TestWithParam<Made> {
 protected:
  EveryEventStore() : store_(GetParam().make(folder_)) {}

  testing::Folder folder_;
  std::unique_ptr<EventStore> store_;
};

TEST_P(EveryEventStore, StartsEmpty) {
  EXPECT_TRUE(everything(*store_).empty());
  EXPECT_TRUE(stream_of(*store_, "case/1").empty());
}

TEST_P(EveryEventStore, NumbersPositionsAndVersionsFromOneWithoutGaps) {
  EXPECT_EQ(put(*store_, {"case/1", 0, {"a", "b"}}), 1U);
  EXPECT_EQ(put(*store_, {"case/2", 0, {"c"}}), 3U);
  EXPECT_EQ(put(*store_, {"case/1", 2, {"d"}}), 4U);

  const std::vector<Kept> expected{
      {1, "case/1", 1, "a"}, {2, "case/1", 2, "b"}, {3, "case/2", 1, "c"}, {4, "case/1", 3, "d"}};
  EXPECT_EQ(everything(*store_), expected);
}

TEST_P(EveryEventStore, ReadsOneStreamAlone) {
  (void)put(*store_, {"case/1", 0, {"a", "b"}});
  (void)put(*store_, {"case/10", 0, {"c"}});
  (void)put(*store_, {"case/1", 2, {"d"}});

  const std::vector<Kept> expected{
      {1, "case/1", 1, "a"}, {2, "case/1", 2, "b"}, {4, "case/1", 3, "d"}};
  EXPECT_EQ(stream_of(*store_, "case/1"), expected);
}

TEST_P(EveryEventStore, ReadsAfterAPlaceAndStopsWhenTold) {
  (void)put(*store_, {"case/1", 0, {"a", "b", "c", "d"}});
  std::string read;
  const auto two = [&read](const StoredEvent& event) {
    read += event.line;
    return read.size() < 2;
  };

  ASSERT_TRUE(store_->read_all(1, two));
  EXPECT_EQ(read, "bc");
  read.clear();
  ASSERT_TRUE(store_->read_stream("case/1", 2, two));
  EXPECT_EQ(read, "cd");
}

TEST_P(EveryEventStore, ReadsLongStreamsWhole) {
  std::vector<std::string> lines;
  for (int i = 0; i < 5'000; ++i) {
    lines.push_back(std::to_string(i));
  }
  ASSERT_TRUE(put(*store_, {"case/1", 0, lines}));

  const auto all = everything(*store_);
  ASSERT_EQ(all.size(), lines.size());
  EXPECT_EQ(all.back(), (Kept{5'000, "case/1", 5'000, "4999"}));
  EXPECT_EQ(stream_of(*store_, "case/1"), all);
}

TEST_P(EveryEventStore, KeepsEveryByteOfALine) {
  const std::string line = std::string("é, ") + '\0' + "\xFF\n and the rest";

  ASSERT_TRUE(put(*store_, {"case/1", 0, {line, ""}}));

  const auto kept = everything(*store_);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].line, line);
  EXPECT_EQ(kept[1].line, "");
}

TEST_P(EveryEventStore, RefusesAWrongVersionAndWritesNothing) {
  ASSERT_TRUE(put(*store_, {"case/1", 0, {"a"}}));

  for (const std::uint64_t wrong : {0U, 2U}) {
    const auto answer = put(*store_, {"case/1", wrong, {"x", "y"}});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, StoreErrorCode::conflict);
  }
  EXPECT_EQ(put(*store_, {"case/2", 1, {"x"}}).error().code, StoreErrorCode::conflict);
  EXPECT_EQ(everything(*store_).size(), 1U);
  EXPECT_EQ(put(*store_, {"case/2", 0, {"b"}}), 2U);
}

TEST_P(EveryEventStore, RefusesAnEmptyAppend) {
  EXPECT_EQ(put(*store_, {"case/1", 0, {}}).error().code, StoreErrorCode::conflict);
  EXPECT_EQ(put(*store_, {"case/1", 0, {"a"}}), 1U);
}

TEST_P(EveryEventStore, AnswersInTheOrderOfTheCalls) {
  constexpr std::uint64_t kAppends = 2'000;
  std::mutex mutex;
  std::vector<std::uint64_t> order;
  for (std::uint64_t i = 0; i < kAppends; ++i) {
    store_->append({"case/" + std::to_string(i % 7), i / 7, {"x"}},
                   [&](EventStore::Appended answer) {
                     const std::scoped_lock lock(mutex);
                     order.push_back(answer.value_or(0));
                   });
  }
  ASSERT_TRUE(put(*store_, {"last", 0, {"x"}}));

  ASSERT_EQ(order.size(), kAppends);
  for (std::uint64_t i = 0; i < kAppends; ++i) {
    ASSERT_EQ(order[i], i + 1);
  }
}

TEST_P(EveryEventStore, LetsExactlyOneOfManyWritersWinEachVersion) {
  constexpr int kWriters = 16;
  constexpr std::uint64_t kVersions = 60;
  std::atomic<std::uint64_t> won = 0;
  std::atomic<int> surprises = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (std::uint64_t version = 0; version < kVersions; ++version) {
        const auto answer = put(*store_, {"case/1", version, {std::to_string(writer)}});
        if (answer) {
          ++won;
        } else if (answer.error().code != StoreErrorCode::conflict) {
          ++surprises;
        }
      }
    });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }

  EXPECT_EQ(won, kVersions);
  EXPECT_EQ(surprises, 0);
  EXPECT_EQ(everything(*store_).size(), kVersions);
}

TEST_P(EveryEventStore, CanBeReadFromAnAnswer) {
  std::promise<std::size_t> seen;
  store_->append({"case/1", 0, {"a", "b"}}, [&](EventStore::Appended) {
    seen.set_value(stream_of(*store_, "case/1").size());
  });

  EXPECT_EQ(seen.get_future().get(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Stores,
                         EveryEventStore,
                         ::testing::Values(Made{"memory", make_memory},
                                           Made{"sqlite", make_sqlite}),
                         [](const auto& made) { return made.param.name; });

TEST(MemoryStore, AnswersWhenTold) {
  testing::MemoryStore store(testing::MemoryStore::Answers::when_told);
  int answered = 0;
  store.append({"case/1", 0, {"a"}}, [&](const EventStore::Appended&) { ++answered; });
  EXPECT_EQ(answered, 0);

  EXPECT_TRUE(store.tell_one());
  EXPECT_FALSE(store.tell_one());
  EXPECT_EQ(answered, 1);
}

TEST(MemoryStore, FailsTheNextAppendAsTold) {
  testing::MemoryStore store;
  store.fail_next({StoreErrorCode::unavailable, "full"});
  store.fail_next({StoreErrorCode::outcome_unknown, "lost"}, true);

  EXPECT_EQ(put(store, {"case/1", 0, {"a"}}).error().code, StoreErrorCode::unavailable);
  EXPECT_EQ(store.size(), 0U);
  EXPECT_EQ(put(store, {"case/1", 0, {"a"}}).error().code, StoreErrorCode::outcome_unknown);
  EXPECT_EQ(store.size(), 1U);
  EXPECT_EQ(put(store, {"case/1", 1, {"b"}}), 2U);
}

}  // namespace
}  // namespace protoflow::runtime
