// Whose a duty is, of the people in the directory.
#pragma once

#include "engine/duty/duty.hpp"
#include "runtime/people/directory.hpp"

namespace protoflow::runtime {

/// Whether the duty is that person's: taken by them, or open to a role they play at their partner.
[[nodiscard]] bool is_for(const engine::Duty& duty,
                          const Person& person,
                          const model::Protocol& protocol);

}  // namespace protoflow::runtime
