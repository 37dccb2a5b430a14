// What the casebook answers when a command cannot be done, before or beside what the engine says.
// Private to runtime/casebook.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"

namespace protoflow::runtime {

[[nodiscard]] NotDone not_done(Why why, std::string code, std::string detail);

[[nodiscard]] NotDone unknown_stream(const Request& request);

[[nodiscard]] NotDone unknown_person(std::string_view person);

[[nodiscard]] NotDone unknown_protocol(const std::string& name, const Reading& reading);

/// Another text bears the number of this one already; `next` is free.
[[nodiscard]] NotDone version_taken(const engine::Plan& plan, std::uint32_t next);

/// A record of the directory that the disk did not take.
[[nodiscard]] NotDone record_not_written();

/// The operator's log says why; the sender only what to do.
[[nodiscard]] NotDone keys_unavailable(model::Language language);

[[nodiscard]] NotDone not_trained(const engine::Plan& plan,
                                  model::RoleId role,
                                  const std::vector<model::CompetenceId>& lacking);

}  // namespace protoflow::runtime
