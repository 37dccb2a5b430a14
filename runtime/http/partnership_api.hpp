// What the API answers of partnerships: one for each protocol, that of its version in force.
#pragma once

#include <string_view>

#include "runtime/casebook/reading.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

[[nodiscard]] HttpResponse partnerships(const Reading& reading);

/// With the remarks of its cases; 404 for a protocol that is not deployed.
[[nodiscard]] HttpResponse one_partnership(const Reading& reading, std::string_view protocol);

}  // namespace protoflow::runtime
