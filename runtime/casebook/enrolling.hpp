// What only the runtime can look up before a case is enrolled in a session: the session's stream
// knows cases by their ids alone. Private to runtime/casebook.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"

namespace protoflow::runtime {

/// Why the case cannot be enrolled: it does not exist or is closed, goes by another version of the
/// protocol, or has no step that awaits this session. A step that is not named is found, where one
/// alone awaits it. Nothing to say of other commands, nor of what the engine refuses by itself.
[[nodiscard]] std::optional<NotDone> check_enrolment(const Reading& reading,
                                                     std::string_view stream,
                                                     engine::Command& command);

}  // namespace protoflow::runtime
