// What may be written down with a step: only what the protocol declares, in the type it declares.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

bool in_range(const model::Information& information, const model::Value& value) {
  switch (information.type) {
    case model::InformationType::yes_or_no:
      return value.number == 0 || value.number == 1;
    case model::InformationType::scale:
    case model::InformationType::one_of:
      return value.number >= 0 &&
             value.number < static_cast<std::int64_t>(information.levels.size());
    case model::InformationType::number:
    case model::InformationType::date:
    case model::InformationType::text:
      return true;
  }
  return false;
}

std::unexpected<Refusal> refuse_information(RefusalCode code,
                                            model::StepId step,
                                            model::InformationId information) {
  return std::unexpected(Refusal{.code = code, .step = step, .informations = {information}});
}

namespace {

Done check_values(const Draft& draft,
                  const Command& command,
                  const std::vector<model::InformationId>& allowed) {
  for (const auto& [information, value] : command.values) {
    if (std::ranges::find(allowed, information) == allowed.end()) {
      return refuse_information(RefusalCode::information_not_here, command.step, information);
    }
    if (!in_range(draft.protocol()[information], value)) {
      return refuse_information(RefusalCode::value_out_of_range, command.step, information);
    }
  }
  return {};
}

}  // namespace

// The beneficiary answers for herself; so may whoever does the step that asks, in her presence.
bool may_answer(const Draft& draft, const Actor& actor, model::ConsentId consent) {
  const auto by = [&](model::RoleId role) {
    return plays(actor, role, holder(draft.protocol(), draft.state, role).partner);
  };
  return by(model::kBeneficiary) ||
         std::ranges::any_of(draft.protocol().steps, [&](const model::Step& step) {
           return step.asks_consent == consent && by(step.responsible);
         });
}

bool may_record(const Draft& draft, const Actor& actor, model::InformationId information) {
  return std::ranges::any_of(draft.protocol()[information].seen_by, [&](model::RoleId role) {
    return plays(actor, role, holder(draft.protocol(), draft.state, role).partner);
  });
}

namespace {

Done record_values(Draft& draft, const Command& command) {
  std::vector<model::InformationId> allowed;
  for (const auto& recorded : command.values) {
    if (!may_record(draft, command.actor, recorded.information)) {
      return refuse_information(RefusalCode::information_not_here, {}, recorded.information);
    }
    allowed.push_back(recorded.information);
  }
  if (auto values = check_values(draft, command, allowed); !values) {
    return values;
  }
  draft.emit({.kind = EventKind::information_recorded,
              .happened = command.happened,
              .actor = command.actor,
              .values = command.values,
              .reason = command.reason});
  return {};
}

Done answer_consents(Draft& draft, const Command& command) {
  for (const auto& [consent, given] : command.consents) {
    if (!may_answer(draft, command.actor, consent)) {
      return std::unexpected(
          Refusal{.code = RefusalCode::consent_not_asked_here, .consent = consent});
    }
  }
  Event event{.kind = EventKind::consent_answered,
              .happened = command.happened,
              .actor = command.actor,
              .reason = command.values.empty() ? command.reason : "",
              .consents = command.consents};
  note_consents(draft, event);
  draft.emit(std::move(event));
  return {};
}

}  // namespace

Done check_what_is_said(const Draft& draft, const Command& command) {
  const auto& step = draft.protocol()[command.step];
  if (auto values = check_values(draft, command, step.records); !values) {
    return values;
  }
  for (const auto& [consent, given] : command.consents) {
    if (consent != step.asks_consent) {
      return std::unexpected(Refusal{
          .code = RefusalCode::consent_not_asked_here, .step = command.step, .consent = consent});
    }
  }
  if (step.asks_consent.known() && command.consents.empty()) {
    return std::unexpected(Refusal{.code = RefusalCode::consent_answer_needed,
                                   .step = command.step,
                                   .consent = step.asks_consent});
  }
  return {};
}

Done decide_on_record(Draft& draft, const Command& command) {
  if (command.values.empty() && command.consents.empty()) {
    return refuse(RefusalCode::not_possible_now);
  }
  if (!command.values.empty()) {
    if (auto recorded = record_values(draft, command); !recorded) {
      return recorded;
    }
  }
  return command.consents.empty() ? Done{} : answer_consents(draft, command);
}

}  // namespace protoflow::engine
