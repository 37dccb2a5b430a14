// What a newly deployed version takes over from the one before it: the signatures of the partners
// for whom nothing changes, and the first day of the routines that go on as they were.
#pragma once

#include "engine/decide/decide.hpp"
#include "engine/partnership/partnership_state.hpp"

namespace protoflow::runtime {

struct EarlierVersion {
  const engine::Plan& plan;
  const engine::PartnershipState& state;
};

/// The first command of the partnership of `now`. Without an earlier version, every partner that
/// must sign is asked.
[[nodiscard]] engine::Command founding(const engine::Plan& now, const EarlierVersion* was);

}  // namespace protoflow::runtime
