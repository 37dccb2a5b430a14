// For whom a case counts among the `at most N cases` of a role: a pure function of its state. The
// runtime adds up those of all live cases.
#pragma once

#include <string>
#include <vector>

#include "engine/state/case_state.hpp"

namespace protoflow::engine {

struct Part {
  model::RoleId role;
  model::PartnerId partner;
  std::string person;  // of a volunteer; empty: the partner's

  friend bool operator==(const Part&, const Part&) = default;
};

/// Of roles with `at most N cases` only, each part once: the partner, or the volunteer, that has or
/// last had a step of the role, or that is bound to it. A case counts as long as it lives, so
/// nothing of a closed one.
[[nodiscard]] std::vector<Part> parts_of(const model::Protocol& protocol, const CaseState& state);

}  // namespace protoflow::engine
