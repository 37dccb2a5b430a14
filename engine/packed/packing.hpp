// What writing and reading a packed case share: the members that need not be said, and numbers.
// Private to engine/packed.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "engine/state/case_state.hpp"

namespace protoflow::engine::packing {

using model::Instant;

// -- what need not be said
// A member that is equal to one of its neighbours says only that.

constexpr Instant kSame = model::kNever - std::chrono::milliseconds(1);

template <class Member>
constexpr bool kMayBeTheSame =
    std::is_same_v<Member, Instant> || std::is_same_v<Member, std::uint32_t>;

template <class Member>
constexpr Member same_as_neighbour() {
  if constexpr (std::is_same_v<Member, Instant>) {
    return kSame;
  } else {
    return std::numeric_limits<std::uint32_t>::max() - 1;
  }
}

template <class Member>
void leave_out(Member& member, const Member& neighbour) {
  if (member == neighbour) {
    member = same_as_neighbour<Member>();
  }
}

template <class Member>
void put_back(Member& member, const Member& neighbour) {
  if (member == same_as_neighbour<Member>()) {
    member = neighbour;
  }
}

inline void leave_out_the_same(StepState& step) {
  leave_out(step.since, step.settled);
  leave_out(step.settled, step.completed);
  leave_out(step.armed, step.opened);
  leave_out(step.due_from, step.opened);
  leave_out(step.settled_version, step.completed_version);
  leave_out(step.completed_version, step.since_version);
}

inline void put_back_the_same(StepState& step) {
  put_back(step.completed_version, step.since_version);
  put_back(step.settled_version, step.completed_version);
  put_back(step.due_from, step.opened);
  put_back(step.armed, step.opened);
  put_back(step.settled, step.completed);
  put_back(step.since, step.settled);
}

// Of a step, members of one or two bytes are not said: they are its shape (step_shapes.hpp).
template <class Member>
constexpr bool kIsSmall = sizeof(Member) <= 2;

// -- numbers
// Small ones take one byte. An id that is unknown, or a version, may also be the same as its
// neighbour: two are added, so that both are small.

constexpr std::uint32_t kAdded = 2;

constexpr std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U);
}

constexpr std::int64_t from_zigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1U) ^ -static_cast<std::int64_t>(number & 1U);
}

// -- before an element: which members are said of it, twice the number and one more if some
// elements before it are skipped

constexpr std::uint64_t kAllBorn = 0;      // all that are left are as they are born
constexpr std::uint64_t kFirstNumber = 1;  // is added to the number of the members

}  // namespace protoflow::engine::packing
