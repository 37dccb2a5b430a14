// A client of the crash test: opens cases, acts in them, repeats some of its commands on purpose,
// tries again what was not answered, and remembers every acknowledgement.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "runtime/clock/clock.hpp"
#include "tests/sim/door.hpp"

namespace protoflow::testing {

struct Acknowledged {
  std::string case_id;
  std::string command_id;
  std::uint64_t version = 0;
  Json events;
};

/// What the workers and the one who kills share.
struct Shift {
  Door door;
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;  // whether asking makes sense at present
  bool over = false;
  std::atomic<std::uint64_t> acknowledged = 0;

  void set_open(bool now_open);
  void end();

  /// false: the shift is over.
  bool wait_open();
};

class CaseWorker final {
 public:
  CaseWorker(Shift& shift, std::uint64_t seed, std::string name);

  /// Works until the shift is over; then sends once more what was not answered.
  void work();

  std::vector<Acknowledged> acknowledged;
  std::vector<std::string> faults;  // answers that must not be
  std::size_t repeated = 0;         // commands sent again on purpose
  std::size_t resent = 0;           // after no answer, found to have taken effect before

 private:
  Json next_command();
  void act(const Json& command);
  Reply send_until_answered(const Json& command);
  void keep(const Json& command, const Reply& reply);
  void repeat(const Json& command, const Reply& first);

  Shift& shift_;
  std::mt19937_64 random_;
  std::string name_;
  runtime::SystemClock clock_;
  std::uint64_t sent_ = 0;
  std::vector<std::string> cases_;
};

}  // namespace protoflow::testing
