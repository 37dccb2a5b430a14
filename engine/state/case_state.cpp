#include "engine/state/case_state.hpp"

#include <string>

#include "engine/log/record.hpp"
#include "engine/routine/describe_routine.hpp"
#include "engine/state/describing.hpp"

namespace protoflow::engine {

namespace {

void describe_step(std::string& text,
                   const CaseState& state,
                   const model::Step& step,
                   const StepState& s,
                   const model::Protocol& protocol) {
  text.append("step ").append(step.name);
  add(text, "work", name_of(s.work, kWorkStateNames));
  add(text, "time", name_of(s.time, kTimeStateNames));
  add(text, "responsibility", name_of(s.responsibility, kResponsibilityStateNames));
  add(text, "review", name_of(s.review, kReviewStateNames));
  add(text, "outcome", s.outcome.known() ? step.outcomes[s.outcome.value].name : "");
  add(text, "entrusted", name_or_nothing(protocol, s.entrusted));
  add(text, "role", name_or_nothing(protocol, s.role));
  add(text, "partner", name_or_nothing(protocol, s.partner));
  add(text, "person", state.person(s.person));
  add(text, "away", state.person(s.away));
  add(text, "review_away", state.person(s.review_away));
  add(text, "doer", state.person(s.doer));
  add(text, "doer_partner", name_or_nothing(protocol, s.doer_partner));
  add_number(text, "handed_over", s.handed_over ? 1 : 0);
  add(text, "receiver", name_or_nothing(protocol, s.receiver));
  add(text, "receiver_role", name_or_nothing(protocol, s.receiver_role));
  add(text, "delegator", state.person(s.delegator));
  add(text, "reviewer", state.person(s.reviewer));
  add(text, "review_partner", name_or_nothing(protocol, s.review_partner));
  add_number(text, "round", s.round);
  add_number(text, "returns", s.returns);
  add_number(text, "deputy", s.deputy);
  add_number(text, "reminders", s.reminders);
  add_number(text, "late_rules", s.late_rules);
  add_number(text, "reopenings", s.reopenings);
  add_number(text, "review_late", s.review_late ? 1 : 0);
  add_number(text, "since_version", s.since_version);
  add_instant(text, "since", s.since);
  add_instant(text, "opened", s.opened);
  add_instant(text, "completed", s.completed);
  add_instant(text, "settled", s.settled);
  add_number(text, "review_since_version", s.review_since_version);
  add_instant(text, "review_since", s.review_since);
  add_instant(text, "due", s.due);
  add_number(text, "due_rule", s.due_rule);
  add_instant(text, "due_from", s.due_from);
  add_instant(text, "armed", s.armed);
  add_instant(text, "offer_due", s.offer_due);
  add_instant(text, "review_due", s.review_due);
  add_instant(text, "held_since", s.held_since);
  add_number(text, "hand_over_version", s.hand_over_version);
  add_instant(text, "hand_over_due", s.hand_over_due);
  add_instant(text, "delegated_until", s.delegated_until);
  add_instant(text, "stopped_since", s.stopped_since);
  add_instant(text, "next_round", s.next_round);
  add_number(text, "shift_ms", s.shift.count());
  add_number(text, "held_ms", s.held.count());
  text.append("\n");
}

void describe_reviewers(std::string& text,
                        const CaseState& state,
                        const model::Protocol& protocol) {
  for (const auto& reviewer : state.reviewers) {
    text.append("reviewer ").append(protocol[reviewer.step].name);
    add(text, "role", name_or_nothing(protocol, reviewer.role));
    add(text, "review", name_of(reviewer.review, kReviewStateNames));
    add(text, "partner", name_or_nothing(protocol, reviewer.partner));
    add(text, "person", state.person(reviewer.person));
    add(text, "away", state.person(reviewer.away));
    add_instant(text, "since", reviewer.since);
    add_number(text, "since_version", reviewer.since_version);
    text.append("\n");
  }
}

void describe_referral(std::string& text,
                       const model::Role& role,
                       const ReferralBinding& binding,
                       const model::Protocol& protocol) {
  if (binding.state == ReferralState::none) {
    return;
  }
  text.append("referral ").append(role.name);
  add(text, "state", name_of(binding.state, kReferralStateNames));
  add(text, "partner", name_or_nothing(protocol, binding.partner));
  add_instant(text, "due", binding.due);
  add_instant(text, "since", binding.since);
  add_number(text, "since_version", binding.since_version);
  for (const auto partner : binding.refused_by) {
    add(text, "refused_by", protocol[partner].name);
  }
  text.append("\n");
}

void describe_partnership(std::string& text,
                          const CaseState& state,
                          const model::Protocol& protocol) {
  for (std::size_t i = 0; i < state.routines.size(); ++i) {
    describe_routine(text, protocol.routines[i], state.routines[i], protocol);
  }
  for (const auto& remark : state.remarks) {
    describe_remark(text, remark, protocol);
  }
  for (const auto partner : state.unsigned_by) {
    text.append("unsigned_by ").append(protocol[partner].name).append("\n");
  }
}

constexpr std::array<std::string_view, 5> kConsentAnswerNames = {
    "not_asked", "given", "refused", "withdrawn", "expired"};

void describe_who_is_away(std::string& text,
                          const CaseState& state,
                          const model::Protocol& protocol) {
  for (const auto& absence : state.absences) {
    text.append("absence");
    add(text, "person", state.person(absence.person));
    add_instant(text, "from", absence.from);
    add_instant(text, "until", absence.until);
    add_number(text, "begun", absence.begun ? 1 : 0);
    add_number(text, "removed", absence.removed ? 1 : 0);
    text.append("\n");
  }
  for (const auto partner : state.left) {
    text.append("left ").append(protocol[partner].name).append("\n");
  }
  for (const auto& transfer : state.transfers) {
    text.append("transfer");
    add(text, "giver", name_or_nothing(protocol, transfer.giver));
    add(text, "receiver", name_or_nothing(protocol, transfer.receiver));
    add(text, "role", name_or_nothing(protocol, transfer.role));
    add(text, "receiver_role", name_or_nothing(protocol, transfer.receiver_role));
    add_instant(text, "since", transfer.since);
    text.append("\n");
  }
  for (const auto& taken : state.taken_over) {
    text.append("taken_over ").append(protocol[taken.role].name);
    add(text, "giver", name_or_nothing(protocol, taken.giver));
    add(text, "receiver", name_or_nothing(protocol, taken.receiver));
    text.append("\n");
  }
}

}  // namespace

CaseState empty_case(const model::Protocol& protocol) {
  CaseState state;
  state.steps.resize(protocol.steps.size());
  state.referrals.resize(protocol.roles.size());
  state.informations.resize(protocol.informations.size());
  state.consents.resize(protocol.consents.size(), ConsentAnswer::not_asked);
  state.consent_versions.resize(protocol.consents.size());
  for (std::size_t i = 0; i < protocol.routines.size(); ++i) {
    if (protocol.routines[i].for_each_case) {
      state.routines.resize(i + 1);
    }
  }
  state.consent_terms.resize(protocol.consents.size());
  return state;
}

std::string describe(const CaseState& state, const model::Protocol& protocol) {
  std::string text = "case";
  add(text, "beneficiary", state.beneficiary);
  add(text, "status", name_of(state.status, kCaseStatusNames));
  add_number(text, "version", state.version);
  add_instant(text, "opened", state.opened);
  add_instant(text, "paused_since", state.paused_since);
  add_instant(text, "stalled_since", state.stalled_since);
  add(text, "ending", name_or_nothing(protocol, state.ending));
  text.append("\n");
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    describe_step(text, state, protocol.steps[i], state.steps[i], protocol);
  }
  describe_reviewers(text, state, protocol);
  for (std::size_t i = 0; i < state.referrals.size(); ++i) {
    describe_referral(text, protocol.roles[i], state.referrals[i], protocol);
  }
  for (std::size_t i = 0; i < state.informations.size(); ++i) {
    if (state.informations[i].known != Known::no) {
      text.append("information ").append(protocol.informations[i].name);
      add_number(text, "since_version", state.informations[i].since_version);
      text.append("\n");
    }
  }
  for (std::size_t i = 0; i < state.consents.size(); ++i) {
    text.append("consent ").append(protocol.consents[i].name);
    add(text, "answer", name_of(state.consents[i], kConsentAnswerNames));
    add_instant(text, "until", state.consent_terms[i].until);
    add_number(text, "reminded", state.consent_terms[i].reminded ? 1 : 0);
    text.append("\n");
  }
  for (const auto& task : state.tasks) {
    text += describe(task, protocol);
  }
  for (const auto& place : state.places) {
    text.append("place ").append(protocol[place.step].name);
    add(text, "session", place.occurrence);
    add(text, "seat", name_of(place.seat, kSeatNames));
    if (place.attendance) {
      add(text, "attendance", name_of(*place.attendance, kAttendanceNames));
    }
    add_instant(text, "at", place.at);
    text.append("\n");
  }
  describe_partnership(text, state, protocol);
  describe_who_is_away(text, state, protocol);
  return text;
}

}  // namespace protoflow::engine
