// A daemon of our own making, for the demonstration: started as a child, waited for, stopped.
#pragma once

#include <sys/types.h>

#include <expected>
#include <filesystem>
#include <string>

#include "engine/model/time.hpp"

namespace protoflow::runtime {

struct SpawnOptions {
  std::filesystem::path folder;
  std::filesystem::path protocol;
  std::uint16_t port = 0;
  model::Instant clock{};
};

class SpawnedDaemon {
 public:
  /// Runs this very program with `serve`; returns once it answers. The error says what to do and
  /// where its log is.
  [[nodiscard]] static std::expected<SpawnedDaemon, std::string> start(const SpawnOptions& options);

  /// SIGTERM, then waits for its end. The error is its exit status.
  [[nodiscard]] std::expected<void, std::string> stop();

  [[nodiscard]] pid_t process() const { return process_; }

  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  pid_t process_ = -1;
  std::string address_;
};

}  // namespace protoflow::runtime
