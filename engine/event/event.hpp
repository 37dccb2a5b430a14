// An event of a stream: what happened, and what it made of its subject. It carries the resulting
// states, so that replay assigns and never decides again. In memory the values are plain; the codec
// seals them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lifecycle/session_life.hpp"
#include "engine/migrate/mapping.hpp"
#include "engine/partnership/partnership_state.hpp"
#include "engine/session/enrolment.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

enum class EventKind : std::uint8_t {
#define PF_EVENT(name, version) name,
#include "engine/event/kinds.def"
#undef PF_EVENT
};

inline constexpr auto kEventKindNames = std::to_array<std::string_view>({
#define PF_EVENT(name, version) #name,
#include "engine/event/kinds.def"
#undef PF_EVENT
});

inline constexpr auto kEventKindVersions = std::to_array<std::uint8_t>({
#define PF_EVENT(name, version) version,
#include "engine/event/kinds.def"
#undef PF_EVENT
});

/// Who acts. An empty person is the clock (a deadline) or the consequence of another event.
struct Actor {
  std::string person;                // pseudonymous id from the directory of people
  model::PartnerId partner;          // the person's own partner
  model::RoleId role;                // the role acted in, if any
  std::vector<model::RoleId> plays;  // every role the person may play; not written to the log
};

/// What became of one of several reviewers of a step.
struct ReviewerChange {
  model::RoleId role;
  std::optional<ReviewState> review;  // none: nothing is asked of it any more
  model::PartnerId partner;           // who answers for it
  std::optional<std::string> person;  // by name; empty: nobody yet
};

/// Only the members that the kind needs are set; the codec writes exactly those that are set.
struct Event {
  EventKind kind = EventKind::case_opened;
  model::Instant happened = model::kNever;
  Actor actor;

  // subject: one of these, or none for an event of the whole case
  model::StepId step;
  model::RoleId binding;  // referral events: the role that is bound
  std::string task;       // by its name
  model::RoutineId routine;
  model::ConsentId consent;

  // what the subject became
  std::optional<CaseStatus> status;
  std::optional<WorkState> work;
  std::optional<TimeState> time;
  std::optional<ResponsibilityState> responsibility;
  std::optional<ReviewState> review;
  std::optional<ReferralState> referral;
  std::optional<PartnershipStatus> partnership;
  std::optional<ParticipationState> participation;  // of `partner`
  std::optional<OccurrenceState> occurrence_state;
  std::optional<std::uint8_t> round, returns, deputy, reminders, late_rules, reopenings;
  std::optional<model::Instant> due, offer_due, review_due;  // kNever: none any more
  std::optional<std::uint8_t> due_rule;    // the `within` line of this due instant, from 1; 0: none
  std::optional<model::Instant> due_from;  // … and the instant it is counted from
  std::optional<model::Instant> held_since;  // moved by a pause of the case
  std::optional<model::Instant> next_round;  // step_reopened by a repeat
  std::optional<model::Instant> hand_over_due;
  std::optional<model::Instant> absent_from;
  std::optional<model::Instant> until;  // of a delegation, of an absence
  std::optional<std::chrono::milliseconds>
      shift;  // how long the step's clock has stood still in all
  std::optional<std::chrono::milliseconds> held;    // … of which in holds
  std::optional<std::uint32_t> number;              // which occurrence of the routine
  std::optional<model::Instant> planned;            // its day
  std::optional<model::Instant> counted_from;       // the first day of the routine's recurrence
  std::optional<model::Instant> signed_at, lapses;  // what the partner signed stands, until then
  std::optional<model::Instant> leaves;             // the partner says that it leaves then
  model::OutcomeId outcome;
  model::EndingId ending;
  model::RoleId role;                   // accountable now
  model::PartnerId partner;             // accountable now, or asked (referral)
  std::optional<std::string> person;    // accountable now by name; empty: the role, nobody by name;
                                        // of an absence, who is absent
  std::optional<std::string> away;      // whose step or review it was, and will be again
  model::PartnerId review_partner;      // who answers for the review
  std::optional<std::string> reviewer;  // by name; empty: nobody yet
  model::RoleId told;  // lateness_told, review_late, case_stalled, follow_ups_left_out: who is told
  model::PartnerId receiver;  // to whom it is handed over, or was until this event
  model::RoleId receiver_role;
  model::PartnerId giver;                     // hand_over_accepted: who had it until then;
                                              // of a transfer, who hands everything over
  std::optional<TaskSource> source;           // of a task
  std::string beneficiary;                    // case_opened: pseudonymous id
  std::string meaning;                        // partner_agreed: the meaning hash that was signed;
                                              // partnership_superseded: that of the newer version;
                                              // case_migrated: that of the version it leaves
  std::vector<model::PartnerId> attended;     // routine_held
  std::vector<model::PartnerId> unsigned_by;  // case_opened, case_migrated: who has not signed yet
  std::vector<Mapping> mapping;               // case_migrated: one

  // what was said; personal, sealed by the codec
  std::vector<model::RecordedValue> values;
  std::vector<model::InformationId> erased;  // values that cannot be opened any more
  std::vector<RecordedAnswer> answers;       // routine_held; only texts are sealed
  std::string reason;                        // … and the text of a remark

  std::vector<model::RecordedConsent> consents;
  std::vector<ConsentUntil> consents_until;  // of those given now, which expire

  // sessions: of their own stream, and what a case hears of them
  model::SessionId session;  // subject
  std::string occurrence;    // in a case: the id of the session's stream
  std::optional<SessionStatus> session_status;
  std::optional<Seat> seat;                 // in a case
  std::optional<Attendance> attendance;     // in a case
  std::optional<model::Instant> at;         // when it begins
  std::optional<std::uint16_t> capacity;    // how many places
  std::vector<EnrolmentChange> enrolments;  // in a session: what became of these cases' places
  std::string place;                        // where; sealed as `reason` is

  std::uint32_t of = 0;  // event_voided, event_corrected: the version of the event
  std::vector<model::InformationId> forgotten;  // event_voided: nobody has recorded them any more
  std::vector<model::ConsentId> unasked;        // event_voided: nobody has answered them any more
  std::vector<ReviewerChange> reviewers;        // of a step that has several
  std::string why;  // a short neutral code, never personal: "no_answer", "declined", "condition", …
};

}  // namespace protoflow::engine
