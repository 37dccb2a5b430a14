#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// A chain of stand-ins is as long as the author makes it; past this depth the coordination answers.
constexpr int kStandInsMax = 8;

struct Next {
  model::RoleId role;
  std::uint8_t passed = 0;
};

std::uint8_t partners_of(const model::Role& role) {
  switch (role.binding) {
    case model::Binding::held_by:
      return static_cast<std::uint8_t>(role.partners.size());
    case model::Binding::beneficiary:
    case model::Binding::chosen_by:
    case model::Binding::volunteer_of:
      return 1;
  }
  return 1;
}

model::RoleId stand_in(const model::Protocol& protocol, const model::Role& role) {
  return role.binding == model::Binding::volunteer_of && role.supervisor.known()
             ? role.supervisor
             : protocol.coordinated_by;
}

bool is_bound(const CaseState& state, model::RoleId role) {
  return state.referrals[role.value].state == ReferralState::accepted;
}

}  // namespace

Holder holder(const model::Protocol& protocol,
              const CaseState& state,
              model::RoleId role,
              std::uint8_t passed) {
  Holder result{.role = role};
  Next next{.role = role, .passed = passed};
  for (int depth = 0; depth < kStandInsMax; ++depth) {
    const auto& current = protocol[next.role];
    if (next.passed >= partners_of(current)) {
      next = {.role = stand_in(protocol, current)};
      result.role = next.role;
    } else if (current.binding == model::Binding::beneficiary) {
      next = {.role = protocol.coordinated_by};
    } else if (current.binding != model::Binding::chosen_by) {
      result.partner = current.partners[next.passed];
      return result;
    } else if (is_bound(state, next.role)) {
      result.partner = state.referrals[next.role.value].partner;
      return result;
    } else {
      result.waits_for_referral = true;
      next = {.role = current.chooser};
    }
  }
  result.partner = model::PartnerId{0};
  return result;
}

bool somebody_else(const model::Protocol& protocol,
                   const CaseState& state,
                   model::RoleId role,
                   std::uint8_t passed) {
  const auto now = holder(protocol, state, role, passed);
  const auto then = holder(protocol, state, role, static_cast<std::uint8_t>(passed + 1));
  return now.role != then.role || now.partner != then.partner;
}

}  // namespace protoflow::engine
