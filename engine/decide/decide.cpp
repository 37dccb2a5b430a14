#include "engine/decide/decide.hpp"

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
      return decide_on_case(draft, command);
    case CommandKind::take:
    case CommandKind::decline:
    case CommandKind::release:
    case CommandKind::complete:
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
  }
  return {};
}

Done check_case(const Draft& draft, const Command& command) {
  switch (draft.state.status) {
    case CaseStatus::none:
      return command.kind == CommandKind::open ? Done{} : refuse(RefusalCode::not_opened);
    case CaseStatus::closed:
    case CaseStatus::archived:
    case CaseStatus::erased:
      return refuse(RefusalCode::case_closed);
    case CaseStatus::paused:
      return command.kind == CommandKind::resume_case || command.kind == CommandKind::close
                 ? Done{}
                 : refuse(RefusalCode::case_paused);
    case CaseStatus::opened:
    case CaseStatus::active:
    case CaseStatus::reopened:
      return command.kind == CommandKind::open ? refuse(RefusalCode::already_opened) : Done{};
  }
  return {};
}

Done check_instant(const Draft& draft, const Command& command, model::Instant now) {
  if (command.happened > now) {
    return refuse(RefusalCode::happened_in_future, command.step);
  }
  if (draft.state.opened != model::kNever && command.happened < draft.state.opened) {
    return refuse(RefusalCode::happened_before_opening, command.step);
  }
  return {};
}

}  // namespace

Decision decide(const Plan& plan,
                const CaseState& state,
                const Command& command,
                model::Instant now) {
  Draft draft{.plan = plan, .state = state, .events = {}};
  tick(draft, now);
  if (command.kind == CommandKind::tick) {
    return std::move(draft.events);
  }
  auto dated = command;
  if (dated.happened == model::kNever) {
    dated.happened = now;
  }
  auto done = check_case(draft, dated);
  if (done) {
    done = check_instant(draft, dated, now);
  }
  if (done) {
    done = dispatch(draft, dated);
  }
  if (!done) {
    return std::unexpected(done.error());
  }
  follow(draft, dated.happened);
  return std::move(draft.events);
}

}  // namespace protoflow::engine
