#include "runtime/loop/loop.hpp"

#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace protoflow::runtime {

using namespace std::chrono_literals;

TEST(Loop, RunsPostedTasksInTheOrderOfTheCalls) {
  Loop loop;
  std::vector<int> seen;

  for (int i = 0; i < 3; ++i) {
    loop.post([&seen, i] { seen.push_back(i); });
  }
  loop.post([&] { loop.stop(); });
  loop.run();

  EXPECT_EQ(seen, (std::vector{0, 1, 2}));
}

TEST(Loop, TakesTasksFromOtherThreads) {
  Loop loop;
  constexpr int kThreads = 4;
  constexpr int kTasks = 500;
  int done = 0;
  std::vector<std::jthread> threads;

  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kTasks; ++i) {
        loop.post([&] {
          EXPECT_TRUE(loop.on_this_thread());
          if (++done == kThreads * kTasks) {
            loop.stop();
          }
        });
      }
    });
  }
  loop.run();

  EXPECT_EQ(done, kThreads * kTasks);
  EXPECT_FALSE(loop.on_this_thread());
}

TEST(Loop, FiresTimersByTheirDelayAndNotTheCancelledOnes) {
  Loop loop;
  std::string seen;

  loop.after(20ms, [&] {
    seen += 'c';
    loop.stop();
  });
  loop.after(1ms, [&] { seen += 'a'; });
  const TimerId cancelled = loop.after(5ms, [&] { seen += 'x'; });
  loop.after(0ms, [&] { loop.cancel(cancelled); });
  loop.after(10ms, [&] {
    seen += 'b';
    loop.cancel(cancelled);  // once more, and long gone
  });
  loop.run();

  EXPECT_EQ(seen, "abc");
}

TEST(Loop, ReturnsAtOnceWhenStoppedBeforeItRuns) {
  Loop loop;
  bool ran = false;

  loop.stop();
  loop.run();
  loop.post([&] {
    ran = true;
    loop.stop();
  });
  loop.run();

  EXPECT_TRUE(ran);
}

TEST(Loop, TellsEachStopSignal) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Loop loop;
    int told = 0;
    loop.on_stop_signals([&] {
      if (++told == 2) {
        loop.stop();
      } else {
        std::raise(signal);
      }
    });

    loop.post([signal] { std::raise(signal); });
    loop.run();

    EXPECT_EQ(told, 2) << signal;
  }
}

}  // namespace protoflow::runtime
