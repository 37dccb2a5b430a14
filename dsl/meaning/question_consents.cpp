// What is sensitive is seen with the person's consent, and a consent covers what somebody sees.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

template <class Id>
bool holds(const std::vector<Id>& list, Id wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// Whoever records an information has it from the person.
bool records(const model::Protocol& protocol,
             model::RoleId role,
             model::InformationId information) {
  return std::any_of(protocol.steps.begin(), protocol.steps.end(), [&](const model::Step& step) {
    return step.responsible == role && holds(step.records, information);
  });
}

void ask_seen(const Asked& asked, model::InformationId id, model::RoleId role, NodeIndex seen_by) {
  const model::Consent* covering = nullptr;
  for (const model::Consent& consent : asked.protocol.consents) {
    if (!holds(consent.covers, id)) {
      continue;
    }
    if (holds(consent.with, role)) {
      return;
    }
    covering = &consent;
  }
  const std::string& name = asked.protocol[role].name;
  const Span place = place_of_name(asked, seen_by, name);
  const std::vector<std::string> parameters = {asked.protocol[id].name, name};
  if (covering == nullptr) {
    tell(asked, Code::sensitive_without_consent, place, parameters);
    return;
  }
  const auto consent = static_cast<std::size_t>(covering - asked.protocol.consents.data());
  tell_two(asked,
           Code::sensitive_unclear,
           place,
           declared(asked, NameKind::consent, consent).span,
           parameters);
}

void ask_sensitive(const Asked& asked, model::InformationId id) {
  const model::Information& information = asked.protocol[id];
  const Declared& one = declared(asked, NameKind::information, id.value);
  const NodeIndex seen_by = clause_of(asked, one.node, Keyword::seen_by);
  if (!information.sensitive || seen_by == kNoNode) {
    return;
  }
  for (const model::RoleId role : information.seen_by) {
    if (role != model::kBeneficiary && !records(asked.protocol, role, id)) {
      ask_seen(asked, id, role, seen_by);
    }
  }
}

void ask_covers(const Asked& asked, std::size_t id) {
  const model::Consent& consent = asked.protocol.consents[id];
  const NodeIndex covers =
      clause_of(asked, declared(asked, NameKind::consent, id).node, Keyword::covers);
  for (const model::InformationId information : consent.covers) {
    const auto& seen_by = asked.protocol[information].seen_by;
    const bool seen = std::any_of(consent.with.begin(),
                                  consent.with.end(),
                                  [&](model::RoleId role) { return holds(seen_by, role); });
    const std::string& name = asked.protocol[information].name;
    if (!seen && !consent.with.empty()) {
      tell_two(asked,
               Code::consent_covers_unseen,
               place_of_name(asked, covers, name),
               declared(asked, NameKind::information, information.value).span,
               {consent.name, name});
    }
  }
}

}  // namespace

void ask_consents(const Asked& asked) {
  if (asked.tree.broken(0)) {
    return;  // the line that covers or shows it may be the broken one
  }
  for (std::size_t i = 0; i < asked.protocol.informations.size(); ++i) {
    ask_sensitive(asked, model::InformationId{static_cast<std::uint16_t>(i)});
  }
  for (std::size_t i = 0; i < asked.protocol.consents.size(); ++i) {
    ask_covers(asked, i);
  }
}

}  // namespace protoflow::dsl
