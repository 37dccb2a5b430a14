// How fast a protocol is read and checked, beside PEGTL alone over the same bytes, in turn in one
// run; and how long an author waits for `protoflow check` on a small file.
//
//   bench_language [--rounds N] [--program PATH] [--small FILE]
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/parse.hpp"
#include "tests/bench/bare_pegtl.hpp"
#include "tests/bench/many_steps.hpp"

namespace protoflow::bench {
namespace {

constexpr std::size_t kBytesPerRound = 4'000'000;  // so that a round is long enough to be timed

struct Settings {
  int rounds = 7;
  std::string program, small;
};

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(),
                   values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

struct Work {
  const char* name;
  std::function<void(const std::string&)> once;
};

void must(bool holds, const char* claim) {
  if (!holds) {
    std::fprintf(stderr, "bench_language: not so: %s\n", claim);
    std::exit(1);
  }
}

// Milliseconds for one reading of `text`: the median of the rounds.
double milliseconds_of(const Work& work, const std::string& text, int rounds) {
  const std::size_t times = std::max<std::size_t>(1, kBytesPerRound / text.size());
  std::vector<double> taken;
  for (int round = 0; round < rounds; ++round) {
    const double all = seconds_of([&] {
      for (std::size_t i = 0; i < times; ++i) {
        work.once(text);
      }
    });
    taken.push_back(all * 1000 / static_cast<double>(times));
  }
  return median(std::move(taken));
}

void read_protocols(const Settings& settings) {
  const Work floor{"PEGTL alone",
                   [](const std::string& text) { must(recognised_by_pegtl(text), "recognised"); }};
  const Work works[] = {
      {"parse",
       [](const std::string& text) { must(!dsl::parse(text).tree.nodes.empty(), "read"); }},
      {"parse, resolve, check",
       [](const std::string& text) { must(dsl::compile(text).protocol.has_value(), "checked"); }},
      {"format", [](const std::string& text) { must(dsl::format(text).has_value(), "formatted"); }},
  };
  std::printf("%-24s %6s %9s %10s %8s %8s %10s\n",
              "",
              "steps",
              "bytes",
              "ms",
              "MB/s",
              "/ floor",
              "us a step");
  for (const std::size_t steps : {30, 300, 3000}) {
    const std::string text = protocol_of(steps);
    const auto row = [&](const char* name, double ms, double bare) {
      std::printf("%-24s %6zu %9zu %10.3f %8.1f %8.2f %10.2f\n",
                  name,
                  steps,
                  text.size(),
                  ms,
                  static_cast<double>(text.size()) / 1000 / ms,
                  bare / ms,
                  ms * 1000 / static_cast<double>(steps));
    };
    const double bare = milliseconds_of(floor, text, settings.rounds);
    row(floor.name, bare, bare);
    for (const Work& work : works) {
      row(work.name, milliseconds_of(work, text, settings.rounds), bare);
    }
  }
}

// One run of the program with nothing to read on its outputs, start to end, in milliseconds.
double run_once(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  return 1000 * seconds_of([&] {
           const pid_t child = fork();
           if (child == 0) {
             const int nowhere = open("/dev/null", O_WRONLY);
             dup2(nowhere, STDOUT_FILENO);
             dup2(nowhere, STDERR_FILENO);
             execv(arguments[0], arguments.data());
             _exit(127);
           }
           int status = 0;
           must(
               waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0,
               "the program ran and found no error");
         });
}

void start_the_program(const Settings& settings) {
  if (settings.program.empty()) {
    return;
  }
  const std::vector<std::string> check = {settings.program, "check", settings.small};
  const std::vector<std::string> nothing = {"/bin/true"};
  std::vector<double> checks, floors;
  for (int i = 0; i < 15 * settings.rounds; ++i) {
    floors.push_back(run_once(nothing));
    checks.push_back(run_once(check));
  }
  std::sort(checks.begin(), checks.end());
  std::printf(
      "\nprotoflow check, a small file, start to end: %.1f ms (p90 %.1f); an empty program: %.1f "
      "ms\n",
      median(checks),
      checks[checks.size() * 9 / 10],
      median(floors));
}

Settings settings_of(int count, char** words) {
  Settings settings;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string option = words[i];
    if (option == "--rounds") {
      settings.rounds = std::max(1, std::atoi(words[i + 1]));
    } else if (option == "--program") {
      settings.program = words[i + 1];
    } else if (option == "--small") {
      settings.small = words[i + 1];
    }
  }
  return settings;
}

}  // namespace
}  // namespace protoflow::bench

int main(int count, char** words) {
  const auto settings = protoflow::bench::settings_of(count, words);
  protoflow::bench::read_protocols(settings);
  protoflow::bench::start_the_program(settings);
  return 0;
}
