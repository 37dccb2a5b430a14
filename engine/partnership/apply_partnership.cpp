#include "engine/partnership/partnership.hpp"
#include "engine/routine/apply_routine.hpp"

namespace protoflow::engine {

namespace {

void apply_question(Participation& part, const Event& event) {
  part.answer_due = event.due.value_or(part.answer_due);
  part.signed_at = event.signed_at.value_or(part.signed_at);
  part.lapses = event.lapses.value_or(part.lapses);
  part.leaves = event.leaves.value_or(part.leaves);
  part.reminders = event.reminders.value_or(part.reminders);
  if (event.kind == EventKind::partner_invited) {
    part.asked = event.happened;
  }
  const bool tells =
      event.kind == EventKind::agreement_late || event.kind == EventKind::agreement_lapsed;
  part.late =
      tells || (part.late && (!event.participation || event.kind == EventKind::partner_briefed));
}

void apply_participation(PartnershipState& state, const Event& event) {
  auto& part = state.participations[event.partner.value];
  if (event.participation) {
    part.state = *event.participation;
    part.since = event.happened;
    part.since_version = state.version;
  }
  apply_question(part, event);
}

}  // namespace

void apply(PartnershipState& state, const Event& event) {
  ++state.version;
  state.status = event.partnership.value_or(state.status);
  if (event.kind == EventKind::partnership_founded) {
    state.founded = event.happened;
  } else if (event.kind == EventKind::remark_made) {
    state.remarks.push_back(remark_of(event, state.version));
  } else if (event.routine.known()) {
    apply(state.routines[event.routine.value], event, state.version);
  } else if (event.partner.known()) {
    apply_participation(state, event);
  }
}

}  // namespace protoflow::engine
