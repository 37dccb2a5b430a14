// Who could take on a role in a case, out of the directory and the live cases.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/casebook/reading.hpp"

namespace protoflow::runtime {

struct Proposed {
  std::string person;
  engine::Proposal proposal;
  std::uint16_t cases = 0;  // open ones in which she has the role now
};

struct Asked {
  model::RoleId role;
  model::StepId step;                  // known: the role is asked for this step
  std::vector<std::string> languages;  // that would help
  std::uint8_t days = 0;               // on which somebody is needed; bit 0 is Monday
};

/// Everyone of the directory who plays the role, in the order of engine::propose.
[[nodiscard]] std::vector<Proposed> propose_people(const Reading& reading,
                                                   const CaseFile& file,
                                                   const Asked& asked,
                                                   model::Instant now);

/// The competences of `role` that the person was not trained in, or not for today. Not empty: she
/// cannot be offered it.
[[nodiscard]] std::vector<model::CompetenceId> lacking_now(const Person& person,
                                                           model::RoleId role,
                                                           const engine::Plan& plan,
                                                           model::Instant now);

}  // namespace protoflow::runtime
