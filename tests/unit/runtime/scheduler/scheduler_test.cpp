#include "runtime/scheduler/scheduler.hpp"

#include <gtest/gtest.h>

#include "engine/log/record.hpp"

namespace protoflow::runtime {
namespace {

const auto kStart = engine::to_instant("2027-03-01T08:00:00.000Z").value();

struct Scene {
  Loop loop;
  ManualClock clock{kStart};
  model::Instant due = model::kNever;
  int ticks = 0;
  Scheduler scheduler{loop,
                      clock,
                      [this] { return due; },
                      [this] {
                        ++ticks;
                        due = model::kNever;
                        loop.stop();
                      }};
};

TEST(Scheduler, FiresWhatIsDue) {
  Scene scene;
  scene.due = kStart;
  scene.scheduler.look();
  scene.loop.run();
  EXPECT_EQ(scene.ticks, 1);
}

TEST(Scheduler, FiresADeadlineThatCameNearerThanTheOneItWaitedFor) {
  Scene scene;
  scene.due = kStart + std::chrono::hours(24);
  scene.scheduler.look();
  scene.due = kStart - std::chrono::hours(1);
  scene.scheduler.look();
  scene.loop.run();
  EXPECT_EQ(scene.ticks, 1);
}

TEST(Scheduler, TriesAgainWhatStaysDue) {
  Loop loop;
  ManualClock clock(kStart);
  int ticks = 0;
  Scheduler scheduler(
      loop,
      clock,
      [] { return kStart; },
      [&] {
        if (++ticks == 2) {
          loop.stop();
        }
      });
  const auto before = std::chrono::steady_clock::now();
  scheduler.look();
  loop.run();
  EXPECT_EQ(ticks, 2);
  // Not at once: a disk that is full is still full a moment later.
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(1000));
}

TEST(Scheduler, DoesNotFireBeforeItsTime) {
  Scene scene;
  scene.due = kStart + std::chrono::milliseconds(30);  // the clock stands still: it never comes
  scene.scheduler.look();
  scene.loop.after(std::chrono::milliseconds(100), [&] { scene.loop.stop(); });
  scene.loop.run();
  EXPECT_EQ(scene.ticks, 0);

  scene.clock.advance(std::chrono::milliseconds(30));
  scene.loop.run();
  EXPECT_EQ(scene.ticks, 1);
}

}  // namespace
}  // namespace protoflow::runtime
