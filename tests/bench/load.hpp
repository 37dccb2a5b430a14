// A closed loop of clients, each waiting for its event to be durable before it sends the next, and
// what they saw. It knows neither the store nor the floor: both are given the same events, in the
// same order for each client.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::bench {

/// One event of one case: cases take turns at random, live for as many events as a protocol of
/// twelve steps has, and make room for new ones.
struct Event {
  std::int64_t case_number = 0;  // from 1, never used by another client
  std::string_view stream;
  std::uint64_t version = 0;  // from 1
  std::string_view line;      // about 500 bytes
};

/// Returns once the event is durable; false ends the run.
using Write = std::function<bool(const Event&)>;

struct Seen {
  double acks_per_second = 0;
  std::vector<double> latencies_ms;
};

class Clients {
 public:
  /// `seed` makes the choice of cases; the same seed gives the same events.
  explicit Clients(int count, std::uint64_t seed);

  /// Goes on where the last call ended. `write_for` gives each client its own way to write.
  [[nodiscard]] Seen run(std::chrono::duration<double> time,
                         const std::function<Write(int client)>& write_for);

 private:
  struct Case {
    std::int64_t number = 0;
    std::string stream;
    std::uint64_t version = 0;
  };

  struct Client {
    std::uint64_t random = 0;
    std::int64_t next_number = 0;
    std::vector<Case> cases;
    std::string line;
  };

  Event next(Client& client) const;
  [[nodiscard]] Case open_case(Client& client) const;

  std::vector<Client> clients_;
};

}  // namespace protoflow::bench
