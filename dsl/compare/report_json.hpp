// A comparison for programs. Private to dsl/compare.
#pragma once

#include <string>
#include <vector>

#include "dsl/compare/report.hpp"

namespace protoflow::dsl {

/// {"protocol", "meaning": {"was", "is"}, "changes": [{"kind", "subject", "member", "name",
/// "was", "is", "everyone", "roles", "partners", "sentence"}]}
[[nodiscard]] std::string report_json(const Comparison& comparison,
                                      const std::vector<Change>& changes);

}  // namespace protoflow::dsl
