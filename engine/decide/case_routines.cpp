#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/routine/occurrences.hpp"
#include "engine/state/apply_partners.hpp"

namespace protoflow::engine {

namespace {

WhoAnswers who_answers(const Draft& draft) {
  return [&draft](model::RoleId role) { return holder(draft.protocol(), draft.state, role); };
}

// For each routine of the case whose next occurrence is still ahead.
template <class Change>
void for_each_ahead(Draft& draft, const Change& change) {
  const auto answers = who_answers(draft);
  for (std::size_t i = 0; i < draft.state.routines.size(); ++i) {
    const auto& state = draft.state.routines[i];
    if (is_ahead(state.state)) {
      change(RoutineView{draft.plan, {static_cast<std::uint16_t>(i)}, state, answers});
    }
  }
}

}  // namespace

void begin_routines(Draft& draft, model::Instant at) {
  const auto answers = who_answers(draft);
  for (std::size_t i = 0; i < draft.state.routines.size(); ++i) {
    const model::RoutineId id{static_cast<std::uint16_t>(i)};
    if (draft.protocol()[id].for_each_case) {
      draft.emit(plan_first({draft.plan, id, draft.state.routines[i], answers}, at, at));
    }
  }
}

void end_routines(Draft& draft, model::Instant at) {
  for_each_ahead(draft,
                 [&](const RoutineView& view) { draft.emit(withdraw_occurrence(view, at)); });
}

void resume_routines(Draft& draft, model::Instant at) {
  for_each_ahead(draft, [&](const RoutineView& view) {
    if (view.state.planned <= at) {
      draft.emit(plan_again(view, at));
    }
  });
}

void replace_absent_in_routines(Draft& draft, model::Instant at) {
  for_each_ahead(draft, [&](const RoutineView& view) {
    if (!has_left(draft.state, view.state.partner)) {
      return;
    }
    if (auto event = reassign(view, at, "partner_left")) {
      draft.emit(std::move(*event));
    }
  });
}

void transfer_routines(Draft& draft, model::PartnerId giver, model::Instant at) {
  for_each_ahead(draft, [&](const RoutineView& view) {
    if (view.state.partner != giver) {
      return;
    }
    if (auto event = reassign(view, at, std::string(kTransferred))) {
      draft.emit(std::move(*event));
    }
  });
}

void fire_routine_alarm(Draft& draft) {
  const auto alarm = earliest_routine_alarm(draft.plan, draft.state.routines);
  const auto answers = who_answers(draft);
  const RoutineView view{
      draft.plan, alarm.routine, draft.state.routines[alarm.routine.value], answers};
  for (auto& event : fire(view, alarm)) {
    draft.emit(std::move(event));
  }
}

Done decide_on_routine(Draft& draft, const Command& command) {
  if (command.kind == CommandKind::remark) {
    if (!command.actor.partner.known()) {
      const auto role = draft.protocol().coordinated_by;
      return std::unexpected(
          Refusal{.code = RefusalCode::not_yours,
                  .role = role,
                  .partner = holder(draft.protocol(), draft.state, role).partner});
    }
    auto event = make_remark(command, draft.state.remarks.size());
    if (!event) {
      return std::unexpected(event.error());
    }
    draft.emit(std::move(*event));
    return {};
  }
  if (!command.routine.known() || command.routine.value >= draft.state.routines.size()) {
    return std::unexpected(
        Refusal{.code = RefusalCode::routine_not_here, .routine = command.routine});
  }
  const auto answers = who_answers(draft);
  const RoutineView view{
      draft.plan, command.routine, draft.state.routines[command.routine.value], answers};
  auto events = command.kind == CommandKind::hold_routine ? hold_occurrence(view, command)
                                                          : postpone_occurrence(view, command);
  if (!events) {
    return std::unexpected(events.error());
  }
  for (auto& event : *events) {
    draft.emit(std::move(event));
  }
  return {};
}

}  // namespace protoflow::engine
