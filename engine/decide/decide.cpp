#include "engine/decide/decide.hpp"

#include <algorithm>

#include "engine/decide/draft.hpp"

namespace protoflow::engine {

namespace {

Done dispatch(Draft& draft, const Command& command) {
  switch (command.kind) {
    case CommandKind::tick:
      return {};
    case CommandKind::open:
    case CommandKind::pause:
    case CommandKind::resume_case:
    case CommandKind::close:
    case CommandKind::reopen_case:
      return decide_on_case(draft, command);
    case CommandKind::take:
    case CommandKind::decline:
    case CommandKind::release:
    case CommandKind::complete:
      return command.task.empty() ? decide_on_step(draft, command) : decide_on_task(draft, command);
    case CommandKind::hold:
    case CommandKind::resume:
      return decide_on_step(draft, command);
    case CommandKind::begin_review:
    case CommandKind::recuse:
    case CommandKind::approve:
    case CommandKind::give_back:
      return decide_on_review(draft, command);
    case CommandKind::record:
      return decide_on_record(draft, command);
    case CommandKind::refer:
    case CommandKind::accept_referral:
    case CommandKind::decline_referral:
    case CommandKind::revoke_referral:
      return decide_on_referral(draft, command);
    case CommandKind::session_enrolled:
    case CommandKind::session_waitlisted:
    case CommandKind::session_moved:
    case CommandKind::session_left:
    case CommandKind::session_attended:
    case CommandKind::session_reminded:
      return decide_on_place(draft, command);
    case CommandKind::plan_session:
    case CommandKind::reschedule_session:
    case CommandKind::cancel_session:
    case CommandKind::enrol:
    case CommandKind::withdraw_enrolment:
    case CommandKind::record_attendance:
    case CommandKind::close_session:
      return refuse(RefusalCode::not_possible_now);
    case CommandKind::delegate:
    case CommandKind::hand_over:
    case CommandKind::accept_hand_over:
    case CommandKind::refuse_hand_over:
    case CommandKind::take_back:
      return decide_on_hand_over(draft, command);
    case CommandKind::void_event:
    case CommandKind::correct_event:
      return decide_on_correction(draft, command);
  }
  return {};
}

bool looks_back(CommandKind kind) {
  return kind == CommandKind::reopen_case || kind == CommandKind::void_event ||
         kind == CommandKind::correct_event;
}

// What an ending leaves to be done is done after it.
bool is_on_task(const Command& command) {
  const bool may = command.kind == CommandKind::take || command.kind == CommandKind::decline ||
                   command.kind == CommandKind::release || command.kind == CommandKind::complete;
  return may && !command.task.empty();
}

Done check_case(const Draft& draft, const Command& command) {
  switch (draft.state.status) {
    case CaseStatus::none:
      return command.kind == CommandKind::open ? Done{} : refuse(RefusalCode::not_opened);
    case CaseStatus::closed:
      return is_on_task(command) || looks_back(command.kind) || is_errand(command.kind)
                 ? Done{}
                 : refuse(RefusalCode::case_closed);
    case CaseStatus::archived:
    case CaseStatus::erased:
      return refuse(RefusalCode::case_closed);
    case CaseStatus::paused:
      return command.kind == CommandKind::resume_case || command.kind == CommandKind::close ||
                     is_errand(command.kind)
                 ? Done{}
                 : refuse(RefusalCode::case_paused);
    case CaseStatus::opened:
    case CaseStatus::active:
    case CaseStatus::reopened:
      return command.kind == CommandKind::open ? refuse(RefusalCode::already_opened) : Done{};
  }
  return {};
}

// An instant that nobody stated is never refused: a clock may have been set back. Nor is what
// another stream says.
Done date(const Draft& draft, Command& command, model::Instant now) {
  const auto earliest = earliest_for(draft.state, command);
  if (is_errand(command.kind)) {
    command.happened = std::max(std::min(command.happened, now), earliest);
    return {};
  }
  if (command.happened == model::kNever || looks_back(command.kind)) {
    command.happened = std::max(now, earliest);
    return {};
  }
  if (command.happened > now) {
    return refuse(RefusalCode::happened_in_future, command.step);
  }
  if (draft.state.opened != model::kNever && command.happened < draft.state.opened) {
    return refuse(RefusalCode::happened_before_opening, command.step);
  }
  return command.happened < earliest ? refuse(RefusalCode::happened_out_of_order, command.step)
                                     : Done{};
}

model::Instant later(model::Instant known, model::Instant other) {
  return other == model::kNever ? known : std::max(known, other);
}

bool is_referral_answer(CommandKind kind) {
  return kind == CommandKind::accept_referral || kind == CommandKind::decline_referral ||
         kind == CommandKind::revoke_referral;
}

}  // namespace

model::Instant earliest_for(const CaseState& state, const Command& command) {
  auto earliest = later(model::Instant::min(), state.opened);
  earliest = later(earliest, state.closed);
  if (command.kind == CommandKind::resume_case) {
    return later(earliest, state.paused_since);
  }
  if (is_referral_answer(command.kind)) {
    return later(earliest, state.referrals[command.role.value].since);
  }
  if (const auto* task = find_task(state.tasks, command.task); task != nullptr) {
    return later(earliest, task->opened);
  }
  if (!command.step.known()) {
    return earliest;
  }
  const auto& step = state[command.step];
  earliest = later(earliest, step.opened);
  if (command.kind == CommandKind::resume) {
    return later(earliest, step.held_since);
  }
  const bool judges = step.work == WorkState::in_review || command.kind == CommandKind::complete;
  return judges ? later(earliest, step.completed) : earliest;
}

std::expected<void, Refusal> decide_in_place(const Plan& plan,
                                             CaseState& state,
                                             Command& command,
                                             model::Instant now,
                                             std::vector<Event>& events) {
  events.clear();
  Draft draft{.plan = plan, .state = state, .events = events};
  tick(draft, now);
  if (command.kind == CommandKind::tick) {
    give_back_places(draft, now);
    return {};
  }
  auto done = check_case(draft, command);
  if (done) {
    done = date(draft, command, now);
  }
  if (done) {
    done = dispatch(draft, command);
  }
  if (done) {
    follow(draft, command.happened);
    give_back_places(draft, command.happened);
  }
  return done;
}

Decision decide(const Plan& plan,
                const CaseState& state,
                const Command& command,
                model::Instant now) {
  auto after = state;
  auto dated = command;
  std::vector<Event> events;
  if (auto done = decide_in_place(plan, after, dated, now, events); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return events;
}

}  // namespace protoflow::engine
