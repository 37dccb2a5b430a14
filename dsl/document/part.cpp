#include "dsl/document/part.hpp"

#include <algorithm>

namespace protoflow::dsl::document {
namespace {

using model::Binding;
using model::PartnerId;
using model::Protocol;
using model::Role;
using model::RoleId;

// A chain of stand-ins is as long as the author makes it; past this depth nobody is named.
constexpr int kStandInsMax = 8;

std::optional<Playing> playing(const Protocol& protocol, const Role& role, PartnerId partner) {
  const auto& list = role.partners;
  const bool named = std::ranges::find(list, partner) != list.end();
  switch (role.binding) {
    case Binding::beneficiary:
      return std::nullopt;
    case Binding::held_by:
      return !named                    ? std::nullopt
             : list.front() == partner ? std::optional(Playing::holds)
                                       : std::optional(Playing::as_deputy);
    case Binding::volunteer_of:
      return named ? std::optional(Playing::volunteers) : std::nullopt;
    case Binding::chosen_by: {
      const auto possible = candidates(protocol, role);
      return std::ranges::find(possible, partner) != possible.end()
                 ? std::optional(Playing::if_chosen)
                 : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

bool Part::plays(RoleId role) const {
  return std::ranges::any_of(roles, [role](const PlayedRole& played) {
    return played.role == role && played.how != Playing::as_deputy;
  });
}

bool Part::stands_in_for(RoleId role) const {
  return std::ranges::any_of(roles, [role](const PlayedRole& played) {
    return played.role == role && played.how == Playing::as_deputy;
  });
}

bool Part::plays_any(const std::vector<RoleId>& list) const {
  return std::ranges::any_of(list, [this](RoleId role) { return plays(role); });
}

Part part_of(const Protocol& protocol, PartnerId partner) {
  Part part{partner, {}};
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    if (const auto how = playing(protocol, protocol.roles[i], partner)) {
      part.roles.push_back({RoleId{static_cast<std::uint16_t>(i)}, *how});
    }
  }
  return part;
}

bool sees(const Part& part, const model::Information& information) {
  return part.plays_any(information.seen_by);
}

bool sees_all_of(const Protocol& protocol, const Part& part, const model::Condition& condition) {
  return std::ranges::all_of(condition.nodes, [&](const model::ConditionNode& node) {
    const bool reads = node.op == model::Op::information || node.op == model::Op::information_known;
    return !reads || sees(part, protocol.informations[node.subject]);
  });
}

std::vector<PartnerId> candidates(const Protocol& protocol, const Role& role) {
  if (!role.partners.empty()) {
    return role.partners;
  }
  std::vector<PartnerId> able;
  for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
    const auto& brings = protocol.partners[i].brings;
    if (std::ranges::all_of(role.requires_competences, [&](model::CompetenceId competence) {
          return std::ranges::find(brings, competence) != brings.end();
        })) {
      able.push_back(PartnerId{static_cast<std::uint16_t>(i)});
    }
  }
  return able;
}

RoleId stand_in(const Protocol& protocol, const Role& role) {
  return role.binding == Binding::volunteer_of && role.supervisor.known() ? role.supervisor
                                                                          : protocol.coordinated_by;
}

Successor successor(const Protocol& protocol, RoleId role, PartnerId partner) {
  RoleId next = role;
  for (int depth = 0; depth < kStandInsMax && next.known(); ++depth) {
    const Role& current = protocol[next];
    if (current.binding == Binding::held_by ||
        (current.binding == Binding::volunteer_of && next != role)) {
      for (const PartnerId other : current.partners) {
        if (other != partner) {
          return {next, other};
        }
      }
    }
    const bool chosen = current.binding == Binding::chosen_by && current.chooser.known();
    const RoleId after = chosen ? current.chooser : stand_in(protocol, current);
    if (after == next) {
      break;
    }
    next = after;
  }
  return {};
}

PartnerId coordinating_partner(const Protocol& protocol) {
  if (!protocol.coordinated_by.known() || protocol[protocol.coordinated_by].partners.empty()) {
    return {};
  }
  return protocol[protocol.coordinated_by].partners.front();
}

}  // namespace protoflow::dsl::document
