#include <algorithm>

#include "engine/decide/sent.hpp"
#include "engine/partnership/partnership_draft.hpp"

namespace protoflow::engine {

namespace {

PartnershipDone refuse(RefusalCode code) {
  return std::unexpected(Refusal{.code = code});
}

bool stays_possible_once_superseded(CommandKind kind) {
  return kind == CommandKind::leave_partnership || kind == CommandKind::remark ||
         kind == CommandKind::found_partnership;
}

PartnershipDone check_status(const PartnershipDraft& draft, const Command& command) {
  switch (draft.state.status) {
    case PartnershipStatus::none:
      return command.kind == CommandKind::found_partnership
                 ? PartnershipDone{}
                 : refuse(RefusalCode::partnership_not_founded);
    case PartnershipStatus::founded:
      return command.kind == CommandKind::found_partnership ? refuse(RefusalCode::already_founded)
                                                            : PartnershipDone{};
    case PartnershipStatus::superseded:
      return stays_possible_once_superseded(command.kind)
                 ? PartnershipDone{}
                 : refuse(RefusalCode::partnership_superseded);
  }
  return {};
}

// An instant that nobody stated is never refused: a clock may have been set back.
PartnershipDone date(const PartnershipDraft& draft, Command& command, model::Instant now) {
  const bool begun = draft.state.founded != model::kNever;
  if (command.happened == model::kNever) {
    command.happened = begun ? std::max(now, draft.state.founded) : now;
    return {};
  }
  if (command.happened > now) {
    return refuse(RefusalCode::happened_in_future);
  }
  return begun && command.happened < draft.state.founded ? refuse(RefusalCode::before_founding)
                                                         : PartnershipDone{};
}

PartnershipDone supersede(PartnershipDraft& draft, const Command& command) {
  draft.emit({.kind = EventKind::partnership_superseded,
              .happened = command.happened,
              .actor = command.actor,
              .partnership = PartnershipStatus::superseded,
              .meaning = command.meaning});
  const auto answers = who_answers(draft);
  for (std::size_t i = 0; i < draft.state.routines.size(); ++i) {
    const model::RoutineId id{static_cast<std::uint16_t>(i)};
    if (is_ahead(draft.state[id].state)) {
      draft.emit(withdraw_occurrence({draft.plan, id, draft.state[id], answers}, command.happened));
    }
  }
  return {};
}

PartnershipDone remark(PartnershipDraft& draft, const Command& command) {
  const auto own = command.actor.partner;
  if (!own.known() || draft.state[own].state == ParticipationState::left) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_this_partner, .partner = command.partner});
  }
  auto event = make_remark(command, draft.state.remarks.size());
  if (!event) {
    return std::unexpected(event.error());
  }
  draft.emit(std::move(*event));
  return {};
}

// The deployment says these: nobody by hand.
PartnershipDone decide_on_version(PartnershipDraft& draft, const Command& command) {
  if (!command.actor.person.empty()) {
    return refuse(RefusalCode::not_possible_now);
  }
  return command.kind == CommandKind::supersede ? supersede(draft, command) : found(draft, command);
}

PartnershipDone dispatch(PartnershipDraft& draft, const Command& command, model::Instant now) {
  const auto kind = command.kind;
  if (kind < CommandKind::found_partnership || kind > CommandKind::remark) {
    return refuse(RefusalCode::not_possible_now);
  }
  if (auto named = check_sent(draft.protocol(), command); !named) {
    return named;
  }
  if (kind == CommandKind::found_partnership || kind == CommandKind::supersede) {
    return decide_on_version(draft, command);
  }
  const bool on_partner = kind == CommandKind::invite_partner ||
                          kind == CommandKind::brief_partner || kind == CommandKind::agree ||
                          kind == CommandKind::leave_partnership;
  if (on_partner) {
    return decide_on_partner(draft, command, now);
  }
  if (kind == CommandKind::hold_routine || kind == CommandKind::postpone_routine) {
    return decide_on_routine(draft, command);
  }
  return remark(draft, command);
}

}  // namespace

PartnershipDone decide_on_routine(PartnershipDraft& draft, const Command& command) {
  if (!command.routine.known() || draft.protocol()[command.routine].for_each_case) {
    return std::unexpected(
        Refusal{.code = RefusalCode::routine_not_here, .routine = command.routine});
  }
  const auto answers = who_answers(draft);
  const RoutineView view{draft.plan, command.routine, draft.state[command.routine], answers};
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

// Whoever names no partner means their own.
Decision decide(const Plan& plan,
                const PartnershipState& state,
                const Command& command,
                model::Instant now) {
  PartnershipDraft draft{.plan = plan, .state = state, .events = {}};
  tick(draft, now);
  if (command.kind == CommandKind::tick) {
    return std::move(draft.events);
  }
  auto dated = command;
  if (!dated.partner.known()) {
    dated.partner = dated.actor.partner;
  }
  auto done = check_status(draft, dated);
  if (done) {
    done = date(draft, dated, now);
  }
  if (done) {
    done = dispatch(draft, dated, now);
  }
  if (!done) {
    return std::unexpected(done.error());
  }
  tick(draft, now);
  return std::move(draft.events);
}

}  // namespace protoflow::engine
