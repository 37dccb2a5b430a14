// Whoever was asked first and was slow to answer: docs/decisions/0021.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/decide/decide.hpp"

namespace protoflow::engine {

/// Which of the turns before the present one was the actor's, of an offered step that nobody has
/// taken since: they may still take it. Nothing when they may not, or when it is theirs anyhow.
[[nodiscard]] std::optional<std::uint8_t> turn_before(const model::Protocol& protocol,
                                                      const CaseState& state,
                                                      model::StepId step,
                                                      const Actor& actor);

}  // namespace protoflow::engine
