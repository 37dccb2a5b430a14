// Who owes what, by when, to whom: for every open step, review and referral of a case, at the
// instant of the state. The list is total: as long as something is open, an accountable partner
// stands beside it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/state/case_state.hpp"

namespace protoflow::engine {

enum class DutyKind : std::uint8_t {
  step,    // do the step
  review,  // review it
  choose,  // find a partner for a role that an open step needs
  answer,  // say yes or no to a referral
};

inline constexpr std::array<std::string_view, 4> kDutyKindNames = {
    "step", "review", "choose", "answer"};

struct Duty {
  DutyKind kind = DutyKind::step;
  model::StepId step;        // step, review
  model::RoleId binding;     // choose, answer: the role to bind
  model::RoleId role;        // accountable
  model::PartnerId partner;  // accountable; always known
  std::string person;        // by name, or empty: the role
  WorkState work = WorkState::waiting;
  TimeState time = TimeState::no_deadline;
  model::Instant due = model::kNever;
  model::Instant since = model::kNever;
  std::uint32_t since_version = 0;  // the event that made them accountable
  std::uint32_t line = 0;           // the line of the protocol that says so; 0: none of its own
};

/// In order of declaration: steps and their reviews, then referrals. Empty unless the case is
/// running or paused.
[[nodiscard]] std::vector<Duty> duties(const model::Protocol& protocol, const CaseState& state);

}  // namespace protoflow::engine
