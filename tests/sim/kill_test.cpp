// The daemon is killed without warning, again and again, while clients act and deadlines fall due.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "tests/sim/case_worker.hpp"
#include "tests/sim/log_audit.hpp"
#include "tests/sim/receiver.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::testing {

namespace {

constexpr std::size_t kWorkers = 4;
constexpr std::chrono::milliseconds kDrained{120'000};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// A daemon that is killed and started again on the same folder.
class Mortal {
 public:
  Mortal(const Folder& folder, std::string webhook)
      : settings_{.folder = folder / "data",
                  .protocols = {write_vigil(folder.path())},
                  .notices = folder / "notices.jsonl",
                  .webhook = std::move(webhook)} {}

  [[nodiscard]] bool start() {
    daemon_ = std::make_unique<DaemonProcess>(settings_);
    return daemon_->ready();
  }

  /// Killed `after` it was started, ready or not.
  void start_and_kill(std::chrono::milliseconds after) {
    daemon_ = std::make_unique<DaemonProcess>(settings_);
    (void)daemon_->ending(after);
    daemon_->kill_hard();
  }

  [[nodiscard]] DaemonProcess& daemon() { return *daemon_; }

 private:
  DaemonSettings settings_;
  std::unique_ptr<DaemonProcess> daemon_;
};

/// After some more acknowledgements, and then at no particular point of what is under way.
void wait_for_a_bad_moment(const Shift& shift, Mortal& mortal, std::mt19937_64& random) {
  const auto wanted = shift.acknowledged + random() % 40;
  (void)eventually([&] { return shift.acknowledged >= wanted; }, std::chrono::seconds(5));
  (void)mortal.daemon().ending(std::chrono::milliseconds(random() % 20));
}

void kill_again_and_again(Shift& shift, Mortal& mortal, std::uint64_t kills, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (std::uint64_t killed = 0; killed < kills; ++killed) {
    wait_for_a_bad_moment(shift, mortal, random);
    mortal.daemon().kill_hard();
    shift.set_open(false);
    if (random() % 5 == 0 && killed + 1 < kills) {
      mortal.start_and_kill(std::chrono::milliseconds(random() % 150));
      ++killed;
    }
    ASSERT_TRUE(mortal.start()) << "after " << killed + 1 << " kills: " << mortal.daemon().log();
    shift.door.open(mortal.daemon());
    shift.set_open(true);
  }
}

void expect_kept(const std::vector<std::unique_ptr<CaseWorker>>& workers, const LogAudit& log) {
  for (const auto& worker : workers) {
    EXPECT_EQ(worker->faults, std::vector<std::string>());
    for (const auto& kept : worker->acknowledged) {
      const auto lines = log.cases.find(kept.case_id);
      ASSERT_NE(lines, log.cases.end()) << "an acknowledged case is gone: " << kept.case_id;
      for (const auto& event : kept.events) {
        const auto version = event["version"].get<std::size_t>();
        ASSERT_LE(version, lines->second.size()) << "an acknowledged event is gone";
        EXPECT_EQ(event, Json::parse(lines->second[version - 1]));
      }
    }
  }
}

void tell_figures(const std::vector<std::unique_ptr<CaseWorker>>& workers,
                  const LogAudit& log,
                  std::uint64_t kills) {
  std::size_t acknowledged = 0;
  std::size_t repeated = 0;
  std::size_t resent = 0;
  for (const auto& worker : workers) {
    acknowledged += worker->acknowledged.size();
    repeated += worker->repeated;
    resent += worker->resent;
  }
  std::cout << kills << " kills, " << acknowledged << " acknowledged commands, " << repeated
            << " repeated on purpose, " << resent << " found done after a kill, " << log.events
            << " events, " << log.cases.size() << " cases, " << log.fired_in_all()
            << " deadlines fired:";
  for (const auto& [kind, count] : log.fired) {
    std::cout << " " << kind << " " << count;
  }
  std::cout << "\n";
}

/// Waits until everything that is due has fired and everything owed has been delivered.
LogAudit drained(const Folder& folder, const Receiver& receiver) {
  const auto now = runtime::SystemClock().now();
  LogAudit log;
  const bool done = eventually(
      [&] {
        log = audit(folder / "data");
        return log.next_due > now && delivery_faults(log, receiver.ids()).empty() &&
               delivery_faults(log, ids_in(folder / "notices.jsonl")).empty();
      },
      kDrained);
  EXPECT_TRUE(done);
  EXPECT_EQ(delivery_faults(log, receiver.ids()), std::vector<std::string>());
  EXPECT_EQ(delivery_faults(log, ids_in(folder / "notices.jsonl")), std::vector<std::string>());
  EXPECT_GT(log.next_due, now);
  return log;
}

}  // namespace

TEST(Kill, LosesNothingAcknowledgedAndFiresNoDeadlineTwice) {
  const auto kills = number_from("PROTOFLOW_KILLS", 24);
  const auto seed = number_from("PROTOFLOW_SEED", std::random_device{}());
  std::cout << "PROTOFLOW_SEED=" << seed << "\n";
  const Folder folder;
  const Receiver receiver;
  Mortal mortal(folder, receiver.url());
  ASSERT_TRUE(mortal.start()) << mortal.daemon().log();
  Shift shift;
  shift.door.open(mortal.daemon());
  register_people(shift.door);

  std::vector<std::unique_ptr<CaseWorker>> workers;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < kWorkers; ++i) {
    workers.push_back(std::make_unique<CaseWorker>(shift, seed + i, "w" + std::to_string(i)));
    threads.emplace_back([worker = workers.back().get()] { worker->work(); });
  }
  shift.set_open(true);
  kill_again_and_again(shift, mortal, kills, seed);
  shift.end();
  threads.clear();
  ASSERT_FALSE(HasFatalFailure());

  (void)drained(folder, receiver);
  const auto ending = mortal.daemon().stop();
  EXPECT_EQ(ending.status, 0) << "signal " << ending.signal;
  const auto log = audit(folder / "data");
  EXPECT_EQ(log.faults, std::vector<std::string>());
  expect_kept(workers, log);
  EXPECT_GT(log.fired_in_all(), 0U) << "the test has not exercised what it is for";
  const auto verified = run_program({"verify", "--data", (folder / "data").string()});
  EXPECT_EQ(verified.status, 0) << verified.output;
  tell_figures(workers, log, kills);
}

}  // namespace protoflow::testing
