#include "engine/partnership/partnership.hpp"
#include "engine/routine/routine_notice.hpp"

namespace protoflow::engine {

namespace {

bool is_awaited(const Participation& part) {
  return part.state == ParticipationState::invited || part.state == ParticipationState::briefed;
}

Duty sign_duty(const model::Protocol& protocol,
               model::PartnerId partner,
               const Participation& part) {
  return {.kind = DutyKind::sign,
          .role = role_of(protocol, partner),
          .partner = partner,
          .time = part.late ? TimeState::late : TimeState::calm,
          .due = part.answer_due,
          .since = part.since,
          .since_version = part.since_version};
}

}  // namespace

std::vector<Duty> duties(const model::Protocol& protocol, const PartnershipState& state) {
  std::vector<Duty> list;
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    if (state.status == PartnershipStatus::founded && is_awaited(state.participations[i])) {
      list.push_back(sign_duty(protocol, {static_cast<std::uint16_t>(i)}, state.participations[i]));
    }
  }
  for (std::size_t i = 0; i < state.routines.size(); ++i) {
    if (is_ahead(state.routines[i].state)) {
      list.push_back(routine_duty(protocol, {static_cast<std::uint16_t>(i)}, state.routines[i]));
    }
  }
  return list;
}

}  // namespace protoflow::engine
