#include "engine/decide/alarm.hpp"
#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"

namespace protoflow::engine {

namespace {

// Every alarm that fires moves its own counter, so this many in one tick means a fault of ours, not
// a long absence.
constexpr int kAlarmsMax = 100'000;

void remind(Draft& draft, const Alarm& alarm) {
  auto event =
      change(draft,
             {.step = alarm.step, .kind = EventKind::step_reminded, .time = TimeEvent::remind},
             {},
             alarm.at);
  event->reminders = static_cast<std::uint8_t>(draft.state[alarm.step].reminders + 1);
  draft.emit(std::move(*event));
}

void fall_due(Draft& draft, const Alarm& alarm) {
  auto event =
      change(draft,
             {.step = alarm.step, .kind = EventKind::step_late, .time = TimeEvent::fall_due},
             {},
             alarm.at);
  event->late_rules = 0;
  draft.emit(std::move(*event));
}

// Whoever has it through an earlier escalation to the same role keeps it.
void escalate(Draft& draft, const Alarm& alarm, const model::LateRule& rule, Event event) {
  const auto& state = draft.state[alarm.step];
  event.kind = EventKind::step_escalated;
  event.time = time(state.time, TimeEvent::escalate, 0).next;
  event.why = "late";
  if (state.entrusted != rule.role) {
    event.deputy = std::uint8_t{0};
    event.role = rule.role;
    event.partner = holder(draft.protocol(), draft.state, rule.role).partner;
    event.person = "";
    event.offer_due = model::kNever;
    event.responsibility =
        responsibility(state.responsibility, ResponsibilityEvent::assign, 0).next;
    end_hand_over(state, event);
  }
  draft.emit(std::move(event));
}

void settle_by_silence(Draft& draft, const Alarm& alarm, const model::LateRule& rule) {
  auto event = change(draft,
                      {.step = alarm.step,
                       .kind = EventKind::step_settled,
                       .work = WorkEvent::settle,
                       .time = TimeEvent::finish,
                       .responsibility = ResponsibilityEvent::close},
                      {},
                      alarm.at);
  event->late_rules = static_cast<std::uint8_t>(draft.state[alarm.step].late_rules + 1);
  event->outcome = rule.outcome;
  event->why = "silence";
  count_reopening(draft, *event);
  draft.emit(std::move(*event));
}

// All that silence settles at one instant is settled before anything follows from it: the order of
// declaration decides nothing.
void settle_silent_steps(Draft& draft, const Alarm& first) {
  std::vector<model::StepId> settled;
  for (auto alarm = first; alarm.kind == AlarmKind::silence && alarm.at == first.at;
       alarm = earliest_alarm(draft.plan, draft.state)) {
    const auto& rules = draft.protocol()[alarm.step].late;
    settle_by_silence(draft, alarm, rules[draft.state[alarm.step].late_rules]);
    settled.push_back(alarm.step);
  }
  settle_consequences(draft, settled, first.at);
  follow(draft, first.at);
}

void late_rule(Draft& draft, const Alarm& alarm) {
  const auto& state = draft.state[alarm.step];
  const auto& rule = draft.protocol()[alarm.step].late[state.late_rules];
  Event event{.kind = EventKind::lateness_told,
              .happened = alarm.at,
              .step = alarm.step,
              .late_rules = static_cast<std::uint8_t>(state.late_rules + 1)};
  switch (rule.action) {
    case model::LateAction::tell:
      event.told = rule.role;
      draft.emit(std::move(event));
      return;
    case model::LateAction::escalate:
      escalate(draft, alarm, rule, std::move(event));
      return;
    case model::LateAction::settle:
      return;  // an alarm of its own: silence
  }
}

void expire_offer(Draft& draft, const Alarm& alarm) {
  Command silence;
  silence.happened = alarm.at;
  if (pass_on(draft, alarm.step, EventKind::step_offer_expired, silence)) {
    move_deadline(draft, alarm.step, alarm.at);
  } else {
    // Nobody else could answer: the offer stays where it is and is not owed by a date any more.
    draft.emit({.kind = EventKind::step_offer_expired,
                .happened = alarm.at,
                .step = alarm.step,
                .offer_due = model::kNever,
                .why = "nobody_else"});
  }
}

void lapse_review(Draft& draft, const Alarm& alarm) {
  auto event =
      change(draft,
             {.step = alarm.step, .kind = EventKind::review_late, .review = ReviewEvent::lapse},
             {},
             alarm.at);
  event->told = draft.protocol().coordinated_by;
  if (draft.protocol()[alarm.step].review->by.size() > 1) {
    for (const auto& reviewer : reviewers_of(draft.protocol(), draft.state, alarm.step)) {
      const auto cell = review(reviewer.review, ReviewEvent::lapse, 0);
      if (cell.verdict == Verdict::possible) {
        event->reviewers.push_back({.role = reviewer.role, .review = cell.next});
      }
    }
  }
  draft.emit(std::move(*event));
}

void end_hold(Draft& draft, const Alarm& alarm) {
  auto event =
      change(draft,
             {.step = alarm.step, .kind = EventKind::step_resumed, .work = WorkEvent::resume},
             {},
             alarm.at);
  restart_clock(draft, *event, alarm.at - draft.state[alarm.step].held_since);
  event->held = draft.state[alarm.step].held + (alarm.at - draft.state[alarm.step].held_since);
  event->why = "hold_over";
  draft.emit(std::move(*event));
  follow(draft, alarm.at);
}

void expire_referral(Draft& draft, const Alarm& alarm) {
  const auto& binding = draft.state.referrals[alarm.role.value];
  draft.emit({.kind = EventKind::referral_expired,
              .happened = alarm.at,
              .binding = alarm.role,
              .referral = referral(binding.state, ReferralEvent::expire, 0).next,
              .due = model::kNever,
              .partner = binding.partner,
              .why = "no_answer"});
}

void tell_of_consent(Draft& draft, const Alarm& alarm, EventKind kind) {
  draft.emit({.kind = kind, .happened = alarm.at, .consent = alarm.consent});
}

void fire(Draft& draft, const Alarm& alarm) {
  switch (alarm.kind) {
    case AlarmKind::none:
      return;
    case AlarmKind::offer_expires:
      expire_offer(draft, alarm);
      return;
    case AlarmKind::remind:
      remind(draft, alarm);
      return;
    case AlarmKind::fall_due:
      fall_due(draft, alarm);
      return;
    case AlarmKind::late_rule:
      late_rule(draft, alarm);
      return;
    case AlarmKind::review_due:
      lapse_review(draft, alarm);
      return;
    case AlarmKind::hold_ends:
      end_hold(draft, alarm);
      return;
    case AlarmKind::referral_expires:
      expire_referral(draft, alarm);
      return;
    case AlarmKind::hand_over_expires:
      expire_hand_over(draft, alarm.step, alarm.at);
      return;
    case AlarmKind::delegation_ends:
      end_delegation(draft, alarm.step, alarm.at);
      replace_absent(draft, alarm.at);
      return;
    case AlarmKind::task_late:
      draft.emit(late_task(draft.state.tasks[alarm.task], draft.protocol().coordinated_by));
      return;
    case AlarmKind::silence:
      settle_silent_steps(draft, alarm);
      return;
    case AlarmKind::routine:
      fire_routine_alarm(draft);
      return;
    case AlarmKind::next_round:
      follow(draft, alarm.at);
      return;
    case AlarmKind::consent_reminder:
      tell_of_consent(draft, alarm, EventKind::consent_reminded);
      return;
    case AlarmKind::consent_expires:
      tell_of_consent(draft, alarm, EventKind::consent_expired);
      follow(draft, alarm.at);
      return;
    case AlarmKind::absence_begins:
      begin_absence(draft, alarm.person, alarm.at);
      return;
    case AlarmKind::absence_ends:
      end_absence(draft, alarm.person, {}, alarm.at);
      return;
  }
}

}  // namespace

void tick(Draft& draft, model::Instant now) {
  for (int fired = 0; fired < kAlarmsMax; ++fired) {
    const auto alarm = earliest_alarm(draft.plan, draft.state);
    if (alarm.kind == AlarmKind::none || alarm.at > now) {
      return;
    }
    fire(draft, alarm);
  }
}

}  // namespace protoflow::engine
