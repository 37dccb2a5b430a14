#include "tests/bench/rounds.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iterator>

namespace protoflow::bench {

namespace {

Spread spread_of(std::vector<double> values) {
  std::ranges::sort(values);
  return {values[values.size() / 2], values.front(), values.back()};
}

void print_spread(const char* key, const Spread& spread) {
  std::printf(R"("%s":[%.3f,%.3f,%.3f])", key, spread.median, spread.least, spread.most);
}

}  // namespace

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double nanoseconds_each(std::uint64_t count, const std::function<void()>& work) {
  const double start = cpu_seconds();
  work();
  return (cpu_seconds() - start) * 1e9 / static_cast<double>(count);
}

std::vector<Standing> standings_of(const std::vector<std::string>& names,
                                   const std::vector<std::vector<double>>& taken) {
  std::vector<Standing> standings;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<double> ratios;
    std::ranges::transform(taken[i], taken[0], std::back_inserter(ratios), std::divides<>());
    standings.push_back({names[i], spread_of(taken[i]), spread_of(std::move(ratios))});
  }
  return standings;
}

std::vector<Standing> take_turns(const std::vector<Contestant>& contestants, int rounds) {
  std::vector<std::string> names;
  std::vector<std::vector<double>> taken(contestants.size());
  for (int round = -1; round < rounds; ++round) {
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      const double nanoseconds = contestants[i].round();
      if (round >= 0) {
        taken[i].push_back(nanoseconds);
      }
    }
  }
  for (const Contestant& each : contestants) {
    names.push_back(each.name);
  }
  return standings_of(names, taken);
}

void print(const char* title, const std::vector<Standing>& standings) {
  std::printf("\n%-58s %9s %21s %9s %8s %17s\n",
              title,
              "ns",
              "[least..most]",
              "M/s",
              "x first",
              "[least..most]");
  for (const Standing& each : standings) {
    std::printf("  %-56s %9.1f [%9.1f..%8.1f] %9.2f %8.2f [%6.2f..%7.2f]\n",
                each.name.c_str(),
                each.nanoseconds.median,
                each.nanoseconds.least,
                each.nanoseconds.most,
                1000 / each.nanoseconds.median,
                each.of_first.median,
                each.of_first.least,
                each.of_first.most);
  }
}

void print_json(const char* bench, const std::vector<Standing>& standings) {
  std::printf(R"({"bench":"%s","rows":[)", bench);
  for (const Standing& each : standings) {
    std::printf(R"(%s{"name":"%s",)", &each == &standings.front() ? "" : ",", each.name.c_str());
    print_spread("ns", each.nanoseconds);
    std::printf(",");
    print_spread("of_first", each.of_first);
    std::printf("}");
  }
  std::printf("]}\n");
}

}  // namespace protoflow::bench
