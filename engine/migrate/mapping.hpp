// From the places of one version's tables to those of another: by name, completed by what the text
// says it `was`. A pure function of two protocols; what it means for one case, examine.hpp says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::engine {

/// Persisted.
inline constexpr std::array<std::string_view, 9> kFormerKindNames = {
    "partner", "role", "information", "consent", "step", "outcome", "session", "routine", "ending"};

/// A declaration of the old version that the new one has under another name, or not at all.
struct NameChange {
  model::FormerKind kind = model::FormerKind::step;
  std::string step;  // of an outcome: its step, as the old version calls it
  std::string was;
  std::string now;  // empty: it has no counterpart

  friend bool operator==(const NameChange&, const NameChange&) = default;
};

inline constexpr std::uint16_t kNoPlace = 0xFFFF;

/// Each table by the old place; an unknown id, or kNoPlace, has no counterpart.
struct Mapping {
  std::vector<NameChange> changes;  // all else keeps its name: what the log says of the mapping
  std::vector<model::PartnerId> partners;
  std::vector<model::RoleId> roles;
  std::vector<model::InformationId> informations;
  std::vector<model::ConsentId> consents;
  std::vector<model::StepId> steps;
  std::vector<model::SessionId> sessions;
  std::vector<model::RoutineId> routines;
  std::vector<model::EndingId> endings;
  std::vector<std::vector<model::OutcomeId>> outcomes;  // of each step
  std::vector<std::vector<std::uint16_t>> levels;       // of each information, by name
  std::vector<std::vector<std::uint16_t>> follow_ups;   // of each ending, by name
  std::vector<std::vector<std::uint16_t>> questions;    // of each routine, by what is asked
  std::size_t steps_now = 0, roles_now = 0;             // how many the new version has
  std::size_t informations_now = 0, consents_now = 0;
  std::size_t routines_now = 0;  // up to the last that is for each case
};

/// By name first; then by `was`, of the new version or, on the way back, of the old one. An
/// information of another type is another information.
[[nodiscard]] std::vector<NameChange> name_changes(const model::Protocol& was,
                                                   const model::Protocol& now);

/// The tables that these changes make. The error names what one of the two does not declare.
[[nodiscard]] std::expected<Mapping, std::string> mapping_of(const model::Protocol& was,
                                                             const model::Protocol& now,
                                                             std::vector<NameChange> changes);

}  // namespace protoflow::engine
