// A step's review by a second role. The reviewer is never the doer, silence is never approval, and
// every return is counted. Persisted names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/lifecycle/cell.hpp"

namespace protoflow::engine {

enum class ReviewState : std::uint8_t {
  none,
  requested,
  reviewing,
  recused,
  approved,
  approved_with_reservations,
  returned,
  lapsed
};

enum class ReviewEvent : std::uint8_t {
  request,  // the step was completed (again)
  begin,    // a person takes the review
  recuse,   // this person cannot judge: another one of the role must
  approve,
  approve_with_reservations,
  give_back,  // with points to rework
  lapse,      // nobody reviewed it in time; someone above decides. Never an approval
  withdraw,   // the step is withdrawn
};

inline constexpr std::array<std::string_view, 8> kReviewStateNames = {"none",
                                                                      "requested",
                                                                      "reviewing",
                                                                      "recused",
                                                                      "approved",
                                                                      "approved_with_reservations",
                                                                      "returned",
                                                                      "lapsed"};
inline constexpr std::array<std::string_view, 8> kReviewEventNames = {"request",
                                                                      "begin",
                                                                      "recuse",
                                                                      "approve",
                                                                      "approve_with_reservations",
                                                                      "give_back",
                                                                      "lapse",
                                                                      "withdraw"};

namespace review_fact {
inline constexpr std::uint8_t not_the_doer = 1;
inline constexpr std::uint8_t returns_left = 2;
inline constexpr std::uint8_t not_twice = 4;  // judges this work for no other role
inline constexpr std::uint8_t all = 7;
}  // namespace review_fact

/// begin, approve, approve_with_reservations and give_back need not_the_doer and not_twice;
/// give_back also needs returns_left. They are possible from requested, reviewing and lapsed
/// (deciding late is still deciding). recused + request is requested.
[[nodiscard]] Cell<ReviewState> review(ReviewState state,
                                       ReviewEvent event,
                                       std::uint8_t facts) noexcept;

}  // namespace protoflow::engine
