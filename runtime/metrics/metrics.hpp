// What the daemon counts about itself, in the text format of Prometheus 0.0.4. No label holds an
// id, a name or a text of anybody's: only channels, methods, the addresses of the API as its table
// writes them, and results. Counting may happen on any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::runtime {

/// One answer of the API.
struct Answered {
  std::string id;           // of the request
  std::string_view method;  // GET, POST, DELETE; otherwise `other`
  std::string_view route;   // with {…} where an id stood; empty: there is no such address
  int status = 0;
  std::chrono::steady_clock::duration took{};
};

struct ChannelObserved {
  std::string channel;
  std::size_t pending = 0, dead = 0;
  std::chrono::seconds oldest{};  // how long the oldest of the pending ones has been there
};

/// What is looked at when it is asked for.
struct Observed {
  bool ready = false;
  std::size_t cases = 0, sessions = 0, partnerships = 0;
  std::size_t timers = 0;       // streams with an instant at which something falls due
  std::chrono::seconds late{};  // by how long the first of them has passed; 0: none has
  std::size_t connections = 0;  // of HTTP, streams included
  std::size_t appends = 0;      // on their way to the disk
  std::size_t notices = 0;      // in memory, not yet in the outbox
  std::vector<ChannelObserved> channels;
  std::chrono::duration<double> replay{};  // how long reading the log took at the start
  std::uintmax_t store_bytes = 0, free_bytes = 0;
};

class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  void answered(const Answered& answered);

  /// `result`: written, conflict, unavailable or unknown.
  void committed(std::string_view result, std::chrono::steady_clock::duration took);

  [[nodiscard]] std::string text(const Observed& now);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace protoflow::runtime
