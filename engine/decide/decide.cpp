#include "engine/decide/decide.hpp"

#include <algorithm>
#include <array>

#include "engine/decide/draft.hpp"
#include "engine/decide/sent.hpp"
#include "engine/decide/task.hpp"

namespace protoflow::engine {

namespace {

using Decide = Done (*)(Draft&, const Command&);

Done pass(Draft&, const Command&) {
  return {};
}

Done of_another_stream(Draft&, const Command&) {
  return refuse(RefusalCode::not_possible_now);
}

Done decide_on_work(Draft& draft, const Command& command) {
  return command.task.empty() ? decide_on_step(draft, command) : decide_on_task(draft, command);
}

struct Rule {
  CommandKind kind;
  Decide decide;
};

constexpr auto kRules = std::to_array<Rule>({
    {CommandKind::tick, pass},
    {CommandKind::open, decide_on_case},
    {CommandKind::pause, decide_on_case},
    {CommandKind::resume_case, decide_on_case},
    {CommandKind::close, decide_on_case},
    {CommandKind::reopen_case, decide_on_case},
    {CommandKind::take, decide_on_work},
    {CommandKind::decline, decide_on_work},
    {CommandKind::release, decide_on_work},
    {CommandKind::complete, decide_on_work},
    {CommandKind::hold, decide_on_step},
    {CommandKind::resume, decide_on_step},
    {CommandKind::begin_review, decide_on_review},
    {CommandKind::recuse, decide_on_review},
    {CommandKind::approve, decide_on_review},
    {CommandKind::give_back, decide_on_review},
    {CommandKind::record, decide_on_record},
    {CommandKind::refer, decide_on_referral},
    {CommandKind::accept_referral, decide_on_referral},
    {CommandKind::decline_referral, decide_on_referral},
    {CommandKind::revoke_referral, decide_on_referral},
    {CommandKind::session_enrolled, decide_on_place},
    {CommandKind::session_waitlisted, decide_on_place},
    {CommandKind::session_moved, decide_on_place},
    {CommandKind::session_left, decide_on_place},
    {CommandKind::session_attended, decide_on_place},
    {CommandKind::session_reminded, decide_on_place},
    {CommandKind::plan_session, of_another_stream},
    {CommandKind::reschedule_session, of_another_stream},
    {CommandKind::cancel_session, of_another_stream},
    {CommandKind::enrol, of_another_stream},
    {CommandKind::withdraw_enrolment, of_another_stream},
    {CommandKind::record_attendance, of_another_stream},
    {CommandKind::close_session, of_another_stream},
    {CommandKind::found_partnership, of_another_stream},
    {CommandKind::supersede, of_another_stream},
    {CommandKind::invite_partner, of_another_stream},
    {CommandKind::brief_partner, of_another_stream},
    {CommandKind::agree, of_another_stream},
    {CommandKind::leave_partnership, of_another_stream},
    {CommandKind::delegate, decide_on_hand_over},
    {CommandKind::hand_over, decide_on_hand_over},
    {CommandKind::accept_hand_over, decide_on_hand_over},
    {CommandKind::refuse_hand_over, decide_on_hand_over},
    {CommandKind::take_back, decide_on_hand_over},
    {CommandKind::void_event, decide_on_correction},
    {CommandKind::correct_event, decide_on_correction},
    {CommandKind::hold_routine, decide_on_routine},
    {CommandKind::postpone_routine, decide_on_routine},
    {CommandKind::remark, decide_on_routine},
    {CommandKind::withdraw_consent, withdraw_consent},
    {CommandKind::person_absent, decide_on_absence},
    {CommandKind::person_returned, decide_on_absence},
    {CommandKind::person_removed, decide_on_absence},
    {CommandKind::partner_left, decide_on_absence},
    {CommandKind::partner_joined, decide_on_absence},
    {CommandKind::partner_agreed, decide_on_signature},
    {CommandKind::partner_lapsed, decide_on_signature},
    {CommandKind::migrate, migrate},
    {CommandKind::transfer, decide_on_transfer},
    {CommandKind::accept_transfer, decide_on_transfer},
    {CommandKind::refuse_transfer, decide_on_transfer},
    {CommandKind::take_back_transfer, decide_on_transfer},
});

// By the number of the command.
consteval std::array<Decide, kCommandKindNames.size()> by_kind() {
  std::array<Decide, kCommandKindNames.size()> table{};
  for (const auto& rule : kRules) {
    table[static_cast<std::size_t>(rule.kind)] = rule.decide;
  }
  return table;
}

// Counts kinds: under the sanitizers of g++ 12 the address of a function is no constant.
consteval bool each_has_one_rule() {
  std::array<int, kCommandKindNames.size()> rules{};
  for (const auto& rule : kRules) {
    ++rules[static_cast<std::size_t>(rule.kind)];
  }
  return std::ranges::all_of(rules, [](int count) { return count == 1; });
}

constexpr auto kByKind = by_kind();
static_assert(each_has_one_rule());

Done dispatch(Draft& draft, const Command& command) {
  return kByKind[static_cast<std::size_t>(command.kind)](draft, command);
}

bool corrects(CommandKind kind) {
  return kind == CommandKind::reopen_case || kind == CommandKind::void_event ||
         kind == CommandKind::correct_event;
}

// Of all that was said so far: it happens now.
bool looks_back(CommandKind kind) {
  return corrects(kind) || kind == CommandKind::migrate;
}

// What an ending leaves to be done is done after it.
bool is_on_task(const Command& command) {
  const bool may = command.kind == CommandKind::take || command.kind == CommandKind::decline ||
                   command.kind == CommandKind::release || command.kind == CommandKind::complete;
  return may && !command.task.empty();
}

bool is_about_signatures(CommandKind kind) {
  return kind == CommandKind::partner_agreed || kind == CommandKind::partner_lapsed;
}

bool is_about_absence(CommandKind kind) {
  return kind == CommandKind::person_absent || kind == CommandKind::person_returned ||
         kind == CommandKind::person_removed;
}

bool is_on_transfer(CommandKind kind) {
  return kind >= CommandKind::transfer && kind <= CommandKind::take_back_transfer;
}

// What is so whether the case is paused or not.
bool is_possible_in_a_pause(CommandKind kind) {
  return is_errand(kind) || is_about_signatures(kind) || kind == CommandKind::remark ||
         kind == CommandKind::resume_case || kind == CommandKind::close ||
         kind == CommandKind::withdraw_consent || is_about_absence(kind) ||
         kind == CommandKind::partner_left || kind == CommandKind::partner_joined ||
         is_on_transfer(kind) || kind == CommandKind::migrate;
}

Done check_case(const Draft& draft, const Command& command) {
  switch (draft.state.status) {
    case CaseStatus::none:
      return command.kind == CommandKind::open ? Done{} : refuse(RefusalCode::not_opened);
    case CaseStatus::closed:
      return is_on_task(command) || corrects(command.kind) || is_errand(command.kind) ||
                     command.kind == CommandKind::remark ||
                     ((is_about_absence(command.kind) || is_on_transfer(command.kind)) &&
                      owes_tasks(draft.state))
                 ? Done{}
                 : refuse(RefusalCode::case_closed);
    case CaseStatus::archived:
    case CaseStatus::erased:
      return refuse(RefusalCode::case_closed);
    case CaseStatus::paused:
      return is_possible_in_a_pause(command.kind) ? Done{} : refuse(RefusalCode::case_paused);
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
  for (const auto& transfer : state.transfers) {
    const bool answered = is_on_transfer(command.kind) && transfer.giver == command.giver;
    earliest = answered ? later(earliest, transfer.since) : earliest;
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

namespace {

Done decide_on(Draft& draft, Command& command, model::Instant now) {
  tick(draft, now);
  if (command.kind == CommandKind::tick) {
    give_back_places(draft, now);
    return {};
  }
  auto done = check_case(draft, command);
  if (done) {
    done = check_sent(draft.protocol(), command);
  }
  if (done) {
    done = date(draft, command, now);
  }
  if (done) {
    done = dispatch(draft, command);
  }
  if (done && command.kind != CommandKind::migrate) {  // what follows, it decides by other rules
    follow(draft, command.happened);
    give_back_places(draft, command.happened);
  }
  return done;
}

}  // namespace

std::expected<void, Refusal> decide_in_place(const Plan& plan,
                                             CaseState& state,
                                             Command& command,
                                             model::Instant now,
                                             std::vector<Event>& events) {
  events.clear();
  const Surroundings nobody_is_full;
  Draft draft{.plan = plan, .state = state, .events = events, .surroundings = nobody_is_full};
  return decide_on(draft, command, now);
}

Decision decide(const Plan& plan,
                const CaseState& state,
                const Command& command,
                model::Instant now,
                const Surroundings& surroundings) {
  auto after = state;
  auto dated = command;
  std::vector<Event> events;
  Draft draft{.plan = plan, .state = after, .events = events, .surroundings = surroundings};
  if (auto done = decide_on(draft, dated, now); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return events;
}

}  // namespace protoflow::engine
