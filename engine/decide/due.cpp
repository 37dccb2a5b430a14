#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

bool anybody_closes(const model::Protocol& protocol) {
  return std::ranges::any_of(protocol.partners,
                             [](const model::Partner& partner) { return !partner.closed.empty(); });
}

bool waits_for(const model::Step& step, model::StepId other) {
  const auto steps = steps_of(step.after);
  return std::ranges::find(steps, other) != steps.end();
}

void add_days(ClosedDays& days, const model::Protocol& protocol, model::PartnerId partner) {
  if (partner.known() && !protocol[partner].closed.empty()) {
    days.emplace_back(protocol[partner].closed);
  }
}

// Who receives the work: the reviewers, or else whoever does what waits for it, or else the
// coordination.
ClosedDays closed_for(const Draft& draft, model::StepId id, model::PartnerId accountable) {
  ClosedDays days;
  const auto& protocol = draft.protocol();
  if (!anybody_closes(protocol)) {
    return days;
  }
  add_days(days, protocol, accountable);
  const auto add_holder = [&](model::RoleId role) {
    add_days(days, protocol, holder(protocol, draft.state, role).partner);
  };
  if (protocol[id].review) {
    std::ranges::for_each(protocol[id].review->by, add_holder);
    return days;
  }
  bool awaited = false;
  for (const auto& step : protocol.steps) {
    if (waits_for(step, id)) {
      add_holder(step.responsible);
      awaited = true;
    }
  }
  if (!awaited) {
    add_holder(protocol.coordinated_by);
  }
  return days;
}

model::Instant placed(const Draft& draft,
                      model::StepId id,
                      const model::Deadline& deadline,
                      model::Instant from,
                      const Clock& clock) {
  const auto at = std::min(due_after(from, deadline.within, draft.plan.work_time) + clock.shift,
                           model::kLatestInstant);
  if (is_elapsed(deadline.within.unit)) {
    return at;
  }
  const auto closed = closed_for(draft, id, clock.partner);
  const bool is_open = closed.empty() && clock.shift == clock.shift.zero();
  return is_open ? at : open_for(at, closed, draft.plan.work_time);
}

}  // namespace

Due due_of(const Draft& draft, model::StepId id, const Clock& clock) {
  const auto& deadlines = draft.protocol()[id].deadlines;
  for (std::size_t i = 0; i < deadlines.size(); ++i) {
    const auto& deadline = deadlines[i];
    if (evaluate(deadline.when, draft.state) != Truth::yes) {
      continue;
    }
    const auto from = deadline.from.known() ? draft.state[deadline.from].settled : clock.opened;
    if (from != model::kNever) {
      return {.at = placed(draft, id, deadline, from, clock),
              .rule = static_cast<std::uint8_t>(i + 1),
              .from = from};
    }
  }
  return {};
}

model::Instant due_between(const Draft& draft,
                           model::Instant from,
                           model::Duration within,
                           std::span<const model::PartnerId> partners) {
  const auto at = due_after(from, within, draft.plan.work_time);
  if (is_elapsed(within.unit)) {
    return at;
  }
  ClosedDays days;
  for (const auto partner : partners) {
    add_days(days, draft.protocol(), partner);
  }
  return days.empty() ? at : open_for(at, days, draft.plan.work_time);
}

// By the line it comes from, so that nothing but the stand-still moves it. Logs from before due
// instants were stored with their line have none.
void restart_clock(const Draft& draft, Event& event, std::chrono::milliseconds stood) {
  const auto& state = draft.state[event.step];
  event.shift = state.shift + stood;
  if (state.due == model::kNever) {
    return;
  }
  event.due = state.due + stood;
  const auto& deadlines = draft.protocol()[event.step].deadlines;
  if (state.due_rule > 0 && state.due_rule <= deadlines.size()) {
    const Clock clock{.opened = state.opened, .shift = *event.shift, .partner = state.partner};
    const auto& deadline = deadlines[state.due_rule - 1U];
    event.due = placed(draft, event.step, deadline, state.due_from, clock);
  }
  event.reminders = std::uint8_t{0};
}

void move_deadline(Draft& draft, model::StepId id, model::Instant at, bool other_lines) {
  const auto& now = draft.state[id];
  if (now.due_rule == kDueIsKept) {
    return;
  }
  const auto due =
      due_of(draft, id, {.opened = now.opened, .shift = now.shift, .partner = now.partner});
  if (due.at == now.due) {
    return;
  }
  const bool was_late = now.time == TimeState::late || now.time == TimeState::escalated;
  const bool same_line = !other_lines && due.rule == now.due_rule && due.from == now.due_from;
  if (same_line && was_late) {
    return;
  }
  StepChange wanted{.step = id, .kind = EventKind::deadline_moved};
  if (due.at == model::kNever) {
    wanted.time = TimeEvent::drop;
  } else if (!was_late || due.at > at) {
    wanted.time = TimeEvent::arm;
  }
  auto event = change(draft, wanted, {}, at);
  if (!event) {
    return;
  }
  event->due = due.at;
  event->due_rule = due.rule;
  event->due_from = due.from;
  if (wanted.time) {
    event->reminders = std::uint8_t{0};
    event->late_rules = std::uint8_t{0};
  }
  event->why = same_line ? "partner_closed" : draft.moved_because;
  draft.emit(std::move(*event));
}

}  // namespace protoflow::engine
