// What a case that comes over to another version of its protocol needs beside the engine: which
// version is meant, and what whoever decides it is told before.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"

namespace protoflow::runtime {

/// `events` are those of a decision on a command to come over to `to`.
[[nodiscard]] std::vector<std::string> what_becomes_of(const CaseFile& file,
                                                       std::span<const engine::Event> events,
                                                       const engine::Plan& to);

/// No deployed version of the protocol is called so.
[[nodiscard]] NotDone unknown_version(const engine::Plan& plan,
                                      std::string_view called,
                                      const Reading& reading);

}  // namespace protoflow::runtime
