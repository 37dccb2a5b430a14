#include "runtime/mail/schedule.hpp"

#include <algorithm>

namespace protoflow::runtime {

namespace {

using engine::LocalTime;

constexpr std::chrono::days kDay{1};

bool is_quiet(const QuietHours& quiet, std::chrono::milliseconds time) {
  return quiet.from < quiet.until ? time >= quiet.from && time < quiet.until
                                  : time >= quiet.from || time < quiet.until;
}

// The first instant at or after `now` when the clock shows this time.
model::Instant next_at(DayTime time, model::Instant now, const model::ZoneTable& zone) {
  const auto today = engine::to_local(now, zone).date;
  const auto at = engine::to_instant(LocalTime{today, time}, zone);
  return at >= now ? at : engine::to_instant(LocalTime{today + kDay, time}, zone);
}

}  // namespace

Leaving when_to_send(const Contact& contact,
                     model::Instant now,
                     model::Instant due,
                     const model::ZoneTable& zone) {
  Leaving leaving{.at = now};
  if (contact.digest) {
    const auto digest = next_at(*contact.digest, now, zone);
    const bool too_late = due > now && due <= digest;
    leaving = too_late ? leaving : Leaving{.at = digest, .in_digest = true};
  }
  if (contact.quiet && is_quiet(*contact.quiet, engine::to_local(leaving.at, zone).time_of_day)) {
    leaving.at = std::max(now, next_at(contact.quiet->until, leaving.at, zone));
  }
  return leaving;
}

}  // namespace protoflow::runtime
