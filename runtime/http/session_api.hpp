// What the API answers of collective sessions: one stream for each occurrence. It names cases by
// their ids and says nothing of whom they accompany.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

struct Call;

/// The sessions that the versions in force still ask to be planned, as tasks of whoever hosts them:
/// no stream owes them, for there is none yet. Only those of the `person` and of the `partner`,
/// where they are named.
[[nodiscard]] std::vector<nlohmann::ordered_json> sessions_to_plan(const Call& call,
                                                                   const Person* person,
                                                                   std::string_view partner);

/// `attendance` of a command: an object of cases and whether they came. The error says what it
/// must be.
[[nodiscard]] std::expected<void, std::string> read_attendance(const nlohmann::ordered_json& json,
                                                               Request& request);

}  // namespace protoflow::runtime
