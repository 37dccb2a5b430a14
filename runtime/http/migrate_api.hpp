// POST /v1/protocols/NAME/migrate: the cases of a protocol come over to another of its versions,
// each by a command of its own. Those that are on it already are left, so that what a crash has cut
// short is simply sent again.
#pragma once

#include <string_view>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// `{"person": …, "to": "2" | "latest", "case": …, "dry_run": true, "keep_deadlines": true}`. Cases
/// to which the same happens stand together.
void migrate_cases(const HttpRequest& http,
                   std::string_view protocol,
                   Casebook& casebook,
                   Answer answer);

}  // namespace protoflow::runtime
