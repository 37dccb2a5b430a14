// What is sensitive is seen with the person's consent, and a consent covers what somebody sees.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

template <class Id>
bool holds(const std::vector<Id>& list, Id wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// Whoever records an information has it from the person. Of a step that could not be read whole,
// anybody may be responsible.
bool records(const Asked& asked, model::RoleId role, model::InformationId information) {
  const auto& steps = asked.protocol.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool by_role = steps[i].responsible == role || !steps[i].responsible.known();
    if (by_role && holds(steps[i].records, information)) {
      return true;
    }
  }
  return false;
}

// A consent that could not be read whole may cover anything, with anybody.
bool all_readable(const Asked& asked) {
  return std::ranges::none_of(asked.names.of(NameKind::consent),
                              [&](const Declared& one) { return unreadable(asked, one); });
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
  if (may_be_named(asked, declared(asked, NameKind::information, id.value)) ||
      may_be_named(asked, declared(asked, NameKind::role, role.value))) {
    return;
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
    if (role != model::kBeneficiary && !records(asked, role, id)) {
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
    const Declared& one = declared(asked, NameKind::information, information.value);
    if (!seen && !consent.with.empty() && !unreadable(asked, one)) {
      tell_two(asked,
               Code::consent_covers_unseen,
               place_of_name(asked, covers, name),
               one.span,
               {consent.name, name});
    }
  }
}

}  // namespace

void ask_consents(const Asked& asked) {
  const bool covers_known = all_readable(asked) && !lacks_a_declaration(asked);
  for (std::size_t i = 0; covers_known && i < asked.protocol.informations.size(); ++i) {
    ask_sensitive(asked, model::InformationId{static_cast<std::uint16_t>(i)});
  }
  for (std::size_t i = 0; i < asked.protocol.consents.size(); ++i) {
    ask_covers(asked, i);
  }
}

}  // namespace protoflow::dsl
