// What a case hears of sessions, for its steps `through` one: a place, or a wait for one; another
// date; no place any more; and whether the person came, which settles the step. And the places that
// a case gives back.
#include <algorithm>
#include <array>

#include "engine/decide/draft.hpp"

namespace protoflow::engine {

namespace {

struct OutcomeName {
  Attendance attendance;
  std::string_view name;
};

// In French also as they agree with a person or a family (docs/language.md).
constexpr auto kOutcomeNames = std::to_array<OutcomeName>({
    {Attendance::present, "present"},
    {Attendance::present, "présent"},
    {Attendance::present, "présente"},
    {Attendance::excused, "excused"},
    {Attendance::excused, "excusé"},
    {Attendance::excused, "excusée"},
    {Attendance::absent, "absent"},
    {Attendance::absent, "absente"},
});

// Coming says how a step with one outcome ends; of several, the one that is named after it.
model::OutcomeId outcome_of(const model::Step& step, Attendance attendance) {
  for (const auto& [of, name] : kOutcomeNames) {
    const auto found = model::find<model::OutcomeId>(step.outcomes, name);
    if (of == attendance && found.known()) {
      return found;
    }
  }
  const bool is_only_one = attendance == Attendance::present && step.outcomes.size() == 1;
  return is_only_one ? model::OutcomeId{0} : model::OutcomeId{};
}

bool awaits(const StepState& step) {
  return is_open(step.work) && step.work != WorkState::in_review;
}

Event event_of(const Draft& draft, EventKind kind, const Command& command, model::StepId id) {
  const auto opened = id.known() ? draft.state[id].opened : model::kNever;
  return {
      .kind = kind,
      .happened = opened == model::kNever ? command.happened : std::max(command.happened, opened),
      .actor = command.actor,
      .step = id,
      .session = command.session,
      .occurrence = command.occurrence};
}

// Whoever has a place is at work: there is nothing more to accept.
void answer_offer(const Draft& draft, Event& event) {
  const auto& step = draft.state[event.step];
  if (step.work == WorkState::offered) {
    event.work = work(step.work, WorkEvent::take, 0).next;
    const auto begun = case_life(draft.state.status, CaseEvent::begin, 0);
    if (begun.verdict == Verdict::possible) {
      event.status = begun.next;
    }
  }
  if (step.offer_due != model::kNever) {
    event.offer_due = model::kNever;
  }
}

// Unless a person has taken it, who keeps it; or waits for another session that was found.
void offer_again(const Draft& draft, Event& event) {
  const auto& step = draft.state[event.step];
  const bool another = std::ranges::any_of(draft.state.places, [&](const Place& place) {
    return place.step == event.step && place.occurrence != event.occurrence && is_live(place);
  });
  if (step.work != WorkState::taken || step.person.known() || another) {
    return;
  }
  event.work = work(step.work, WorkEvent::give_up, 0).next;
  const auto& within = draft.protocol()[event.step].accept_within;
  if (within) {
    event.offer_due = due_after(event.happened, *within, draft.plan.work_time);
  }
}

Done give(Draft& draft, const Command& command) {
  const bool is_kept = command.kind == CommandKind::session_enrolled;
  const auto kind = is_kept ? EventKind::session_enrolled : EventKind::session_waitlisted;
  bool is_needed = false;
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    const model::StepId id{static_cast<std::uint16_t>(i)};
    if (draft.protocol()[id].through != command.session || !awaits(draft.state[id])) {
      continue;
    }
    is_needed = true;
    auto event = event_of(draft, kind, command, id);
    event.seat = is_kept ? Seat::enrolled : Seat::waiting;
    event.at = command.at;
    if (is_kept) {
      answer_offer(draft, event);
    } else if (draft.state[id].offer_due != model::kNever) {
      event.offer_due = model::kNever;
    }
    draft.emit(std::move(event));
  }
  if (!is_needed) {
    auto event = event_of(draft, EventKind::session_left, command, {});
    event.why = "not_needed";
    draft.emit(std::move(event));
  }
  return {};
}

Done hear(Draft& draft, const Command& command) {
  const auto places = draft.state.places;
  for (const auto& place : places) {
    if (place.occurrence != command.occurrence || !is_live(place)) {
      continue;
    }
    if (command.kind == CommandKind::session_left) {
      auto event = event_of(draft, EventKind::session_left, command, place.step);
      event.seat = Seat::left;
      event.why = command.why;
      offer_again(draft, event);
      draft.emit(std::move(event));
      continue;
    }
    const bool moves = command.kind == CommandKind::session_moved;
    auto event = event_of(
        draft, moves ? EventKind::session_moved : EventKind::session_reminded, command, place.step);
    event.at = command.at;
    draft.emit(std::move(event));
  }
  return {};
}

// What the step asks beside coming, its responsible role still says.
bool says_how_it_ends(const Draft& draft, const Command& completing) {
  const auto work_now = draft.state[completing.step].work;
  return completing.outcome.known() && work_now != WorkState::held &&
         check_what_is_said(draft, completing).has_value();
}

void attend(Draft& draft, const Command& command, model::StepId id) {
  auto event = event_of(draft, EventKind::session_attended, command, id);
  event.seat = Seat::enrolled;
  event.attendance = command.attendance;
  const Command completing{.kind = CommandKind::complete,
                           .actor = command.actor,
                           .happened = event.happened,
                           .step = id,
                           .outcome = outcome_of(draft.protocol()[id], *command.attendance)};
  const bool ends = says_how_it_ends(draft, completing);
  if (!awaits(draft.state[id])) {
    event.why = "settled";
    draft.emit(std::move(event));
    return;
  }
  if (ends || *command.attendance == Attendance::present) {
    event.why = ends ? "completed" : "outcome_needed";
    answer_offer(draft, event);
  } else {
    event.why = "enrol_again";
    offer_again(draft, event);
  }
  draft.emit(std::move(event));
  if (ends) {
    if (draft.state[id].responsibility == ResponsibilityState::handing_over) {
      take_back(draft, completing);
    }
    (void)submit(draft, completing, completing.outcome);  // the step was just seen to be open
  }
}

Done hear_who_came(Draft& draft, const Command& command) {
  const auto places = draft.state.places;
  for (const auto& place : places) {
    if (command.attendance && place.occurrence == command.occurrence &&
        place.attendance != command.attendance) {
      attend(draft, command, place.step);
    }
  }
  return {};
}

}  // namespace

Done decide_on_place(Draft& draft, const Command& command) {
  if (command.from.empty()) {
    return refuse(RefusalCode::not_possible_now);
  }
  if (command.kind == CommandKind::session_enrolled ||
      command.kind == CommandKind::session_waitlisted) {
    return give(draft, command);
  }
  return command.kind == CommandKind::session_attended ? hear_who_came(draft, command)
                                                       : hear(draft, command);
}

void give_back_places(Draft& draft, model::Instant at) {
  const auto places = draft.state.places;
  for (const auto& place : places) {
    if (is_live(place) && is_settled(draft.state[place.step].work)) {
      draft.emit({.kind = EventKind::session_left,
                  .happened = at,
                  .step = place.step,
                  .session = draft.protocol()[place.step].through,
                  .occurrence = place.occurrence,
                  .seat = Seat::left,
                  .why = "not_needed"});
    }
  }
}

}  // namespace protoflow::engine
