// replay --orphan and --clocks: what a history says of time that was with nobody, and of clocks
// that stood still. For runtime/cli only.
#pragma once

#include <string>
#include <vector>

#include "runtime/casebook/reading.hpp"
#include "runtime/cli/cli.hpp"

namespace protoflow::runtime {

/// One case, as far as it was read.
struct CaseHistory {
  std::string case_id;
  std::vector<PlanRef> plans;  // the versions that it went by, in order; never empty
  std::vector<engine::Event> events;
};

/// How long open duties were with a role and no person by name: each case by cause, then all of
/// them together. Counted up to `until`.
void print_orphan_time(const std::vector<CaseHistory>& cases,
                       model::Instant until,
                       const Output& output);

/// Each time the clock of a step stood still: from when to when, and why.
void print_clocks(const std::vector<CaseHistory>& cases, const Output& output);

}  // namespace protoflow::runtime
