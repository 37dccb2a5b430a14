// The JSON of one step of a case, as the API shows it. For runtime/http/api*.cpp only.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/api_json.hpp"

namespace protoflow::runtime {

/// {"step","title","work","time"}, and where it is known "due". For those who have to do with the
/// step, "outcome" and "review" too; in review by several, "approvals_needed" and "reviewers", each
/// {"role","partner","review","person"}.
[[nodiscard]] nlohmann::ordered_json step_json(const CaseFile& file,
                                               model::StepId step,
                                               const Sight& sight);

}  // namespace protoflow::runtime
