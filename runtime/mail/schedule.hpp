// When a mail leaves: not in its reader's quiet hours, and with the day's others where they want
// one a day. A pure function of the contact and the clock.
#pragma once

#include "engine/calendar/calendar.hpp"
#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

struct Leaving {
  model::Instant at;
  bool in_digest = false;  // together with whatever else leaves then

  friend bool operator==(const Leaving&, const Leaving&) = default;
};

/// Of something told at `now`. What falls due before the digest does not wait for it, and still
/// keeps the quiet hours. Never before `now`.
[[nodiscard]] Leaving when_to_send(const Contact& contact,
                                   model::Instant now,
                                   model::Instant due,
                                   const model::ZoneTable& zone);

}  // namespace protoflow::runtime
