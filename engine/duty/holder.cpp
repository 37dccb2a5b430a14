#include "engine/duty/holder.hpp"

#include <algorithm>

namespace protoflow::engine {

namespace {

// A chain of stand-ins is as long as the author makes it; past this depth the coordination answers.
constexpr int kStandInsMax = 8;

struct Next {
  model::RoleId role;
  std::uint8_t passed = 0;
};

// The partners of a role in one case, in their order.
struct Turns {
  model::RoleId role;
  const model::Role& declared;
  const CaseState& state;
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

// Who answers at this place of the role: its partner, or whoever has taken the role over from it in
// this case.
model::PartnerId answers_at(const Turns& turns, std::size_t place) {
  auto partner = turns.declared.partners[place];
  for (const auto& taken : turns.state.taken_over) {
    const bool in_its_place = taken.role == turns.role && taken.giver == partner;
    partner =
        in_its_place && may_be_offered(turns.state, taken.receiver) ? taken.receiver : partner;
  }
  return partner;
}

// Whoever stands in another's place is not asked again at its own.
bool was_asked(const Turns& turns, std::size_t place) {
  const auto partner = answers_at(turns, place);
  for (std::size_t before = 0; !turns.state.taken_over.empty() && before < place; ++before) {
    if (answers_at(turns, before) == partner) {
      return true;
    }
  }
  return false;
}

// The place of the first partner of the role, from `passed` on, that may be offered anything.
std::uint8_t place_of(const Turns& turns, std::uint8_t passed) {
  const auto binding = turns.declared.binding;
  const bool in_turn =
      binding == model::Binding::held_by || binding == model::Binding::volunteer_of;
  while (in_turn && passed < partners_of(turns.declared) &&
         (!may_be_offered(turns.state, answers_at(turns, passed)) || was_asked(turns, passed))) {
    ++passed;
  }
  return passed;
}

model::PartnerId first_still_here(const model::Protocol& protocol, const CaseState& state) {
  for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
    const model::PartnerId partner{static_cast<std::uint16_t>(i)};
    if (!has_left(state, partner)) {
      return partner;
    }
  }
  return model::PartnerId{0};
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
    const Turns turns{.role = next.role, .declared = current, .state = state};
    next.passed = place_of(turns, next.passed);
    if (next.passed >= partners_of(current)) {
      next = {.role = stand_in(protocol, current)};
      result.role = next.role;
    } else if (current.binding == model::Binding::beneficiary) {
      next = {.role = protocol.coordinated_by};
    } else if (current.binding != model::Binding::chosen_by) {
      result.partner = answers_at(turns, next.passed);
      return result;
    } else if (is_bound(state, next.role)) {
      result.partner = state.referrals[next.role.value].partner;
      return result;
    } else {
      result.waits_for_referral = true;
      next = {.role = current.chooser};
    }
  }
  // Nobody else may be offered anything: the coordination still answers, or whoever is still here.
  const auto& last = protocol[protocol.coordinated_by].partners;
  const auto still = std::ranges::find_if(
      last, [&](model::PartnerId partner) { return !has_left(state, partner); });
  result.role = protocol.coordinated_by;
  result.partner = still != last.end() ? *still : first_still_here(protocol, state);
  return result;
}

bool may_be_offered(const CaseState& state, model::PartnerId partner) {
  return !has_left(state, partner) &&
         std::ranges::find(state.unsigned_by, partner) == state.unsigned_by.end();
}

std::optional<std::uint8_t> next_in_turn(const model::Protocol& protocol,
                                         const CaseState& state,
                                         model::RoleId role,
                                         std::uint8_t passed) {
  const auto now = holder(protocol, state, role, passed);
  for (int next = passed + 1; next <= partners_of(protocol[role]); ++next) {
    const auto turn = static_cast<std::uint8_t>(next);
    const auto then = holder(protocol, state, role, turn);
    if (now.role != then.role || now.partner != then.partner) {
      return turn;
    }
  }
  return std::nullopt;
}

bool somebody_else(const model::Protocol& protocol,
                   const CaseState& state,
                   model::RoleId role,
                   std::uint8_t passed) {
  return next_in_turn(protocol, state, role, passed).has_value();
}

}  // namespace protoflow::engine
