#include "engine/partnership/partnership_state.hpp"

#include <algorithm>

#include "engine/routine/describe_routine.hpp"
#include "engine/state/describing.hpp"

namespace protoflow::engine {

namespace {

void describe_participation(std::string& text,
                            const model::Partner& partner,
                            const Participation& state) {
  text.append("partner ").append(partner.name);
  add(text, "state", name_of(state.state, kParticipationStateNames));
  add_number(text, "reminders", state.reminders);
  add_number(text, "late", state.late ? 1 : 0);
  add_number(text, "since_version", state.since_version);
  add_instant(text, "since", state.since);
  add_instant(text, "asked", state.asked);
  add_instant(text, "answer_due", state.answer_due);
  add_instant(text, "signed_at", state.signed_at);
  add_instant(text, "lapses", state.lapses);
  add_instant(text, "leaves", state.leaves);
  text.append("\n");
}

}  // namespace

PartnershipState empty_partnership(const model::Protocol& protocol) {
  PartnershipState state;
  state.participations.resize(protocol.partners.size());
  state.routines.resize(protocol.routines.size());
  return state;
}

bool must_sign(const model::Protocol& protocol, model::PartnerId partner) {
  const auto& agreement = protocol.agreement;
  return agreement &&
         (agreement->by_all_partners ||
          std::ranges::find(agreement->partners, partner) != agreement->partners.end());
}

bool takes_part(const model::Protocol& protocol,
                const PartnershipState& state,
                model::PartnerId partner) {
  const auto& part = state[partner];
  return part.state != ParticipationState::left &&
         (!must_sign(protocol, partner) || part.signed_at != model::kNever);
}

std::string describe(const PartnershipState& state, const model::Protocol& protocol) {
  std::string text = "partnership";
  add(text, "status", name_of(state.status, kPartnershipStatusNames));
  add_number(text, "version", state.version);
  add_instant(text, "founded", state.founded);
  text.append("\n");
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    describe_participation(text, protocol.partners[i], state.participations[i]);
  }
  for (std::size_t i = 0; i < state.routines.size(); ++i) {
    describe_routine(text, protocol.routines[i], state.routines[i], protocol);
  }
  for (const auto& remark : state.remarks) {
    describe_remark(text, remark, protocol);
  }
  return text;
}

}  // namespace protoflow::engine
