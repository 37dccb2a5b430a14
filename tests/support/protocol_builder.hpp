// Protocols for tests, written with names: what an author would write, as values. Names are
// resolved when the plan is made; a name that is declared nowhere ends the test program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide/decide.hpp"

namespace protoflow::tests {

/// A condition by names; `operands` of all_of, any_of, at_least and negate. Without operands,
/// all_of is "always".
struct Wanted {
  model::Op op = model::Op::all_of;
  std::string subject, value;
  model::Compare compare = model::Compare::equal;
  std::int64_t number = 0;
  std::vector<Wanted> operands;
};

[[nodiscard]] Wanted settled(std::string step);
[[nodiscard]] Wanted is(std::string step, std::string outcome);
[[nodiscard]] Wanted not_needed(std::string step);
[[nodiscard]] Wanted has(std::string information,
                         model::Compare compare = model::Compare::equal,
                         std::string value = "yes");
[[nodiscard]] Wanted given(std::string consent);
[[nodiscard]] Wanted all_of(std::vector<Wanted> operands);
[[nodiscard]] Wanted any_of(std::vector<Wanted> operands);
[[nodiscard]] Wanted negate(Wanted operand);

[[nodiscard]] inline model::Duration hours(std::int32_t amount) {
  return {amount, model::DurationUnit::hours};
}

[[nodiscard]] inline model::Duration days(std::int32_t amount) {
  return {amount, model::DurationUnit::days};
}

struct DeadlineSpec {
  model::Duration within;
  std::string from;
  Wanted when;
};

struct LateSpec {
  model::LateAction action = model::LateAction::tell;
  std::string role_or_outcome;
  std::optional<model::Duration> by;
};

struct OutcomeSpec {
  std::string name;
  std::string reopens;
  std::uint8_t reopens_max = 0;
  std::string ends;
};

struct ReviewSpec {
  std::string by;
  std::optional<model::Duration> within;
  std::uint8_t returns_max = 0;
  std::vector<std::string> others = {};  // beside `by`
  std::uint16_t approvals = 0;           // 0: all of them
};

struct RepeatSpec {
  Wanted until;
  std::uint8_t times_max = 0;
  std::optional<model::Duration> every;
};

struct StepSpec {
  std::string name, responsible;
  Wanted after, when;
  std::optional<Wanted> unless;
  std::optional<model::Duration> accept_within;
  std::vector<DeadlineSpec> deadlines;
  std::vector<model::Duration> remind_before;
  std::vector<LateSpec> late;
  std::optional<model::Duration> hold;
  std::vector<std::string> records, informs, requires_consents;
  std::string asks_consent;
  std::vector<OutcomeSpec> outcomes;
  std::optional<ReviewSpec> review;
  std::optional<RepeatSpec> repeat;
  std::string through;
};

struct PreparationSpec {
  std::string name, responsible;
  model::Duration before;
};

struct SessionSpec {
  std::string name, hosted_by;
  std::vector<std::string> with;
  std::optional<std::uint16_t> beneficiaries_max;
  std::optional<model::Duration> every;
  bool on_request = false;
  std::vector<PreparationSpec> preparations, follow_ups;  // of a follow-up, `before` is `within`
};

struct FollowUpSpec {
  std::string name, responsible;
  model::Duration within;
};

struct EndingSpec {
  std::string name;
  std::optional<Wanted> when;
  bool immediately = false;
  std::string at_any_time_by;
  std::vector<FollowUpSpec> follow_ups;
};

struct RoleSpec {
  std::string name;
  model::Binding binding = model::Binding::held_by;
  std::vector<std::string> partners;
  std::string chooser, supervisor;
  std::optional<model::Duration> answer_within;
  std::optional<std::uint16_t> cases_max;
};

struct InformationSpec {
  std::string name;
  std::vector<std::string> levels;  // none: yes or no
  std::vector<std::string> seen_by;
};

/// A day on which a partner is closed, counted from hour 0 of a play.
struct ClosedSpec {
  std::string partner;
  int day = 0;
};

/// The roles' partners are declared by being named; the beneficiary's role is there by itself. Time
/// zone UTC, Monday to Friday.
struct ProtocolSpec {
  std::string name = "test";
  std::string coordinated_by = "coordinator";
  std::vector<RoleSpec> roles;
  std::vector<InformationSpec> informations;
  std::vector<std::string> consents;
  std::optional<model::Duration> consents_last;
  std::vector<StepSpec> steps;
  std::vector<EndingSpec> endings;
  std::vector<SessionSpec> sessions;
  std::vector<ClosedSpec> closed;
};

[[nodiscard]] engine::Plan plan_of(const ProtocolSpec& spec);

/// Madame S.'s path in seven steps: every clause of the language that the engine acts on. Durations
/// in hours, so that the instants of a test are plain to see.
[[nodiscard]] ProtocolSpec small_path();

}  // namespace protoflow::tests
