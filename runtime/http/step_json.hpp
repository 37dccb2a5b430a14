// The JSON of one step of a case, as the API shows it. For runtime/http/api*.cpp only.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "runtime/casebook/casebook.hpp"

namespace protoflow::runtime {

/// {"step","title","work","time"}, and where they are known "outcome", "review", "due". In review
/// by several: "approvals_needed" and "reviewers", each {"role","partner","review","person"}.
[[nodiscard]] nlohmann::ordered_json step_json(const CaseFile& file, model::StepId step);

}  // namespace protoflow::runtime
