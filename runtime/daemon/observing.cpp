#include "runtime/daemon/observing.hpp"

#include <algorithm>

namespace protoflow::runtime {

namespace {

// Afterwards the next command tries again: nobody would send one while we are not ready.
constexpr std::chrono::seconds kAfterFailure{30};

std::uintmax_t room_for(const std::filesystem::path& file) {
  std::error_code unknown;
  const auto space = std::filesystem::space(std::filesystem::absolute(file).parent_path(), unknown);
  return unknown ? 0 : space.available;
}

void observe_channels(Outbox& outbox, model::Instant now, Observed& seen) {
  const auto health = outbox.health();
  seen.notices += health.waiting;
  for (const auto& channel : health.channels) {
    const auto oldest = outbox.oldest_pending(channel.channel).value_or(now);
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - oldest);
    seen.channels.push_back(
        {channel.channel, channel.pending, channel.dead, std::max(age, std::chrono::seconds(0))});
  }
}

}  // namespace

std::vector<std::string> why_not_ready(const RunningParts& parts) {
  std::vector<std::string> reasons;
  if (room_for(parts.log) < kRoomMin) {
    reasons.emplace_back("The disk that holds the data folder is full, or nearly.");
  }
  if (const auto failed = parts.store.failed_since(); failed && *failed < kAfterFailure) {
    reasons.emplace_back("The last events could not be written.");
  }
  if (!parts.outbox.health().trouble.empty()) {
    reasons.emplace_back("The outbox cannot be written.");
  }
  if (parts.mail != nullptr && !parts.mail->health().trouble.empty()) {
    reasons.emplace_back("The mails that wait cannot be written.");
  }
  return reasons;
}

Observed observe(const RunningParts& parts, model::Instant machine_time) {
  const auto& reading = parts.casebook.reading();
  const auto due = parts.casebook.next_due();
  const auto now = parts.casebook.now();
  std::error_code unknown;
  Observed seen{.ready = why_not_ready(parts).empty(),
                .cases = reading.cases.size(),
                .sessions = reading.sessions.size(),
                .partnerships = reading.partnerships.size(),
                .timers = parts.casebook.timers(),
                .appends = parts.casebook.under_way(),
                .store_bytes = std::filesystem::file_size(parts.log, unknown),
                .free_bytes = room_for(parts.log)};
  if (due < now) {
    seen.late = std::chrono::duration_cast<std::chrono::seconds>(now - due);
  }
  observe_channels(parts.outbox, machine_time, seen);
  if (parts.mail != nullptr) {
    observe_channels(*parts.mail, machine_time, seen);
  }
  return seen;
}

}  // namespace protoflow::runtime
