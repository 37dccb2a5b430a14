#include "engine/decide/sent.hpp"

#include <algorithm>

#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

using Done = std::expected<void, Refusal>;

template <class Id, class Declaration>
bool is_there(Id id, const std::vector<Declaration>& table) {
  return id.value < table.size();
}

template <class Id, class Declaration>
bool is_there_or_none(Id id, const std::vector<Declaration>& table) {
  return !id.known() || is_there(id, table);
}

Done done_if(bool there, RefusalCode code) {
  return there ? Done{} : std::unexpected(Refusal{.code = code});
}

bool is_on_step(const Command& command) {
  const auto kind = command.kind;
  const bool on_review = kind >= CommandKind::begin_review && kind <= CommandKind::give_back;
  const bool on_work = kind >= CommandKind::take && kind <= CommandKind::resume;
  const bool on_hand_over = kind >= CommandKind::delegate && kind <= CommandKind::take_back;
  return on_review || on_hand_over || (on_work && command.task.empty());
}

bool is_on_partner(CommandKind kind) {
  return kind >= CommandKind::invite_partner && kind <= CommandKind::leave_partnership;
}

Done check_step(const model::Protocol& protocol, const Command& command) {
  const bool named = is_there(command.step, protocol.steps);
  if (!command.step.known()) {
    return done_if(!is_on_step(command), RefusalCode::step_needed);
  }
  if (!named) {
    return done_if(false, RefusalCode::step_not_open);
  }
  return done_if(is_there_or_none(command.outcome, protocol[command.step].outcomes),
                 RefusalCode::outcome_needed);
}

Done check_role(const model::Protocol& protocol, const Command& command) {
  const auto kind = command.kind;
  const bool needed = kind >= CommandKind::refer && kind <= CommandKind::revoke_referral;
  return done_if(needed ? is_there(command.role, protocol.roles)
                        : is_there_or_none(command.role, protocol.roles),
                 RefusalCode::not_a_referral_role);
}

Done check_giver(const model::Protocol& protocol, const Command& command) {
  return done_if(is_there_or_none(command.giver, protocol.partners), RefusalCode::not_this_partner);
}

Done check_partner(const model::Protocol& protocol, const Command& command) {
  const bool there = is_on_partner(command.kind)
                         ? is_there(command.partner, protocol.partners)
                         : is_there_or_none(command.partner, protocol.partners);
  if (command.kind == CommandKind::refer) {
    return done_if(there, RefusalCode::not_a_candidate);
  }
  return done_if(there,
                 command.kind == CommandKind::hand_over ? RefusalCode::not_a_receiver
                                                        : RefusalCode::not_this_partner);
}

Done check_partners(const model::Protocol& protocol, const Command& command) {
  const auto there = [&](model::PartnerId id) { return is_there(id, protocol.partners); };
  const bool all = std::ranges::all_of(command.attended, there) &&
                   std::ranges::all_of(command.unsigned_by, there) &&
                   std::ranges::all_of(command.kept, there, &KeptSignature::partner);
  return done_if(all, RefusalCode::not_this_partner);
}

Done check_said(const model::Protocol& protocol, const Command& command) {
  const auto known = [&](model::InformationId id) { return is_there(id, protocol.informations); };
  if (!std::ranges::all_of(command.values, known, &model::RecordedValue::information)) {
    return done_if(false, RefusalCode::information_not_here);
  }
  const auto asked = [&](model::ConsentId id) { return is_there(id, protocol.consents); };
  return done_if(std::ranges::all_of(command.consents, asked, &model::RecordedConsent::consent),
                 RefusalCode::consent_not_asked_here);
}

Done check_texts(const model::Protocol&, const Command& command) {
  const auto is_short = [](const model::RecordedValue& recorded) {
    return recorded.value.text.size() <= model::kSaidTextMax;
  };
  return done_if(command.reason.size() <= model::kSaidTextMax &&
                     command.place.size() <= model::kSaidTextMax &&
                     std::ranges::all_of(command.values, is_short),
                 RefusalCode::text_too_long);
}

Done check_routines(const model::Protocol& protocol, const Command& command) {
  const auto there = [&](model::RoutineId id) { return is_there(id, protocol.routines); };
  return done_if(is_there_or_none(command.routine, protocol.routines) &&
                     std::ranges::all_of(command.kept_routines, there, &KeptRoutine::routine),
                 RefusalCode::routine_not_here);
}

Done check_session(const model::Protocol& protocol, const Command& command) {
  const bool needed = command.kind == CommandKind::session_enrolled ||
                      command.kind == CommandKind::session_waitlisted;
  if (!is_there_or_none(command.session, protocol.sessions) ||
      (needed && !command.session.known())) {
    return done_if(false, RefusalCode::not_possible_now);
  }
  const auto there = [&](const EnrolmentChange& change) {
    return is_there_or_none(change.step, protocol.steps);
  };
  return done_if(std::ranges::all_of(command.enrolments, there), RefusalCode::step_not_through);
}

Done check_ending(const model::Protocol& protocol, const Command& command) {
  return done_if(is_there_or_none(command.ending, protocol.endings), RefusalCode::ending_needed);
}

}  // namespace

std::expected<void, Refusal> check_sent(const model::Protocol& protocol, const Command& command) {
  for (const auto check : {check_step,
                           check_role,
                           check_partner,
                           check_giver,
                           check_partners,
                           check_said,
                           check_texts,
                           check_routines,
                           check_session,
                           check_ending}) {
    if (auto named = check(protocol, command); !named) {
      return named;
    }
  }
  return {};
}

}  // namespace protoflow::engine
