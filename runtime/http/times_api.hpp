// GET /v1/cases/CASE/times: how long what was owed was with nobody by name, and when the clocks of
// steps stood still. Private to runtime/http.
#pragma once

#include <string_view>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// {"case","until","orphan_ms":{"not_taken":…},"stops":[{"step","why","from","to"}]}, up to `now`;
/// a stop without `to` lasts. Requires that the case is there.
[[nodiscard]] HttpResponse case_times(const Casebook& casebook,
                                      std::string_view case_id,
                                      const CaseFile& file,
                                      model::Instant now);

}  // namespace protoflow::runtime
