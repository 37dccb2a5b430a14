// What can be seen of a running daemon: whether it takes commands, and what it counts. On the loop.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/casebook/casebook.hpp"
#include "runtime/metrics/measured_store.hpp"
#include "runtime/metrics/metrics.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

struct RunningParts {
  const Casebook& casebook;
  Outbox& outbox;
  Outbox* mail = nullptr;
  const MeasuredStore& store;
  std::filesystem::path log;  // the file of events
};

/// Less room than this for the data folder, and no command is to be expected to be written.
inline constexpr std::uintmax_t kRoomMin = 16UL << 20U;

/// Sentences, for anybody: no path, no number of anything. None: commands are taken.
[[nodiscard]] std::vector<std::string> why_not_ready(const RunningParts& parts);

/// Without the members that the HTTP server and the start give.
[[nodiscard]] Observed observe(const RunningParts& parts, model::Instant machine_time);

}  // namespace protoflow::runtime
