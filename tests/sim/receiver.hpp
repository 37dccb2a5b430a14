// Where the webhook ends: an HTTP server of the test's own that remembers what reached it, in
// order, and can be away or unwilling for a while.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/http/server.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::testing {

class Receiver final {
 public:
  /// Port 0: any free one.
  explicit Receiver(std::uint16_t port = 0);
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver();

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] std::string url() const;

  /// Answers 503 until told otherwise.
  std::atomic<bool> unwilling = false;

  /// The ids that it accepted, in order; the same one again if it was sent again.
  [[nodiscard]] std::vector<std::string> ids() const;

  /// How often it answered 503.
  [[nodiscard]] std::size_t turned_away() const { return turned_away_; }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> ids_;
  std::atomic<std::size_t> turned_away_ = 0;
  runtime::Loop loop_;
  std::unique_ptr<runtime::HttpServer> server_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

}  // namespace protoflow::testing
