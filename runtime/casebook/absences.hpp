// What would change hands if somebody were absent, back, or removed from the directory: case by
// case, before it is so. No beneficiary is named.
#pragma once

#include <string>
#include <vector>

#include "engine/duty/duty.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"

namespace protoflow::runtime {

struct HandedOn {
  engine::Duty was, now;
  std::vector<std::string> others;  // of whoever answers now, who is there and may take it; ids
};

struct CaseHandedOn {
  std::string case_id;
  PlanRef plan;
  std::vector<HandedOn> duties;  // never empty
};

/// Why the change cannot be recorded.
[[nodiscard]] std::optional<NotDone> check_change(const Directory& people,
                                                  const PersonChange& change,
                                                  model::Instant now);

/// What a case hears of it; nothing once the absence is over.
[[nodiscard]] std::optional<engine::Command> command_of(const PersonChange& change,
                                                        const engine::Plan& plan,
                                                        const Directory& people,
                                                        model::Instant now);

/// The duties of `person` that are somebody else's after these events, and those that are theirs
/// again.
[[nodiscard]] std::vector<HandedOn> handed_on(const CaseFile& file,
                                              const std::vector<engine::Event>& events,
                                              std::string_view person);

/// Who else of the accountable partner plays the role and is there.
[[nodiscard]] std::vector<std::string> others_for(const engine::Duty& duty,
                                                  std::string_view person,
                                                  const Directory& people,
                                                  const engine::Plan& plan,
                                                  model::Instant now);

/// A role that nobody of the partner's would play any more.
struct LeftWithout {
  std::string role, partner;  // by name
  std::string title;          // of the role

  friend bool operator==(const LeftWithout&, const LeftWithout&) = default;
};

/// What the protocols ask of the person's partner and only she plays there, once she is removed.
[[nodiscard]] std::vector<LeftWithout> left_without(const Reading& reading,
                                                    const PersonChange& change);

}  // namespace protoflow::runtime
