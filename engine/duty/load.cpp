#include "engine/duty/load.hpp"

#include <algorithm>

namespace protoflow::engine {

namespace {

bool counts_persons(const model::Role& role) {
  return role.binding == model::Binding::volunteer_of;
}

void add(std::vector<Part>& parts, Part part) {
  if (std::ranges::find(parts, part) == parts.end()) {
    parts.push_back(std::move(part));
  }
}

}  // namespace

std::vector<Part> parts_of(const model::Protocol& protocol, const CaseState& state) {
  std::vector<Part> parts;
  if (!is_running(state.status) && state.status != CaseStatus::paused) {
    return parts;
  }
  for (const auto& step : state.steps) {
    const bool is_limited = step.role.known() && protocol[step.role].cases_max;
    if (!is_limited || protocol[step.role].binding == model::Binding::chosen_by) {
      continue;  // a role chosen by referral counts once a partner has accepted it
    }
    const bool by_name = counts_persons(protocol[step.role]);
    if (!by_name) {
      add(parts, {.role = step.role, .partner = step.partner});
    } else if (step.person.known()) {
      add(parts,
          {.role = step.role,
           .partner = step.partner,
           .person = std::string(state.person(step.person))});
    }
  }
  for (std::size_t i = 0; i < state.referrals.size(); ++i) {
    const auto& binding = state.referrals[i];
    if (binding.state == ReferralState::accepted && protocol.roles[i].cases_max) {
      add(parts, {.role = {static_cast<std::uint16_t>(i)}, .partner = binding.partner});
    }
  }
  return parts;
}

}  // namespace protoflow::engine
