// What partners must have signed before a case opens or a step is offered to them.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// A role that each case binds is with its chooser to begin with. The chain is as long as the author
// makes it.
constexpr int kChoosersMax = 8;

const model::Role& who_begins(const model::Protocol& protocol, model::RoleId role) {
  for (int depth = 0; depth < kChoosersMax; ++depth) {
    if (protocol[role].binding != model::Binding::chosen_by) {
      break;
    }
    role = protocol[role].chooser;
  }
  return protocol[role];
}

bool nobody_signed(const CaseState& state, const model::Role& role) {
  return !role.partners.empty() && std::ranges::none_of(role.partners, [&](auto partner) {
    return may_be_offered(state, partner);
  });
}

}  // namespace

Done check_signatures(const Draft& draft) {
  Refusal refusal{.code = RefusalCode::partners_not_agreed};
  for (std::size_t i = 0; i < draft.protocol().steps.size(); ++i) {
    const auto& step = draft.protocol().steps[i];
    const auto& role = who_begins(draft.protocol(), step.responsible);
    if (is_settled(draft.state.steps[i].work) || !nobody_signed(draft.state, role) ||
        may_open(step, draft.state) != Truth::yes) {
      continue;
    }
    for (const auto partner : role.partners) {
      if (std::ranges::find(refusal.partners, partner) == refusal.partners.end()) {
        refusal.partners.push_back(partner);
      }
    }
  }
  if (refusal.partners.empty()) {
    return {};
  }
  return std::unexpected(std::move(refusal));
}

// Steps that somebody else was offered meanwhile stay there: the next ones find the partner.
Done decide_on_signature(Draft& draft, const Command& command) {
  const bool agrees = command.kind == CommandKind::partner_agreed;
  const auto& agreement = draft.protocol().agreement;
  const bool counts = !command.from.empty() && command.partner.known() && agreement &&
                      !agreement->cases_before_signature &&
                      may_be_offered(draft.state, command.partner) != agrees;
  if (!counts) {
    return refuse(RefusalCode::not_possible_now);
  }
  draft.emit({.kind = agrees ? EventKind::partner_agreed : EventKind::partner_lapsed,
              .happened = command.happened,
              .partner = command.partner});
  return {};
}

}  // namespace protoflow::engine
