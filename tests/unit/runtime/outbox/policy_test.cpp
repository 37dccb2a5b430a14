#include "runtime/outbox/policy.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace protoflow::runtime {

using namespace std::chrono_literals;

TEST(OutboxPolicy, DoublesTheDelayUpToItsLongestWithJitterAndRespectsWhatIsAsked) {
  struct Row {
    int attempts;
    std::optional<std::chrono::milliseconds> asked;
    double random;
    std::chrono::milliseconds expected;
  };

  for (const Row& row : {
           Row{1, {}, 1.0, 1s},
           Row{1, {}, 0.0, 500ms},
           Row{2, {}, 1.0, 2s},
           Row{5, {}, 0.5, 12s},
           Row{11, {}, 1.0, 15min},
           Row{12, {}, 0.0, 450s},
           Row{1'000'000, {}, 1.0, 15min},
           Row{1, 2min, 1.0, 2min},
           Row{11, 2min, 1.0, 15min},
           Row{1, 100h, 1.0, 24h},
       }) {
    EXPECT_EQ(delay_after({}, row.attempts, row.asked, row.random), row.expected)
        << row.attempts << " attempts, random " << row.random;
  }
}

}  // namespace protoflow::runtime
