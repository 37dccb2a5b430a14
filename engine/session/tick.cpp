// What time does to a session.
#include <tuple>

#include "engine/decide/task.hpp"
#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

constexpr model::Duration kRemindBefore{1, model::DurationUnit::working_days};
constexpr model::Duration kHostToldAfter{2, model::DurationUnit::working_days};
constexpr model::Duration kCoordinationToldAfter{4, model::DurationUnit::working_days};
constexpr std::uint8_t kToldMax = 2;  // the host, then the coordination

// Every alarm that fires moves its own mark, so this many in one tick means a fault of ours.
constexpr int kAlarmsMax = 10'000;

enum class SessionAlarm : std::uint8_t { none, remind, start, task_late, attendance_late };

struct Due {
  SessionAlarm kind = SessionAlarm::none;
  model::Instant at = model::kNever;
  std::size_t task = 0;  // task_late only
};

void keep_earlier(Due& best, const Due& other) {
  if (other.at != model::kNever &&
      (best.kind == SessionAlarm::none ||
       std::tie(other.at, other.kind) < std::tie(best.at, best.kind))) {
    best = other;
  }
}

// A session that is planned after the reminder would have gone needs none.
void look_at_start(Due& best, const Plan& plan, const SessionState& state) {
  const auto reminder = ahead_of(state.at, kRemindBefore, plan.work_time);
  if (!state.reminded && reminder > state.armed) {
    keep_earlier(best, {.kind = SessionAlarm::remind, .at = reminder});
  }
  keep_earlier(best, {.kind = SessionAlarm::start, .at = state.at});
}

void look_at_attendance(Due& best, const Plan& plan, const SessionState& state) {
  if (state.late_rules < kToldMax) {
    const auto& after = state.late_rules == 0 ? kHostToldAfter : kCoordinationToldAfter;
    keep_earlier(
        best,
        {.kind = SessionAlarm::attendance_late, .at = due_after(state.at, after, plan.work_time)});
  }
}

Due earliest(const Plan& plan, const SessionState& state) {
  Due best;
  if (state.status == SessionStatus::planned) {
    look_at_start(best, plan, state);
  }
  if (state.status == SessionStatus::open ||
      (state.status == SessionStatus::held && !all_recorded(state))) {
    look_at_attendance(best, plan, state);
  }
  for (std::size_t i = 0; i < state.tasks.size(); ++i) {
    keep_earlier(best, {.kind = SessionAlarm::task_late, .at = late_at(state.tasks[i]), .task = i});
  }
  return best;
}

void tell_late(SessionDraft& draft, model::Instant at) {
  const bool host_knows = draft.state.late_rules > 0;
  draft.emit({.kind = EventKind::attendance_late,
              .happened = at,
              .late_rules = static_cast<std::uint8_t>(draft.state.late_rules + 1),
              .told = host_knows ? draft.protocol().coordinated_by : draft.declared().hosted_by});
}

void fire(SessionDraft& draft, const Due& due) {
  switch (due.kind) {
    case SessionAlarm::none:
      return;
    case SessionAlarm::remind:
      draft.emit({.kind = EventKind::session_reminded, .happened = due.at});
      return;
    case SessionAlarm::start:
      draft.emit({.kind = EventKind::session_opened,
                  .happened = due.at,
                  .session_status = session_life(draft.state.status, SessionEvent::start, 0).next});
      return;
    case SessionAlarm::task_late:
      draft.emit(late_task(draft.state.tasks[due.task], draft.declared().hosted_by));
      return;
    case SessionAlarm::attendance_late:
      tell_late(draft, due.at);
      return;
  }
}

}  // namespace

void tick(SessionDraft& draft, model::Instant now) {
  for (int fired = 0; fired < kAlarmsMax; ++fired) {
    const auto due = earliest(draft.plan, draft.state);
    if (due.kind == SessionAlarm::none || due.at > now) {
      return;
    }
    fire(draft, due);
  }
}

model::Instant next_due(const Plan& plan, const SessionState& state) {
  return earliest(plan, state).at;
}

}  // namespace protoflow::engine
