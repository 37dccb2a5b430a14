// What writing and reading a packed case share: the members that need not be said, and numbers.
// Private to engine/packed.
#pragma once

#include <chrono>
#include <cstdint>
#include <type_traits>

#include "engine/state/case_state.hpp"

namespace protoflow::engine::packing {

using model::Instant;

// -- what need not be said
// A member that is equal to one of its neighbours says only that. Most steps are then as the one
// before them.

constexpr Instant kSame = model::kNever - std::chrono::milliseconds(1);

template <class Member>
constexpr Member same_as_neighbour() {
  if constexpr (std::is_same_v<Member, Instant>) {
    return kSame;
  } else {
    return Member{Member::kNone - 1};
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
  leave_out(step.role, step.entrusted);
  leave_out(step.doer_partner, step.partner);
  leave_out(step.doer, step.person);
}

inline void put_back_the_same(StepState& step) {
  put_back(step.doer, step.person);
  put_back(step.doer_partner, step.partner);
  put_back(step.role, step.entrusted);
  put_back(step.armed, step.opened);
  put_back(step.settled, step.completed);
  put_back(step.since, step.settled);
}

template <class Any>
inline void leave_out_the_same(Any&) {}

template <class Any>
inline void put_back_the_same(Any&) {}

// -- numbers

constexpr std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U);
}

constexpr std::int64_t from_zigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1U) ^ -static_cast<std::int64_t>(number & 1U);
}

}  // namespace protoflow::engine::packing
