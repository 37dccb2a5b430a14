// What would become of one case if it came over to another version of its protocol: what stands in
// the way, and what whoever decides it must know before. Pure; it changes nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/migrate/mapping.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

enum class FindingKind : std::uint8_t {
#define PF_FINDING(name, blocks) name,
#include "engine/migrate/findings.def"
#undef PF_FINDING
};

inline constexpr auto kFindingKindNames = std::to_array<std::string_view>({
#define PF_FINDING(name, blocks) #name,
#include "engine/migrate/findings.def"
#undef PF_FINDING
});

inline constexpr auto kFindingsBlock = std::to_array<bool>({
#define PF_FINDING(name, blocks) blocks,
#include "engine/migrate/findings.def"
#undef PF_FINDING
});

/// About one of these, as the old version calls it.
struct Finding {
  FindingKind kind = FindingKind::open_step_gone;
  model::StepId step;  // step_added: of the new version
  model::OutcomeId outcome;
  model::RoleId role;
  model::PartnerId partner;
  model::InformationId information;
  model::ConsentId consent;
  model::RoutineId routine;
  std::string task;                     // task_gone, partner_gone: by its name
  std::vector<model::RoleId> see_more;  // seen_by_more: of the new version

  friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] constexpr bool blocks(FindingKind kind) {
  return kFindingsBlock[static_cast<std::size_t>(kind)];
}

/// What stands in the way comes first. Requires: `state` is of `was`, and the mapping of the two.
[[nodiscard]] std::vector<Finding> examine(const CaseState& state,
                                           const model::Protocol& was,
                                           const model::Protocol& now,
                                           const Mapping& mapping);

/// The step is done in both versions by coming to the same session: a place in it comes over.
[[nodiscard]] bool keeps_session(const model::Protocol& was,
                                 const model::Protocol& now,
                                 const Mapping& mapping,
                                 model::StepId step);

/// A consent is given to a purpose, of some information, to some roles: to more, or to another
/// purpose, nobody has said yes.
[[nodiscard]] bool asks_for_more(const model::Consent& was,
                                 const model::Consent& now,
                                 const Mapping& mapping);

}  // namespace protoflow::engine
