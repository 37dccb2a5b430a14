// Times as the engine's benchmarks take them: CPU time of this thread, so that a neighbour on the
// machine weighs less; what is compared runs in turn, round after round; medians, with the least
// and the most.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace protoflow::bench {

/// Seconds of CPU time that this thread has taken so far.
[[nodiscard]] double cpu_seconds();

struct Contestant {
  std::string name;
  std::function<double()> round;  // nanoseconds of CPU time for one of whatever is counted
};

struct Spread {
  double median = 0, least = 0, most = 0;
};

struct Standing {
  std::string name;
  Spread nanoseconds;
  Spread of_first;  // how many times the first contestant's, round by round
};

/// Lets all take `rounds` rounds in turn, after one that does not count.
[[nodiscard]] std::vector<Standing> take_turns(const std::vector<Contestant>& contestants,
                                               int rounds);

/// Of nanoseconds that were taken in turn: by contestant, then by round.
[[nodiscard]] std::vector<Standing> standings_of(const std::vector<std::string>& names,
                                                 const std::vector<std::vector<double>>& taken);

/// A table of nanoseconds, rates in millions a second and ratios to the first.
void print(const char* title, const std::vector<Standing>& standings);

/// The same as one line of JSON.
void print_json(const char* bench, const std::vector<Standing>& standings);

/// `nanoseconds` for each of the `count` that `work` does.
[[nodiscard]] double nanoseconds_each(std::uint64_t count, const std::function<void()>& work);

}  // namespace protoflow::bench
