// /v1/people: the directory, who is absent, what their absence or removal would change, and who
// could take a role in a case. Private to runtime/http.
#pragma once

#include <string_view>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// GET /v1/people: everybody who is there, an absence beside whoever has one that is not over.
[[nodiscard]] HttpResponse people(const Reading& reading, model::Instant now);

/// POST /v1/people: register one.
void register_person(Casebook& casebook, const HttpRequest& request, const Answer& answer);

/// POST /v1/people/ID/commands: {"command":"person_absent","from":"2027-03-01",
/// "until":"2027-03-12"}, {"command":"person_returned"}, {"command":"person_removed","to":ID}; with
/// "dry_run": true nothing is recorded. The answer lists what changes hands, case by case.
void change_person(Casebook& casebook,
                   std::string_view person,
                   const HttpRequest& request,
                   const Answer& answer);

/// GET /v1/cases/ID/people?step=…: who could take it, in order.
[[nodiscard]] HttpResponse people_for(const Reading& reading,
                                      const CaseFile& file,
                                      const HttpRequest& request,
                                      model::Instant now);

}  // namespace protoflow::runtime
