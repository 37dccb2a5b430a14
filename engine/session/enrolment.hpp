// A case's place in one occurrence of a session, and whether its beneficiary came. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/id.hpp"
#include "engine/model/time.hpp"

namespace protoflow::engine {

enum class Seat : std::uint8_t {
  enrolled,
  waiting,  // for a place, in order
  left,     // withdrew, or waited in vain
};

enum class Attendance : std::uint8_t { present, excused, absent };

inline constexpr std::array<std::string_view, 3> kSeatNames = {"enrolled", "waiting", "left"};
inline constexpr std::array<std::string_view, 3> kAttendanceNames = {
    "present", "excused", "absent"};

struct Enrolment {
  std::string case_id;
  model::StepId step;  // for which it was asked
  Seat seat = Seat::enrolled;
  std::optional<Attendance> attendance;
  model::Instant since = model::kNever;  // of the seat

  friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

/// What a command asks for one case, or what an event made of it: only what is set.
struct EnrolmentChange {
  std::string case_id;
  model::StepId step;
  std::optional<Seat> seat;
  std::optional<Attendance> attendance;

  friend bool operator==(const EnrolmentChange&, const EnrolmentChange&) = default;
};

/// A case's side of it: one step `through` a session, and one occurrence of that session.
struct Place {
  model::StepId step;
  std::string occurrence;  // the id of the session's stream
  Seat seat = Seat::enrolled;
  std::optional<Attendance> attendance;
  model::Instant at = model::kNever;  // when the session begins

  friend bool operator==(const Place&, const Place&) = default;
};

/// Still to come: the place is kept, or waited for.
[[nodiscard]] inline bool is_live(const Place& place) {
  return place.seat != Seat::left && !place.attendance;
}

}  // namespace protoflow::engine
