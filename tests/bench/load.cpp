#include "tests/bench/load.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

namespace protoflow::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLiveCasesOfAClient = 64;
constexpr std::uint64_t kEventsOfACase = 29;

std::uint64_t next_random(std::uint64_t& state) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return state >> 33U;
}

std::string stream_name(std::int64_t number) {
  char text[48];
  (void)std::snprintf(text,
                      sizeof text,
                      "case/0190f3a2-7c11-7d4e-9a5b-%012llx",
                      static_cast<unsigned long long>(number));
  return text;
}

void write_line(std::string& line, const std::string& stream, std::uint64_t version) {
  line = R"({"stream":")" + stream + R"(","version":)" + std::to_string(version);
  line +=
      R"(,"kind":"step_offered","kind_version":1,"happened":"2027-01-04T08:00:00.000Z","recorded":)"
      R"("2027-01-04T08:00:00.120Z","actor":{"person":"p-17","partner":"mission-locale","role":)"
      R"("referent"},"subject":{"step":"language_assessment"},"body":{"due":"2027-01-18T17:00:00.000Z"},)"
      R"("protocol":"2f6a9c0e5b7d4813a6c2e9f10b3d57486a1c0e9d8b7f62534a1d0c9e8f7b6a54",)"
      R"("command":"0190f3a2-7c11-7d4e-9a5b-3f2e1d0c9b8a",)"
      R"("previous":"9e107d9d372bb6826bd81d3542a419d6e277d6c0c2f0f1a35b4d7c9a1e8f6b20"})";
}

}  // namespace

Clients::Clients(int count, std::uint64_t seed) {
  for (int i = 0; i < count; ++i) {
    Client client{.random = seed + static_cast<std::uint64_t>(i) * 7919,
                  .next_number = 1 + (std::int64_t{i} << 32U),
                  .cases = {},
                  .line = {}};
    for (std::size_t live = 0; live < kLiveCasesOfAClient; ++live) {
      client.cases.push_back(open_case(client));
    }
    clients_.push_back(std::move(client));
  }
}

Clients::Case Clients::open_case(Client& client) const {
  const std::int64_t number = client.next_number++;
  return {.number = number, .stream = stream_name(number), .version = 0};
}

Event Clients::next(Client& client) const {
  Case& chosen = client.cases[next_random(client.random) % kLiveCasesOfAClient];
  if (chosen.version == kEventsOfACase) {
    chosen = open_case(client);
  }
  ++chosen.version;
  write_line(client.line, chosen.stream, chosen.version);
  return {chosen.number, chosen.stream, chosen.version, client.line};
}

Seen Clients::run(std::chrono::duration<double> time,
                  const std::function<Write(int client)>& write_for) {
  std::vector<std::vector<double>> latencies(clients_.size());
  std::vector<std::thread> threads;
  const auto start = Clock::now();
  const auto end = start + time;
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    threads.emplace_back([&, i] {
      const Write write = write_for(static_cast<int>(i));
      while (Clock::now() < end) {
        const Event event = next(clients_[i]);
        const auto sent = Clock::now();
        if (!write(event)) {
          std::fprintf(stderr, "a write failed: the figures mean nothing\n");
          std::_Exit(1);
        }
        latencies[i].push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  const std::chrono::duration<double> taken = Clock::now() - start;
  Seen seen;
  for (const auto& of_client : latencies) {
    seen.latencies_ms.insert(seen.latencies_ms.end(), of_client.begin(), of_client.end());
  }
  seen.acks_per_second = static_cast<double>(seen.latencies_ms.size()) / taken.count();
  return seen;
}

}  // namespace protoflow::bench
