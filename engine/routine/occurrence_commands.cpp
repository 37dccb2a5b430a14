// What people do with a routine: hold it and say who was there, put it off, leave a remark.
#include <algorithm>

#include "engine/model/limits.hpp"
#include "engine/routine/occurrences.hpp"
#include "engine/routine/recurrence.hpp"

namespace protoflow::engine {

namespace {

std::unexpected<Refusal> refuse_routine(RefusalCode code, const RoutineView& view) {
  return std::unexpected(Refusal{.code = code, .routine = view.id});
}

bool plays_it(const RoutineView& view, const Actor& actor) {
  return actor.partner == view.state.partner &&
         std::ranges::find(actor.plays, view.state.role) != actor.plays.end();
}

std::expected<void, Refusal> check_actor(const RoutineView& view, const Command& command) {
  if (!is_ahead(view.state.state)) {
    return refuse_routine(RefusalCode::routine_not_here, view);
  }
  if (!plays_it(view, command.actor)) {
    return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                   .role = view.state.role,
                                   .partner = view.state.partner,
                                   .routine = view.id});
  }
  if (command.reason.size() > model::kSaidTextMax) {
    return refuse_routine(RefusalCode::text_too_long, view);
  }
  return {};
}

bool is_answer(const model::Question& question, const model::Value& value) {
  switch (question.type) {
    case model::AnswerType::scale:
      return value.number >= question.from && value.number <= question.to;
    case model::AnswerType::yes_or_no:
      return value.number == 0 || value.number == 1;
    case model::AnswerType::text:
      return !value.text.empty();
  }
  return false;
}

std::expected<void, Refusal> check_answers(const RoutineView& view, const Command& command) {
  const auto& asks = view.routine().asks;
  std::vector<bool> answered(asks.size(), false);
  for (const auto& [question, value] : command.answers) {
    if (question >= asks.size() || answered[question]) {
      return refuse_routine(RefusalCode::question_not_asked, view);
    }
    answered[question] = true;
    if (!is_answer(asks[question], value)) {
      return refuse_routine(RefusalCode::answer_out_of_range, view);
    }
    if (value.text.size() > model::kSaidTextMax) {
      return refuse_routine(RefusalCode::text_too_long, view);
    }
  }
  return {};
}

// Held before the one that comes next was even planned: then it was the last, counted as missed.
bool was_the_last(const RoutineView& view, model::Instant happened) {
  return happened < view.state.armed && view.state.last.state == OccurrenceState::missed &&
         happened >= view.state.last.armed;
}

std::vector<model::PartnerId> once_each(std::vector<model::PartnerId> partners) {
  std::ranges::sort(partners);
  const auto same = std::ranges::unique(partners);
  partners.erase(same.begin(), same.end());
  return partners;
}

// Sent twice, or told by two people: a routine is not held twice in one day.
bool held_that_day(const RoutineView& view, model::Instant happened) {
  const auto& last = view.state.last;
  const auto day = [&](model::Instant at) { return to_local(at, view.plan.work_time.zone).date; };
  return last.state == OccurrenceState::held && day(last.closed) == day(happened);
}

// An answer is a number or a text, as its question asks; anything beside it is not kept.
std::vector<RecordedAnswer> plain(const model::Routine& routine,
                                  std::vector<RecordedAnswer> answers) {
  for (auto& [question, value] : answers) {
    if (routine.asks[question].type == model::AnswerType::text) {
      value.number = 0;
    } else {
      value.text.clear();
    }
  }
  return answers;
}

Event held(const RoutineView& view, const Command& command) {
  return {.kind = EventKind::routine_held,
          .happened = command.happened,
          .actor = command.actor,
          .routine = view.id,
          .occurrence_state = OccurrenceState::held,
          .number = view.state.number,
          .attended = once_each(command.attended),
          .answers = plain(view.routine(), command.answers),
          .reason = command.reason};
}

RoutineEvents hold_the_last(const RoutineView& view, const Command& command) {
  const auto in_time = command.happened <= view.state.last.closed;
  const auto cell = occurrence(view.state.last.state,
                               OccurrenceEvent::hold,
                               in_time ? occurrence_fact::in_time : std::uint8_t{0});
  if (cell.verdict != Verdict::possible) {
    return refuse_routine(RefusalCode::happened_out_of_order, view);
  }
  std::vector<Event> events{held(view, command)};
  events.front().number = view.state.last.number;
  const auto answers = view.holder(view.routine().responsible);
  if (answers.role != view.state.role || answers.partner != view.state.partner) {
    events.push_back({.kind = EventKind::routine_assigned,
                      .happened = command.happened,
                      .routine = view.id,
                      .role = answers.role,
                      .partner = answers.partner,
                      .why = "held"});
  }
  return events;
}

}  // namespace

RoutineEvents hold_occurrence(const RoutineView& view, const Command& command) {
  if (auto may = check_actor(view, command); !may) {
    return std::unexpected(may.error());
  }
  if (command.attended.empty()) {
    return refuse_routine(RefusalCode::attendance_needed, view);
  }
  if (auto answers = check_answers(view, command); !answers) {
    return std::unexpected(answers.error());
  }
  if (held_that_day(view, command.happened)) {
    return refuse_routine(RefusalCode::held_already, view);
  }
  if (was_the_last(view, command.happened)) {
    return hold_the_last(view, command);
  }
  const auto cell = occurrence(view.state.state, OccurrenceEvent::hold, 0);
  if (cell.verdict != Verdict::possible || command.happened < view.state.armed) {
    return refuse_routine(RefusalCode::happened_out_of_order, view);
  }
  std::vector<Event> events{held(view, command)};
  events.push_back(plan_next(view, events.front()));
  return events;
}

RoutineEvents postpone_occurrence(const RoutineView& view, const Command& command) {
  if (auto may = check_actor(view, command); !may) {
    return std::unexpected(may.error());
  }
  if (command.reason.empty()) {
    return refuse_routine(RefusalCode::why_needed, view);
  }
  if (command.date == model::kNever) {
    return refuse_routine(RefusalCode::date_needed, view);
  }
  const auto& work_time = view.plan.work_time;
  const auto planned = open_day(view.plan, opening_of(command.date, work_time), view.state.partner);
  if (planned <= view.state.planned || command.date < command.happened) {
    return refuse_routine(RefusalCode::date_passed, view);
  }
  const auto next = next_slot(view.routine(), view.state.counted_from, view.state.slot, work_time);
  const auto cell = occurrence(view.state.state,
                               OccurrenceEvent::postpone,
                               planned < next ? occurrence_fact::before_the_next : std::uint8_t{0});
  if (cell.verdict != Verdict::possible) {
    return refuse_routine(RefusalCode::date_after_the_next, view);
  }
  return std::vector<Event>{{.kind = EventKind::routine_postponed,
                             .happened = command.happened,
                             .actor = command.actor,
                             .routine = view.id,
                             .occurrence_state = cell.next,
                             .number = view.state.number,
                             .planned = planned,
                             .reason = command.reason}};
}

std::expected<Event, Refusal> make_remark(const Command& command, std::size_t remarks_so_far) {
  const auto refused = [&](RefusalCode code) {
    return std::unexpected(Refusal{.code = code, .step = command.step, .routine = command.routine});
  };
  if (command.reason.empty()) {
    return refused(RefusalCode::remark_needed);
  }
  if (command.reason.size() > model::kSaidTextMax) {
    return refused(RefusalCode::text_too_long);
  }
  if (remarks_so_far >= model::kRemarksMax) {
    return refused(RefusalCode::too_many_remarks);
  }
  return Event{.kind = EventKind::remark_made,
               .happened = command.happened,
               .actor = command.actor,
               .step = command.step,
               .routine = command.routine,
               .reason = command.reason};
}

}  // namespace protoflow::engine
