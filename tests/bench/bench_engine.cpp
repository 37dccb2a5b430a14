// What the engine costs in memory on one core, beside the barest programs that do the same: one
// transition, a waiting case, a timer, an event replayed. CPU time, in turn in one run.
//
//   bench_engine [--rounds N] [--cases N] [--waiting N] [--timers N]
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "engine/event/codec.hpp"
#include "engine/log/record.hpp"
#include "engine/state/apply.hpp"
#include "engine/timer/timing_wheel.hpp"
#include "tests/bench/bare_cases.hpp"
#include "tests/bench/bare_wheel.hpp"
#include "tests/bench/live_cases.hpp"
#include "tests/bench/rounds.hpp"
#include "tests/bench/twelve_steps.hpp"

namespace protoflow::bench {

namespace {

struct Settings {
  int rounds = 7;
  std::uint32_t cases = 1'000'000, waiting = 10'000'000, timers = 10'000'000;
};

void must(bool holds, const char* claim) {
  if (!holds) {
    std::fprintf(stderr, "bench_engine: not so: %s\n", claim);
    std::exit(1);
  }
}

// -- one transition

void measure_transitions(const TwelveSteps& steps, const Settings& settings) {
  constexpr std::uint64_t kBare = 4'000'000, kActs = 400'000;
  TableCases table(settings.cases);
  MsmCases machines(settings.cases);
  LiveCases live(steps, settings.cases, LiveCases::kAnywhere);
  std::uint64_t random = 2027;
  const auto engine = [&](Records records, bool fetched = false) {
    return [&, records, fetched] {
      std::uint64_t events = 0;
      std::array<std::uint32_t, 3> queue{};
      for (auto& waiting : queue) {
        waiting = next_case(random, settings.cases);
      }
      const double start = cpu_seconds();
      for (std::uint64_t act = 0; act < kActs; ++act) {
        if (fetched) {
          live.fetch(queue[(act + 2) % 3], queue[(act + 1) % 3]);
        }
        auto& now = queue[act % 3];
        events += live.act(now, records);
        now = next_case(random, settings.cases);
      }
      return (cpu_seconds() - start) * 1e9 / static_cast<double>(events);
    };
  };
  const auto standings =
      take_turns({{"bare table and timing wheel",
                   [&] { return nanoseconds_each(kBare, [&] { table.run(kBare); }); }},
                  {"Boost.MSM objects, no timer",
                   [&] { return nanoseconds_each(kBare, [&] { machines.run(kBare); }); }},
                  {"decided, applied, timer moved", engine(Records::none)},
                  {"... and its record written", engine(Records::written)},
                  {"... and hashed into its stream's chain", engine(Records::written_and_chained)},
                  {"the same, the next command's case fetched meanwhile",
                   engine(Records::written_and_chained, true)},
                  {"... without the hash", engine(Records::written, true)},
                  {"... without the record", engine(Records::none, true)}},
                 settings.rounds);
  print(("one transition, of " + std::to_string(settings.cases) + " cases at random").c_str(),
        standings);
  std::printf("  a record is %.0f bytes; a case takes %zu bytes as Boost.MSM objects\n",
              live.bytes_of_a_record(),
              MsmCases::bytes_of_a_case());
  print_json("transitions", standings);
}

// -- one waiting case

void measure_waiting(const TwelveSteps& steps, const Settings& settings) {
  std::printf("\na case of the path, packed, by acts done:\n ");
  std::size_t most = 0;
  for (std::size_t acts = 1; acts <= steps.acts.size(); ++acts) {
    const LiveCases one(steps, 1, acts);
    most = std::max(most, one.packed().size_of(0));
    std::printf(" %zu", one.packed().size_of(0));
  }
  const LiveCases live(steps, settings.waiting, kActsOfAnIdleCase);
  constexpr double kTimer = 16, kHead = sizeof(engine::Hash);
  const double state = static_cast<double>(live.packed().memory()) / settings.waiting;
  constexpr double kGibibyte = 1024.0 * 1024 * 1024;
  std::printf("\n%u cases at their fifth step in a row, one deadline each: %zu bytes packed\n",
              settings.waiting,
              live.packed().size_of(0));
  std::printf("  %.1f bytes a case in the store, %.1f with its timer, %.1f with its chain's head\n",
              state,
              state + kTimer,
              state + kTimer + kHead);
  std::printf("  24 GiB hold %.0f million such cases with their timers, %.0f million with heads\n",
              24 * kGibibyte / (state + kTimer) / 1e6,
              24 * kGibibyte / (state + kTimer + kHead) / 1e6);
  std::printf(
      R"({"bench":"waiting","cases":%u,"packed_bytes":%zu,"most_bytes":%zu,"store_bytes":%.1f})"
      "\n",
      settings.waiting,
      live.packed().size_of(0),
      most,
      state);
}

// -- timers

struct TimerRound {
  double arm = 0, cancel = 0, fire = 0;  // nanoseconds each
};

struct TimerLoad {
  std::vector<std::uint32_t> ticks;      // of each timer, over 30 days
  std::vector<std::uint32_t> cancelled;  // half of them, in random order
};

TimerLoad timer_load(std::uint32_t timers) {
  constexpr std::uint32_t kThirtyDays = 2'592'000'000;
  std::mt19937_64 dice(2027);
  TimerLoad load{.ticks = std::vector<std::uint32_t>(timers), .cancelled = {}};
  for (auto& tick : load.ticks) {
    tick = static_cast<std::uint32_t>(1 + dice() % kThirtyDays);
  }
  load.cancelled.resize(timers);
  std::iota(load.cancelled.begin(), load.cancelled.end(), 0U);
  std::shuffle(load.cancelled.begin(), load.cancelled.end(), dice);
  load.cancelled.resize(timers / 2);
  return load;
}

template <class Arm, class Cancel, class Fire>
TimerRound time_timers(const TimerLoad& load, Arm arm, Cancel cancel, Fire fire) {
  const auto timers = static_cast<std::uint32_t>(load.ticks.size());
  TimerRound round;
  round.arm = nanoseconds_each(timers, [&] {
    for (std::uint32_t timer = 0; timer < timers; ++timer) {
      arm(timer, load.ticks[timer]);
    }
  });
  round.cancel = nanoseconds_each(load.cancelled.size(), [&] {
    for (const auto timer : load.cancelled) {
      cancel(timer);
    }
  });
  round.fire = nanoseconds_each(timers - load.cancelled.size(), [&] {
    std::uint32_t last = 0, fired = 0;
    for (auto timer = fire(); timer != BareWheel::kNobody; timer = fire()) {
      must(load.ticks[timer] >= last, "timers fire in order");
      last = load.ticks[timer];
      ++fired;
    }
    must(fired == timers - load.cancelled.size(), "every timer fires once");
  });
  return round;
}

TimerRound bare_timers(const TimerLoad& load) {
  BareWheel wheel(load.ticks.size());
  return time_timers(
      load,
      [&](std::uint32_t timer, std::uint32_t tick) { wheel.arm(timer, tick); },
      [&](std::uint32_t timer) { wheel.cancel(timer); },
      [&] { return wheel.fire(); });
}

TimerRound engine_timers(const TimerLoad& load) {
  const auto begin = instant_of(0, 0);
  engine::TimingWheel wheel(begin);
  wheel.arm(static_cast<std::uint32_t>(load.ticks.size() - 1),
            begin);  // its memory, as the floor's
  const auto end = begin + std::chrono::days(31);
  return time_timers(
      load,
      [&](std::uint32_t timer, std::uint32_t tick) {
        wheel.arm(timer, begin + std::chrono::milliseconds(tick));
      },
      [&](std::uint32_t timer) { wheel.arm(timer, model::kNever); },
      [&] { return wheel.take(end).value_or(BareWheel::kNobody); });
}

void measure_timers(const Settings& settings) {
  const auto load = timer_load(settings.timers);
  std::vector<TimerRound> bare, ours;
  for (int round = 0; round < std::max(3, settings.rounds / 2); ++round) {
    bare.push_back(bare_timers(load));
    ours.push_back(engine_timers(load));
  }
  const auto report = [&](const char* phase, double TimerRound::* part) {
    std::vector<std::vector<double>> taken(2);
    std::ranges::transform(bare, std::back_inserter(taken[0]), part);
    std::ranges::transform(ours, std::back_inserter(taken[1]), part);
    const auto standings = standings_of({"bare timing wheel", "the engine's"}, taken);
    print((std::to_string(settings.timers) + " timers over 30 days: " + phase).c_str(), standings);
    print_json((std::string("timers_") + phase).c_str(), standings);
  };
  report("arm", &TimerRound::arm);
  report("cancel", &TimerRound::cancel);
  report("fire", &TimerRound::fire);
}

// -- replay

struct Log {
  std::vector<std::string> lines;     // of whole cases, one after the other
  std::vector<engine::Event> events;  // the same, read
};

const engine::Open kOpened = [](const engine::SealedText&) {
  return std::expected<std::optional<std::string>, std::string>("the points to mend");
};

Log log_of(const TwelveSteps& steps, std::uint32_t cases) {
  Log log;
  LiveCases live(steps, cases, 0);
  live.keep_lines(&log.lines);
  for (std::uint32_t number = 0; number < cases; ++number) {
    for (std::size_t act = 0; act < steps.acts.size(); ++act) {
      live.act(number, Records::written_and_chained);
    }
  }
  for (const auto& line : log.lines) {
    log.events.push_back(*engine::decode(*engine::read_record(line), steps.plan.protocol, kOpened));
  }
  return log;
}

void measure_replay(const TwelveSteps& steps, const Settings& settings) {
  constexpr std::uint32_t kCases = 2'000;
  const Log log = log_of(steps, kCases);
  const auto empty = engine::empty_case(steps.plan.protocol);
  engine::CaseState state;
  const auto applied = [&](const engine::Event& event) {
    if (event.kind == engine::EventKind::case_opened) {
      state = empty;
    }
    engine::apply(state, event);
  };
  const auto read = [&](bool chained) {
    engine::Hash head{};
    for (const auto& line : log.lines) {
      const auto record = engine::read_record(line);
      must(record.has_value(), "a line is a record");
      if (chained) {
        must(record->version == 1 || record->previous == engine::to_hex(head), "records chain");
        head = engine::sha256(line);
      }
      applied(*engine::decode(*record, steps.plan.protocol, kOpened));
    }
  };
  const auto events = log.lines.size();
  const auto standings = take_turns(
      {{"events applied",
        [&] {
          return nanoseconds_each(events, [&] {
            for (const auto& event : log.events) {
              applied(event);
            }
          });
        }},
       {"lines read and applied", [&] { return nanoseconds_each(events, [&] { read(false); }); }},
       {"... and their chain checked",
        [&] { return nanoseconds_each(events, [&] { read(true); }); }}},
      settings.rounds);
  must(state.status == engine::CaseStatus::closed, "a replayed case has ended");
  print(("one event replayed, of " + std::to_string(events)).c_str(), standings);
  print_json("replay", standings);
}

Settings read_settings(int count, char** words) {
  Settings settings;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    const auto number = static_cast<std::uint32_t>(std::max(1, std::atoi(words[i + 1])));
    if (name == "--rounds") {
      settings.rounds = static_cast<int>(number);
    } else if (name == "--cases") {
      settings.cases = number;
    } else if (name == "--waiting") {
      settings.waiting = number;
    } else if (name == "--timers") {
      settings.timers = number;
    } else {
      std::fprintf(stderr,
                   "usage: bench_engine [--rounds N] [--cases N] [--waiting N] [--timers N]\n");
      std::exit(2);
    }
  }
  return settings;
}

int run(const Settings& settings) {
  const auto steps = twelve_steps();
  measure_transitions(steps, settings);
  measure_replay(steps, settings);
  measure_timers(settings);
  measure_waiting(steps, settings);
  return 0;
}

}  // namespace
}  // namespace protoflow::bench

int main(int count, char** words) {
  return protoflow::bench::run(protoflow::bench::read_settings(count, words));
}
