#include "engine/partnership/partnership_alarm.hpp"
#include "engine/partnership/partnership_draft.hpp"

namespace protoflow::engine {

namespace {

// Every alarm that fires moves its own counter, so this many in one tick means a fault of ours, not
// a long absence.
constexpr int kAlarmsMax = 100'000;

Event about(const SignatureAlarm& alarm, EventKind kind) {
  return {.kind = kind, .happened = alarm.at, .partner = alarm.partner};
}

// What is signed stands until it lapses: so the answer is due by then.
void ask_again(PartnershipDraft& draft, const SignatureAlarm& alarm) {
  auto event = about(alarm, EventKind::partner_invited);
  event.participation =
      participation(draft.state[alarm.partner].state, ParticipationEvent::invite, 0).next;
  event.reminders = std::uint8_t{0};
  event.due = draft.state[alarm.partner].lapses;
  event.why = "renewal";
  draft.emit(std::move(event));
}

void remind(PartnershipDraft& draft, const SignatureAlarm& alarm) {
  auto event = about(alarm, EventKind::partner_reminded);
  event.reminders = static_cast<std::uint8_t>(draft.state[alarm.partner].reminders + 1);
  draft.emit(std::move(event));
}

void tell_late(PartnershipDraft& draft, const SignatureAlarm& alarm, EventKind kind) {
  auto event = about(alarm, kind);
  event.told = draft.protocol().coordinated_by;
  if (kind == EventKind::agreement_lapsed) {
    event.signed_at = model::kNever;
    event.lapses = model::kNever;
  }
  draft.emit(std::move(event));
}

void fire(PartnershipDraft& draft, const SignatureAlarm& alarm) {
  switch (alarm.kind) {
    case SignatureAlarmKind::none:
      return;
    case SignatureAlarmKind::leave: {
      Command command;
      command.happened = alarm.at;
      depart(draft, alarm.partner, command);
      return;
    }
    case SignatureAlarmKind::ask_again:
      ask_again(draft, alarm);
      return;
    case SignatureAlarmKind::remind:
      remind(draft, alarm);
      return;
    case SignatureAlarmKind::late:
      tell_late(draft, alarm, EventKind::agreement_late);
      return;
    case SignatureAlarmKind::lapse:
      tell_late(draft, alarm, EventKind::agreement_lapsed);
      return;
  }
}

void fire(PartnershipDraft& draft, const RoutineAlarm& alarm) {
  const auto answers = who_answers(draft);
  for (auto& event :
       fire(RoutineView{draft.plan, alarm.routine, draft.state[alarm.routine], answers}, alarm)) {
    draft.emit(std::move(event));
  }
}

}  // namespace

void tick(PartnershipDraft& draft, model::Instant now) {
  for (int fired = 0; fired < kAlarmsMax; ++fired) {
    const auto signature = earliest_signature_alarm(draft.plan, draft.state);
    const auto routine = earliest_routine_alarm(draft.plan, draft.state.routines);
    if (std::min(signature.at, routine.at) > now) {
      return;
    }
    if (signature.at <= routine.at) {
      fire(draft, signature);
    } else {
      fire(draft, routine);
    }
  }
}

model::Instant next_due(const Plan& plan, const PartnershipState& state) {
  return std::min(earliest_signature_alarm(plan, state).at,
                  earliest_routine_alarm(plan, state.routines).at);
}

}  // namespace protoflow::engine
