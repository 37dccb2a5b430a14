// What people do about a partner's part: the brief, the signature, the departure.
#include <algorithm>

#include "engine/model/limits.hpp"
#include "engine/partnership/partnership_alarm.hpp"
#include "engine/partnership/partnership_draft.hpp"

namespace protoflow::engine {

namespace {

// As many hexadecimal digits of a meaning hash as stand in the name of the stream.
constexpr std::size_t kDigitsMin = 16;

PartnershipDone refuse(RefusalCode code, model::PartnerId partner = {}) {
  return std::unexpected(Refusal{.code = code, .partner = partner});
}

bool is_of(const Command& command, model::PartnerId partner) {
  return !command.actor.person.empty() && command.actor.partner == partner;
}

bool coordinates(const PartnershipDraft& draft, const Actor& actor) {
  const auto answers = holder(draft.protocol(), draft.state, draft.protocol().coordinated_by);
  return actor.partner == answers.partner &&
         std::ranges::find(actor.plays, answers.role) != actor.plays.end();
}

PartnershipDone refuse_coordination(const PartnershipDraft& draft) {
  const auto answers = holder(draft.protocol(), draft.state, draft.protocol().coordinated_by);
  return std::unexpected(
      Refusal{.code = RefusalCode::not_yours, .role = answers.role, .partner = answers.partner});
}

bool is_this_text(const Plan& plan, const std::string& meaning) {
  return meaning.size() >= kDigitsMin && plan.meaning_hash.starts_with(meaning);
}

std::expected<Event, Refusal> change(const PartnershipDraft& draft,
                                     const Command& command,
                                     EventKind kind,
                                     ParticipationEvent what) {
  const auto facts = is_this_text(draft.plan, command.meaning) ? participation_fact::names_this_text
                                                               : std::uint8_t{0};
  const auto cell = participation(draft.state[command.partner].state, what, facts);
  if (cell.verdict == Verdict::refused) {
    return std::unexpected(Refusal{.code = RefusalCode::other_text, .partner = command.partner});
  }
  if (cell.verdict == Verdict::impossible) {
    return std::unexpected(
        Refusal{.code = RefusalCode::no_signature_awaited, .partner = command.partner});
  }
  return Event{.kind = kind,
               .happened = command.happened,
               .actor = command.actor,
               .participation = cell.next,
               .partner = command.partner};
}

// Those of partners that have left.
void reassign_routines(PartnershipDraft& draft, model::Instant at, const std::string& why) {
  const auto answers = who_answers(draft);
  for (std::size_t i = 0; i < draft.state.routines.size(); ++i) {
    const model::RoutineId id{static_cast<std::uint16_t>(i)};
    const auto& routine = draft.state[id];
    if (!is_ahead(routine.state) ||
        draft.state[routine.partner].state != ParticipationState::left) {
      continue;
    }
    if (auto event = reassign({draft.plan, id, routine, answers}, at, why)) {
      draft.emit(std::move(*event));
    }
  }
}

PartnershipDone invite_again(PartnershipDraft& draft, const Command& command) {
  if (!coordinates(draft, command.actor)) {
    return refuse_coordination(draft);
  }
  const auto state = draft.state[command.partner].state;
  if (!must_sign(draft.protocol(), command.partner) || state != ParticipationState::left) {
    return refuse(RefusalCode::no_signature_awaited, command.partner);
  }
  invite(draft, command.partner, command.actor, command.happened);
  reassign_routines(draft, command.happened, "partner_back");
  return {};
}

PartnershipDone brief(PartnershipDraft& draft, const Command& command) {
  if (!is_of(command, command.partner) && !coordinates(draft, command.actor)) {
    return refuse(RefusalCode::not_this_partner, command.partner);
  }
  auto event = change(draft, command, EventKind::partner_briefed, ParticipationEvent::brief);
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  return {};
}

// A renewal that is signed ahead begins when what was signed before would have lapsed.
PartnershipDone agree(PartnershipDraft& draft, const Command& command) {
  if (!is_of(command, command.partner)) {
    return refuse(RefusalCode::not_this_partner, command.partner);
  }
  auto event = change(draft, command, EventKind::partner_agreed, ParticipationEvent::agree);
  if (!event) {
    return std::unexpected(event.error());
  }
  const auto& part = draft.state[command.partner];
  const bool ahead = part.signed_at != model::kNever && part.lapses != model::kNever;
  event->signed_at = command.happened;
  event->lapses =
      lapse_of(draft.plan, ahead ? std::max(part.lapses, command.happened) : command.happened);
  event->due = model::kNever;
  event->meaning = draft.plan.meaning_hash;
  draft.emit(std::move(*event));
  return {};
}

PartnershipDone leave(PartnershipDraft& draft, const Command& command, model::Instant now) {
  if (!is_of(command, command.partner)) {
    return refuse(RefusalCode::not_this_partner, command.partner);
  }
  if (command.reason.empty()) {
    return refuse(RefusalCode::why_needed, command.partner);
  }
  if (command.reason.size() > model::kSaidTextMax) {
    return refuse(RefusalCode::text_too_long, command.partner);
  }
  if (draft.state[command.partner].state == ParticipationState::left) {
    return refuse(RefusalCode::not_possible_now, command.partner);
  }
  if (command.date == model::kNever || command.date <= now) {
    depart(draft, command.partner, command);
    return {};
  }
  draft.emit({.kind = EventKind::partner_leaving,
              .happened = command.happened,
              .actor = command.actor,
              .leaves = command.date,
              .partner = command.partner,
              .told = draft.protocol().coordinated_by,
              .reason = command.reason});
  return {};
}

}  // namespace

void depart(PartnershipDraft& draft, model::PartnerId partner, const Command& command) {
  draft.emit({.kind = EventKind::partner_left,
              .happened = command.happened,
              .actor = command.actor,
              .participation =
                  participation(draft.state[partner].state, ParticipationEvent::leave, 0).next,
              .due = model::kNever,
              .signed_at = model::kNever,
              .lapses = model::kNever,
              .leaves = model::kNever,
              .partner = partner,
              .told = draft.protocol().coordinated_by,
              .reason = command.reason});
  reassign_routines(draft, command.happened, "partner_left");
}

PartnershipDone decide_on_partner(PartnershipDraft& draft,
                                  const Command& command,
                                  model::Instant now) {
  if (command.kind == CommandKind::invite_partner) {
    return invite_again(draft, command);
  }
  if (command.kind == CommandKind::brief_partner) {
    return brief(draft, command);
  }
  return command.kind == CommandKind::agree ? agree(draft, command) : leave(draft, command, now);
}

}  // namespace protoflow::engine
