#include <algorithm>

#include "engine/partnership/partnership_alarm.hpp"
#include "engine/partnership/partnership_draft.hpp"

namespace protoflow::engine {

namespace {

// What it signed stands, unless it has lapsed meanwhile.
bool keep(PartnershipDraft& draft, model::PartnerId partner, const Command& command) {
  const auto kept = std::ranges::find(command.kept, partner, &KeptSignature::partner);
  if (kept == command.kept.end()) {
    return false;
  }
  const auto lapses = lapse_of(draft.plan, kept->signed_at);
  if (lapses <= command.happened) {
    return false;
  }
  draft.emit(
      {.kind = EventKind::partner_kept,
       .happened = command.happened,
       .participation = participation(draft.state[partner].state, ParticipationEvent::keep, 0).next,
       .signed_at = kept->signed_at,
       .lapses = lapses,
       .partner = partner});
  return true;
}

void begin_routine(PartnershipDraft& draft, model::RoutineId id, const Command& command) {
  const auto kept = std::ranges::find(command.kept_routines, id, &KeptRoutine::routine);
  const auto counted_from =
      kept == command.kept_routines.end() ? command.happened : kept->counted_from;
  const auto answers = who_answers(draft);
  draft.emit(
      plan_first({draft.plan, id, draft.state[id], answers}, command.happened, counted_from));
}

// Deployed again after another version: what was signed stands as far as it has not lapsed, and the
// routines go on as they were counted.
void restore_routines(PartnershipDraft& draft, model::Instant at) {
  const auto answers = who_answers(draft);
  for (std::size_t i = 0; i < draft.state.routines.size(); ++i) {
    const model::RoutineId id{static_cast<std::uint16_t>(i)};
    if (draft.state[id].state == OccurrenceState::withdrawn) {
      draft.emit(plan_restored({draft.plan, id, draft.state[id], answers}, at));
    }
  }
}

}  // namespace

void invite(PartnershipDraft& draft,
            model::PartnerId partner,
            const Actor& actor,
            model::Instant at) {
  draft.emit({.kind = EventKind::partner_invited,
              .happened = at,
              .actor = actor,
              .participation =
                  participation(draft.state[partner].state, ParticipationEvent::invite, 0).next,
              .reminders = std::uint8_t{0},
              .due = answer_due(draft.plan, at),
              .partner = partner});
}

PartnershipDone found(PartnershipDraft& draft, const Command& command) {
  const bool again = draft.state.status == PartnershipStatus::superseded;
  draft.emit({.kind = EventKind::partnership_founded,
              .happened = command.happened,
              .actor = command.actor,
              .partnership = PartnershipStatus::founded});
  if (again) {
    restore_routines(draft, command.happened);
    return {};
  }
  const auto& protocol = draft.protocol();
  for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
    const model::PartnerId partner{static_cast<std::uint16_t>(i)};
    if (must_sign(protocol, partner) && !keep(draft, partner, command)) {
      invite(draft, partner, {}, command.happened);
    }
  }
  for (std::size_t i = 0; i < protocol.routines.size(); ++i) {
    if (!protocol.routines[i].for_each_case) {
      begin_routine(draft, {static_cast<std::uint16_t>(i)}, command);
    }
  }
  return {};
}

}  // namespace protoflow::engine
