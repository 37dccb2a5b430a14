#include "engine/partnership/partnership_draft.hpp"

namespace protoflow::engine {

namespace {

// A chain of stand-ins is as long as the author makes it; past this depth the coordination answers.
constexpr int kStandInsMax = 8;

bool is_here(const PartnershipState& state, model::PartnerId partner) {
  return state[partner].state != ParticipationState::left;
}

model::PartnerId first_here(const model::Role& role, const PartnershipState& state) {
  if (role.binding != model::Binding::held_by && role.binding != model::Binding::volunteer_of) {
    return {};
  }
  for (const auto partner : role.partners) {
    if (is_here(state, partner)) {
      return partner;
    }
  }
  return {};
}

model::RoleId stand_in(const model::Protocol& protocol, const model::Role& role) {
  if (role.binding == model::Binding::chosen_by) {
    return role.chooser;
  }
  return role.binding == model::Binding::volunteer_of && role.supervisor.known()
             ? role.supervisor
             : protocol.coordinated_by;
}

// Everybody who coordinated has left: whoever is still here, and where nobody is, who was first.
model::PartnerId anybody(const PartnershipState& state) {
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    const model::PartnerId partner{static_cast<std::uint16_t>(i)};
    if (is_here(state, partner)) {
      return partner;
    }
  }
  return model::PartnerId{0};
}

}  // namespace

Holder holder(const model::Protocol& protocol, const PartnershipState& state, model::RoleId role) {
  Holder result{.role = role};
  for (int depth = 0; depth < kStandInsMax; ++depth) {
    const auto& current = protocol[result.role];
    result.partner = first_here(current, state);
    if (result.partner.known()) {
      return result;
    }
    result.role = stand_in(protocol, current);
  }
  result.role = protocol.coordinated_by;
  result.partner = anybody(state);
  return result;
}

WhoAnswers who_answers(const PartnershipDraft& draft) {
  return [&draft](model::RoleId role) { return holder(draft.protocol(), draft.state, role); };
}

}  // namespace protoflow::engine
