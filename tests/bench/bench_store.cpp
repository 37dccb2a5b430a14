// Durable events a second through SqliteStore beside a bare SQLite program, in turn in one run,
// with 1, 16 and 64 clients. Both keep their file for the whole run. The ratio is the median of the
// rounds' own, so that a neighbour's load weighs on both.
//
//   bench_store [--rounds N] [--seconds N] [--folder DIR]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <semaphore>
#include <string>

#include "runtime/store/sqlite_store.hpp"
#include "tests/bench/bare_sqlite.hpp"
#include "tests/bench/load.hpp"

namespace protoflow::bench {
namespace {

struct Settings {
  int rounds = 7;
  double seconds = 2;
  std::filesystem::path folder = std::filesystem::current_path();
};

struct Summary {
  double acks_per_second, p50_ms, p99_ms;
};

struct Row {
  int clients;
  Summary floor, store;
  double ratio;  // of acks/s, the store's over the floor's
};

double quantile(std::vector<double> values, double part) {
  const auto place = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

Summary summary_of(const std::vector<Seen>& rounds) {
  std::vector<double> rates;
  std::vector<double> p50;
  std::vector<double> p99;
  for (const Seen& round : rounds) {
    rates.push_back(round.acks_per_second);
    p50.push_back(quantile(round.latencies_ms, 0.5));
    p99.push_back(quantile(round.latencies_ms, 0.99));
  }
  return {quantile(rates, 0.5), quantile(p50, 0.5), quantile(p99, 0.5)};
}

Write through(BareSqlite& floor) {
  return [&floor, written = std::make_shared<std::binary_semaphore>(0)](const Event& event) {
    floor.write(event, *written);
    return true;
  };
}

Write through(runtime::SqliteStore& store) {
  struct Answer {
    std::binary_semaphore given{0};
    bool kept = false;
  };

  return [&store, answer = std::make_shared<Answer>()](const Event& event) {
    runtime::Append append{.stream = std::string(event.stream),
                           .expected_version = event.version - 1,
                           .lines = {std::string(event.line)}};
    store.append(std::move(append),
                 [to = answer.get()](const runtime::EventStore::Appended& given) {
                   to->kept = given.has_value();
                   to->given.release();
                 });
    answer->given.acquire();
    return answer->kept;
  };
}

/// A folder of its own in `parent`, for one number of clients.
Row measure(int clients, const Settings& settings, const std::filesystem::path& folder) {
  constexpr std::uint64_t kSeed = 2027;
  const std::string name = std::to_string(clients);
  BareSqlite floor(folder / ("floor" + name + ".db"));
  auto store = runtime::SqliteStore::open(folder / ("events" + name + ".db"));
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().what.c_str());
    std::_Exit(1);
  }
  Clients of_floor(clients, kSeed);
  Clients of_store(clients, kSeed);
  const std::chrono::duration<double> time(settings.seconds);
  std::vector<Seen> floors;
  std::vector<Seen> stores;
  std::vector<double> ratios;
  for (int round = -1; round < settings.rounds; ++round) {
    const bool floor_first = round % 2 == 0;
    Seen one = floor_first ? of_floor.run(time, [&](int) { return through(floor); }) : Seen{};
    Seen two = of_store.run(time, [&](int) { return through(**store); });
    if (!floor_first) {
      one = of_floor.run(time, [&](int) { return through(floor); });
    }
    if (round >= 0) {  // the first makes the files grow
      ratios.push_back(two.acks_per_second / one.acks_per_second);
      floors.push_back(std::move(one));
      stores.push_back(std::move(two));
    }
  }
  return {clients, summary_of(floors), summary_of(stores), quantile(ratios, 0.5)};
}

void print_table(const std::vector<Row>& rows) {
  std::printf("durable events of about 500 bytes, one append each; medians\n");
  std::printf("%8s %12s %12s %7s %10s %10s %10s %10s\n",
              "clients",
              "bare acks/s",
              "store acks/s",
              "ratio",
              "bare p50",
              "store p50",
              "bare p99",
              "store p99");
  for (const Row& row : rows) {
    std::printf("%8d %12.0f %12.0f %7.2f %7.2f ms %7.2f ms %7.2f ms %7.2f ms\n",
                row.clients,
                row.floor.acks_per_second,
                row.store.acks_per_second,
                row.ratio,
                row.floor.p50_ms,
                row.store.p50_ms,
                row.floor.p99_ms,
                row.store.p99_ms);
  }
}

void print_part(const char* name, const Summary& part) {
  std::printf(R"("%s":{"acks_per_second":%.0f,"p50_ms":%.3f,"p99_ms":%.3f})",
              name,
              part.acks_per_second,
              part.p50_ms,
              part.p99_ms);
}

void print_json(const std::vector<Row>& rows) {
  std::printf(R"({"bench":"store","rows":[)");
  for (const Row& row : rows) {
    std::printf(R"(%s{"clients":%d,"ratio":%.3f,)",
                &row == &rows.front() ? "" : ",",
                row.clients,
                row.ratio);
    print_part("bare", row.floor);
    std::printf(",");
    print_part("store", row.store);
    std::printf("}");
  }
  std::printf("]}\n");
}

Settings read_settings(int count, char** words) {
  Settings settings;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    if (name == "--rounds") {
      settings.rounds = std::max(1, std::atoi(words[i + 1]));
    } else if (name == "--seconds") {
      settings.seconds = std::max(0.1, std::atof(words[i + 1]));
    } else if (name == "--folder") {
      settings.folder = words[i + 1];
    } else {
      std::fprintf(stderr, "usage: bench_store [--rounds N] [--seconds N] [--folder DIR]\n");
      std::exit(2);
    }
  }
  return settings;
}

int run(const Settings& settings) {
  std::string made = (settings.folder / "bench-store-XXXXXX").string();
  if (::mkdtemp(made.data()) == nullptr) {
    std::fprintf(stderr,
                 "no folder can be made in %s: give another with --folder\n",
                 settings.folder.c_str());
    return 2;
  }
  std::vector<Row> rows;
  for (const int clients : {1, 16, 64}) {
    rows.push_back(measure(clients, settings, made));
  }
  std::filesystem::remove_all(made);
  print_table(rows);
  print_json(rows);
  return 0;
}

}  // namespace
}  // namespace protoflow::bench

int main(int count, char** words) {
  return protoflow::bench::run(protoflow::bench::read_settings(count, words));
}
