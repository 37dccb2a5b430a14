#include "engine/session/decide.hpp"

#include <algorithm>

#include "engine/decide/sent.hpp"
#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

// An instant that nobody stated is never refused: a clock may have been set back. Nor is an errand.
Done date(const SessionDraft& draft, Command& command, model::Instant now) {
  const bool is_new = draft.state.planned == model::kNever;
  const auto earliest = is_new ? model::Instant::min() : draft.state.planned;
  if (command.happened == model::kNever || !command.from.empty()) {
    command.happened = std::max(now, earliest);
    return {};
  }
  if (command.happened > now) {
    return refuse_session(draft, RefusalCode::happened_in_future);
  }
  return command.happened < earliest ? refuse_session(draft, RefusalCode::happened_out_of_order)
                                     : Done{};
}

Done dispatch(SessionDraft& draft, const Command& command) {
  if (!command.task.empty()) {
    return decide_on_task(draft, command);
  }
  const bool of_a_session =
      command.kind >= CommandKind::plan_session && command.kind <= CommandKind::close_session;
  if (!of_a_session) {
    return refuse_session(draft, RefusalCode::not_possible_now);
  }
  if (auto named = check_sent(draft.protocol(), command); !named) {
    return refuse_session(draft, named.error().code);
  }
  if (command.kind == CommandKind::plan_session || command.kind == CommandKind::cancel_session ||
      command.kind == CommandKind::reschedule_session ||
      command.kind == CommandKind::close_session) {
    return decide_on_session(draft, command);
  }
  return decide_on_enrolment(draft, command);
}

}  // namespace

Holder holder_outside_cases(const model::Protocol& protocol,
                            model::RoleId role,
                            std::uint8_t passed) {
  CaseState nobody_bound;
  nobody_bound.referrals.resize(protocol.roles.size());
  auto answers = holder(protocol, nobody_bound, role, passed);
  answers.waits_for_referral = false;
  return answers;
}

bool hosts(const SessionDraft& draft, const Actor& actor) {
  const auto& protocol = draft.protocol();
  return may_play(protocol, actor, draft.declared().hosted_by) ||
         may_play(protocol, actor, protocol.coordinated_by);
}

bool may_play(const model::Protocol& protocol, const Actor& actor, model::RoleId role) {
  const auto& partners = protocol[role].partners;
  const bool any = protocol[role].binding == model::Binding::chosen_by && partners.empty();
  return plays(actor, role, actor.partner) &&
         (any || std::ranges::find(partners, actor.partner) != partners.end());
}

std::unexpected<Refusal> refuse_session(const SessionDraft& draft, RefusalCode code) {
  Refusal refusal{.code = code, .session = draft.state.session};
  if (draft.state.session.known()) {
    const auto host = holder_outside_cases(draft.protocol(), draft.declared().hosted_by);
    refusal.role = host.role;
    refusal.partner = host.partner;
  }
  return std::unexpected(refusal);
}

bool all_recorded(const SessionState& state) {
  return std::ranges::none_of(state.enrolments, [](const Enrolment& enrolment) {
    return enrolment.seat == Seat::enrolled && !enrolment.attendance;
  });
}

std::expected<SessionStatus, Refusal> next_status(const SessionDraft& draft,
                                                  SessionEvent event,
                                                  const Actor& actor) {
  std::uint8_t facts = hosts(draft, actor) ? session_fact::by_host : std::uint8_t{0};
  if (all_recorded(draft.state)) {
    facts |= session_fact::all_recorded;
  }
  const auto cell = session_life(draft.state.status, event, facts);
  if (cell.verdict == Verdict::possible) {
    return cell.next;
  }
  if (cell.verdict == Verdict::refused) {
    return refuse_session(
        draft,
        event == SessionEvent::close ? RefusalCode::attendance_missing : RefusalCode::not_yours);
  }
  const bool to_come = draft.state.status == SessionStatus::planned;
  return refuse_session(draft,
                        to_come ? RefusalCode::session_not_begun : RefusalCode::session_over);
}

Decision decide(const Plan& plan,
                const SessionState& state,
                const Command& command,
                model::Instant now) {
  SessionDraft draft{.plan = plan, .state = state, .events = {}};
  tick(draft, now);
  if (command.kind == CommandKind::tick) {
    return std::move(draft.events);
  }
  if (draft.state.status == SessionStatus::none && command.kind != CommandKind::plan_session) {
    return refuse_session(draft, RefusalCode::session_not_planned);
  }
  auto dated = command;
  auto done = date(draft, dated, now);
  if (done) {
    done = dispatch(draft, dated);
  }
  if (!done) {
    return std::unexpected(done.error());
  }
  return std::move(draft.events);
}

}  // namespace protoflow::engine
