// The live state of one case: plain values, one small struct a step, addressed by StepId. Only
// `apply` writes it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lifecycle/case_life.hpp"
#include "engine/lifecycle/referral.hpp"
#include "engine/lifecycle/responsibility.hpp"
#include "engine/lifecycle/review.hpp"
#include "engine/lifecycle/time.hpp"
#include "engine/lifecycle/work.hpp"
#include "engine/model/protocol.hpp"
#include "engine/routine/routine_state.hpp"
#include "engine/session/enrolment.hpp"
#include "engine/state/task_state.hpp"

namespace protoflow::engine {

/// A person of this case, by place in CaseState::persons.
using PersonRef = model::Id<struct PersonTag>;

/// How a step stood when the case closed, so that it can come back.
struct Stood {
  bool at_closing = false;
  WorkState work = WorkState::waiting;
  TimeState time = TimeState::no_deadline;
  model::Instant held_since = model::kNever;
  model::Instant next_round = model::kNever;

  friend bool operator==(const Stood&, const Stood&) = default;
};

/// A StepState::due_rule: the due instant comes from an earlier version of the protocol, and stays.
inline constexpr std::uint8_t kDueIsKept = 255;

struct StepState {
  WorkState work = WorkState::waiting;
  TimeState time = TimeState::no_deadline;
  ResponsibilityState responsibility = ResponsibilityState::idle;
  ReviewState review = ReviewState::none;
  std::uint8_t round = 1;    // counts reopenings and repeats
  std::uint8_t returns = 0;  // by the reviewer, in this round
  std::uint8_t deputy = 0;   // how many of the role's partners have declined or let it expire
  std::uint8_t reminders =
      0;  // of the protocol's `remind` clauses, how many are sent for this due instant
  std::uint8_t late_rules = 0;  // of the protocol's `if late` clauses, how many have fired
  std::uint8_t reopenings = 0;  // how often its outcomes have reopened others, in all rounds
  bool review_late = false;
  std::uint8_t due_rule = 0;  // the `within` line that `due` comes from, the first being 1; 0: none
  model::OutcomeId outcome;   // once done; between two rounds of a repeat, that of the last one
  model::RoleId entrusted;    // whose partners answer in turn: the responsible role, or the one it
                              // was escalated to
  model::RoleId role;         // accountable: role, partner and, if taken, person
  model::PartnerId partner;
  PersonRef person;
  model::PartnerId doer_partner;  // of the doer, as long as the doer may finish it: an escalation
                                  // does not end that
  PersonRef away;                 // absent: had it, and has it again unless somebody takes it
  PersonRef review_away;          // the same of its review
  PersonRef doer;                 // who took it last, or said that it is finished
  bool handed_over = false;       // its partner has it by a hand-over, not by its role's binding
  model::PartnerId receiver;      // to whom it is being handed over; unknown: to nobody
  model::RoleId receiver_role;
  PersonRef delegator;  // who gave it to `person` until `delegated_until`; unknown: the role
  model::PartnerId review_partner;
  PersonRef reviewer;
  std::uint32_t since_version = 0;  // the stream version of the event that made them accountable
  std::uint32_t review_since_version = 0;  // the same for the reviewers
  std::uint32_t hand_over_version = 0;     // the event that asks the receiver
  std::uint32_t completed_version = 0;     // the doer's last word
  std::uint32_t settled_version = 0;
  model::Instant since = model::kNever;
  model::Instant review_since = model::kNever;
  model::Instant opened = model::kNever;
  model::Instant completed = model::kNever;  // the doer's last word, which a review may follow
  model::Instant settled = model::kNever;
  model::Instant due = model::kNever;
  model::Instant due_from = model::kNever;  // what that line counts from
  model::Instant armed = model::kNever;  // when this due instant became known: nothing fires before
  model::Instant offer_due = model::kNever;
  model::Instant review_due = model::kNever;
  model::Instant held_since = model::kNever;
  model::Instant hand_over_due = model::kNever;
  model::Instant delegated_until = model::kNever;
  model::Instant stopped_since = model::kNever;  // waits for a consent to be given again
  model::Instant next_round = model::kNever;     // between two rounds: the next begins, not before
  std::chrono::milliseconds shift{0};  // how long its clock has stood still: holds, reviews, pauses
  std::chrono::milliseconds held{0};   // … of which in holds that are over
  Stood stood;
};

/// One of several reviewers of a step that is in review: what they say of it, on their own. The
/// only reviewer of a step stands in StepState alone.
struct ReviewerState {
  model::StepId step;
  model::RoleId role;
  ReviewState review = ReviewState::none;
  model::PartnerId partner;         // answers for it
  PersonRef person;                 // who reviews, or has judged
  PersonRef away;                   // absent: had it, and has it again unless somebody takes it
  std::uint32_t since_version = 0;  // the event that asked them, or that is their judgement
  model::Instant since = model::kNever;
};

struct ReferralBinding {
  ReferralState state = ReferralState::none;
  model::PartnerId partner;  // asked, or bound once accepted
  model::Instant due = model::kNever;
  std::uint32_t since_version = 0;
  model::Instant since = model::kNever;
  std::vector<model::PartnerId> refused_by;  // declined or silent, in order
};

enum class Known : std::uint8_t { no, yes, erased };

struct InformationState {
  Known known = Known::no;
  model::Value value;
  std::uint32_t since_version = 0;
};

/// What was recorded before what is known now.
struct Superseded {
  model::InformationId information;
  model::Value value;
  std::uint32_t since_version = 0;
};

enum class ConsentAnswer : std::uint8_t { not_asked, given, refused, withdrawn, expired };

/// Until when a consent that was given lasts.
struct ConsentUntil {
  model::ConsentId consent;
  model::Instant until = model::kNever;

  friend bool operator==(const ConsentUntil&, const ConsentUntil&) = default;
};

struct ConsentTerm {
  model::Instant since = model::kNever;
  model::Instant until = model::kNever;  // kNever: it was given without a term, or is not given
  bool reminded = false;
};

/// A person who is away, or will be: what is theirs goes to their role meanwhile.
struct Absence {
  PersonRef person;
  model::Instant from = model::kNever;
  model::Instant until = model::kNever;  // kNever: nobody knows
  bool begun = false;
  bool removed = false;  // from the directory: for good
};

/// All that a partner answers for in the case, or in one role, is offered to another partner.
/// Whoever gives it answers for it until the other accepts.
struct Transfer {
  model::PartnerId giver, receiver;
  model::RoleId role;           // unknown: every role
  model::RoleId receiver_role;  // one in which the receiver would answer
  std::uint32_t version = 0;    // of the event that proposes it
  model::Instant since = model::kNever;
};

/// In this case `receiver` holds the role in the place of `giver`.
struct TakenOver {
  model::RoleId role;
  model::PartnerId giver, receiver;
};

struct CaseState {
  CaseStatus status = CaseStatus::none;
  std::string beneficiary;    // pseudonymous id; names the key that seals this case
  std::uint32_t version = 0;  // of the stream: how many events
  model::Instant opened = model::kNever;
  model::Instant paused_since = model::kNever;
  model::Instant closed = model::kNever;
  bool closed_by_hand = false;                   // by somebody's decision, not by the rules
  model::Instant stalled_since = model::kNever;  // nobody has anything to do and no ending holds
  std::uint32_t stalled_version = 0;             // of the event that said so
  model::EndingId ending;
  std::vector<StepState> steps;                 // by StepId
  std::vector<ReferralBinding> referrals;       // by RoleId
  std::vector<InformationState> informations;   // by InformationId
  std::vector<ConsentAnswer> consents;          // by ConsentId
  std::vector<std::uint32_t> consent_versions;  // by ConsentId: the event that answered
  std::vector<Superseded> superseded;           // in the order in which they were recorded
  std::vector<std::string> persons;             // by PersonRef
  std::vector<Place> places;                    // in sessions; each step and occurrence once
  std::vector<Task> tasks;                      // in the order of their opening
  std::vector<RoutineState> routines;           // by RoutineId, as far as `for each case` goes
  std::vector<Remark> remarks;                  // in the order in which they were said
  std::vector<model::PartnerId> unsigned_by;    // who has not signed what it must sign
  std::vector<ConsentTerm> consent_terms;       // by ConsentId
  std::vector<Absence> absences;                // one a person, in the order they were announced
  std::vector<model::PartnerId> left;           // partners that have left, in that order
  std::vector<ReviewerState> reviewers;         // of steps in review that have several; by step
  std::vector<Transfer> transfers;              // that wait for their answer, in their order
  std::vector<TakenOver> taken_over;            // in the order in which they were accepted

  const StepState& operator[](model::StepId id) const { return steps[id.value]; }

  StepState& operator[](model::StepId id) { return steps[id.value]; }

  [[nodiscard]] std::string_view person(PersonRef ref) const {
    return ref.known() ? std::string_view(persons[ref.value]) : std::string_view();
  }
};

/// Done in this round, and to be done again: it has not settled.
[[nodiscard]] inline bool is_between_rounds(const StepState& step) {
  return step.work == WorkState::waiting && step.outcome.known();
}

/// Whether the partner is no longer part of the case.
[[nodiscard]] inline bool has_left(const CaseState& state, model::PartnerId partner) {
  return std::ranges::find(state.left, partner) != state.left.end();
}

/// The state before the first event, sized for `protocol`.
[[nodiscard]] CaseState empty_case(const model::Protocol& protocol);

/// The state as text, one line a fact, for comparison and digests. It names informations but never
/// their values. The same history gives the same bytes.
[[nodiscard]] std::string describe(const CaseState& state, const model::Protocol& protocol);

}  // namespace protoflow::engine
