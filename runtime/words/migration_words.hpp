// What becomes of a case that comes over to another version of its protocol, in sentences for
// whoever decides it. No dates: cases to which the same happens say the same.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/migrate/examine.hpp"

namespace protoflow::runtime {

/// In the language of the old version, but for what only the new one has.
[[nodiscard]] std::string sentence(const engine::Finding& finding,
                                   const model::Protocol& was,
                                   const model::Protocol& now);

/// What the case loses and gains, then what follows at once: `events` are those of the migration,
/// from case_migrated on. Each sentence once.
[[nodiscard]] std::vector<std::string> consequences(const std::vector<engine::Finding>& findings,
                                                    std::span<const engine::Event> events,
                                                    const engine::Plan& was,
                                                    const engine::Plan& now);

}  // namespace protoflow::runtime
