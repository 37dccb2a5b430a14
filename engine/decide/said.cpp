// What may be written down with a step: only what the protocol declares, in the type it declares.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

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
  return std::unexpected(
      Refusal{.code = code, .step = step, .informations = {information}});
}

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
  for (const auto& recorded : command.values) {
    const auto& seen_by = draft.protocol()[recorded.information].seen_by;
    const bool may = std::ranges::any_of(seen_by, [&](model::RoleId role) {
      return plays(command.actor, role, holder(draft.protocol(), draft.state, role).partner);
    });
    if (!may) {
      return refuse_information(RefusalCode::information_not_here, {}, recorded.information);
    }
  }
  std::vector<model::InformationId> allowed;
  for (const auto& recorded : command.values) {
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

}  // namespace protoflow::engine
