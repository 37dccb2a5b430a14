// The rules: a command either becomes events or is refused, with what would be needed. Pure: the
// instant comes in, nothing is changed. The same state, command and instant always give the same
// events.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/calendar.hpp"
#include "engine/event/event.hpp"
#include "engine/migrate/examine.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// A protocol with all that deciding needs beside it; made once per protocol version.
struct Plan {
  model::Protocol protocol;
  WorkTime work_time;
  std::string meaning_hash;  // hexadecimal SHA-256 of the canonical text
};

enum class CommandKind : std::uint8_t {
#define PF_COMMAND(name) name,
#include "engine/decide/commands.def"
#undef PF_COMMAND
};

inline constexpr auto kCommandKindNames = std::to_array<std::string_view>({
#define PF_COMMAND(name) #name,
#include "engine/decide/commands.def"
#undef PF_COMMAND
});

/// What another stream says; no person gives such a command.
[[nodiscard]] constexpr bool is_errand(CommandKind kind) {
  return (kind >= CommandKind::session_enrolled && kind <= CommandKind::session_reminded) ||
         kind == CommandKind::partner_agreed || kind == CommandKind::partner_lapsed;
}

/// What an earlier version leaves to the one that takes its place.
struct KeptSignature {
  model::PartnerId partner;  // nothing changed for it: what it signed stands
  model::Instant signed_at = model::kNever;
};

struct KeptRoutine {
  model::RoutineId routine;
  model::Instant counted_from = model::kNever;
};

/// How many other cases a partner has in a role, or a volunteer.
struct Load {
  model::RoleId role;
  model::PartnerId partner;
  std::string person;  // of a volunteer; empty: the partner's
  std::uint32_t cases = 0;
};

/// What a decision must know of other cases; nothing known: nobody is full. `why` is written into
/// the events, so that a replay needs none of it.
struct Surroundings {
  std::vector<Load> loads;
};

/// What someone wants to do. Only the members that the kind needs are read.
struct Command {
  CommandKind kind = CommandKind::tick;
  Actor actor;
  model::Instant happened =
      model::kNever;  // kNever: at the instant of deciding, as every reopening and correction
  model::StepId step;
  model::OutcomeId outcome;  // unknown: the step's only one
  model::RoleId role;        // referrals: the role to bind
  model::PartnerId partner;  // refer; transfer: who is asked to take everything over
  model::PartnerId giver;    // transfer and its answers: whose it is
  model::EndingId ending;    // close
  std::vector<model::RecordedValue> values;
  std::vector<model::RecordedConsent> consents;
  std::string reason;       // personal, sealed
  std::string beneficiary;  // open: pseudonymous id
  bool with_reservations = false;

  // sessions
  model::SessionId session;          // plan_session; in an errand to a case: the one it hears of
  std::string occurrence;            // in an errand to a case: the id of the session's stream
  std::optional<model::Instant> at;  // when it begins
  std::optional<std::uint16_t> capacity;    // how many places; none: as many as the protocol says
  std::vector<EnrolmentChange> enrolments;  // enrol, withdraw: one case; record_attendance: several
  std::optional<Attendance> attendance;     // session_attended
  std::string place;                        // where; personal, sealed

  std::string from;  // an errand: the stream whose event caused it. People's commands have none
  std::string task;  // take, decline, release, complete: of a task, by its name, beside the steps
  Actor colleague;   // delegate: to whom; person_removed: who has it then, nobody: the role
  model::Instant until =
      model::kNever;        // delegate: it comes back then; person_absent: kNever, nobody knows
  std::uint32_t event = 0;  // void_event, correct_event: by its version in the stream
  std::string why;          // an errand: a short neutral code

  // partnerships and routines
  model::RoutineId routine;                // hold_routine, postpone_routine, remark
  std::vector<model::PartnerId> attended;  // hold_routine
  std::vector<RecordedAnswer> answers;     // hold_routine
  model::Instant date = model::kNever;  // postpone_routine, leave_partnership: some time that day
  std::vector<model::PartnerId> unsigned_by;  // open: who has not signed what it must sign
  std::string meaning;                        // agree, supersede: a meaning hash
  std::vector<KeptSignature> kept;            // found_partnership
  std::vector<KeptRoutine> kept_routines;     // found_partnership

  std::string person;  // person_absent, person_returned, person_removed: who
  model::Instant absent_from = model::kNever;  // kNever: now

  const Plan* to = nullptr;  // migrate: the version to come to; it outlives the decision
  Surroundings there;        // migrate: of the cases, in the places of that version
  bool keeps_deadlines = false;
};

enum class RefusalCode : std::uint8_t {
#define PF_REFUSAL(name) name,
#include "engine/decide/refusals.def"
#undef PF_REFUSAL
};

inline constexpr auto kRefusalCodeNames = std::to_array<std::string_view>({
#define PF_REFUSAL(name) #name,
#include "engine/decide/refusals.def"
#undef PF_REFUSAL
});

/// A normal answer: what stands in the way and who could do it. Never personal; the words are made
/// in runtime/words.
struct Refusal {
  RefusalCode code = RefusalCode::not_possible_now;
  model::StepId step;
  model::RoleId role;        // who could: this role …
  model::PartnerId partner;  // … of this partner
  model::RoutineId routine;
  std::vector<model::PartnerId> partners;          // who has not agreed
  std::vector<model::InformationId> informations;  // missing, or not to be recorded here
  model::ConsentId consent;
  model::SessionId session;
  std::vector<Finding> findings;  // cannot_migrate: what stands in the way
};

using Decision = std::expected<std::vector<Event>, Refusal>;

/// Deadlines that have passed at `now` come first, as events of their own, then the command's. A
/// `tick` is never refused and may give no event. Requires: `state` was made for `plan.protocol`;
/// ids of the command are places in it.
[[nodiscard]] Decision decide(const Plan& plan,
                              const CaseState& state,
                              const Command& command,
                              model::Instant now,
                              const Surroundings& surroundings = {});

/// The same on `state` itself, without a copy: for many decisions a second. `events` holds the
/// events and nothing else, and `state` is as after them; where nobody stated when, `command` is
/// dated. After a refusal `state` may have seen deadlines that had passed: who needs what was there
/// before keeps it elsewhere.
[[nodiscard]] std::expected<void, Refusal> decide_in_place(const Plan& plan,
                                                           CaseState& state,
                                                           Command& command,
                                                           model::Instant now,
                                                           std::vector<Event>& events);
/// The steps whose work, under way or done before them, these events undo; each once.
[[nodiscard]] std::vector<model::StepId> undone(const CaseState& before,
                                                std::span<const Event> events);

/// The next instant at which a `tick` would give an event; kNever when the case waits for people
/// only.
[[nodiscard]] model::Instant next_due(const Plan& plan, const CaseState& state);

}  // namespace protoflow::engine
