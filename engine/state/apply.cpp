#include "engine/state/apply.hpp"

#include <algorithm>

#include "engine/migrate/renumber.hpp"
#include "engine/routine/apply_routine.hpp"
#include "engine/state/apply_partners.hpp"

namespace protoflow::engine {

namespace {

PersonRef intern(CaseState& state, const std::string& person) {
  if (person.empty()) {
    return {};
  }
  const auto found = std::ranges::find(state.persons, person);
  const auto place = static_cast<std::uint16_t>(found - state.persons.begin());
  if (found == state.persons.end()) {
    state.persons.push_back(person);
  }
  return PersonRef{place};
}

template <class T>
void assign(T& member, const std::optional<T>& value) {
  if (value) {
    member = *value;
  }
}

template <class IdType>
void assign_known(IdType& member, IdType id) {
  if (id.known()) {
    member = id;
  }
}

void apply_case(CaseState& state, const Event& event) {
  assign(state.status, event.status);
  assign_known(state.ending, event.ending);
  if (!event.beneficiary.empty()) {
    state.beneficiary = event.beneficiary;
  }
  if (event.kind == EventKind::case_opened) {
    state.opened = event.happened;
  }
  if (event.kind == EventKind::case_paused) {
    state.paused_since = event.happened;
  }
  if (event.kind == EventKind::case_resumed) {
    state.paused_since = model::kNever;
  }
  if (event.kind == EventKind::case_closed) {
    state.closed = event.happened;
    state.closed_by_hand = !event.actor.person.empty();
  }
  if (event.kind == EventKind::case_reopened) {
    state.ending = {};
    state.closed = model::kNever;
    state.closed_by_hand = false;
    state.paused_since = model::kNever;
  }
  if (event.kind == EventKind::case_stalled) {
    state.stalled_since = event.happened;
    state.stalled_version = state.version;
  }
  if (event.kind == EventKind::step_offered || event.kind == EventKind::step_started_again) {
    state.stalled_since = model::kNever;
  }
}

// The giver stays responsible until the receiver accepts: whatever else changes who is responsible
// ends the hand-over.
void apply_hand_over(StepState& step, const Event& event, std::uint32_t version) {
  if (event.kind == EventKind::hand_over_proposed) {
    step.hand_over_version = version;
    step.receiver = event.receiver;
    step.receiver_role = event.receiver_role;
  } else if (event.responsibility && *event.responsibility != ResponsibilityState::handing_over) {
    step.receiver = {};
    step.receiver_role = {};
    step.hand_over_due = model::kNever;
  }
  assign(step.hand_over_due, event.hand_over_due);
  const bool goes_along = event.why == kTransferred && step.handed_over;
  if (event.partner.known()) {
    step.handed_over = event.kind == EventKind::hand_over_accepted || goes_along;
  }
}

void apply_delegation(CaseState& state, StepState& step, const Event& event) {
  if (event.kind == EventKind::step_delegated) {
    step.delegator = event.until ? step.person : PersonRef{};
  }
  const bool ends = event.work && (is_settled(*event.work) || *event.work == WorkState::offered ||
                                   *event.work == WorkState::in_review);
  if (event.person || ends) {
    step.delegated_until = event.until.value_or(model::kNever);
    step.delegator = step.delegated_until == model::kNever ? PersonRef{} : step.delegator;
  } else {
    assign(step.delegated_until, event.until);
  }
  if (event.person) {
    step.person = intern(state, *event.person);
  }
}

bool leaves_responsibility(EventKind kind) {
  return kind == EventKind::hand_over_proposed || kind == EventKind::hand_over_refused ||
         kind == EventKind::hand_over_taken_back || kind == EventKind::hand_over_expired;
}

void apply_absence(CaseState& state, const Event& event) {
  const bool concerns_a_person =
      event.kind == EventKind::person_absent || event.kind == EventKind::absence_begun ||
      event.kind == EventKind::person_returned || event.kind == EventKind::person_removed;
  if (!concerns_a_person || !event.person) {
    return;
  }
  const auto who = intern(state, *event.person);
  auto known = std::ranges::find(state.absences, who, &Absence::person);
  if (event.kind == EventKind::person_returned) {
    if (known != state.absences.end()) {
      state.absences.erase(known);
    }
    return;
  }
  if (known == state.absences.end()) {
    known = state.absences.insert(known, {.person = who});
  }
  assign(known->from, event.absent_from);
  assign(known->until, event.until);
  known->begun = event.kind != EventKind::person_absent;
  known->removed = event.kind == EventKind::person_removed;
}

void apply_responsibility(CaseState& state, StepState& step, const Event& event) {
  assign(step.responsibility, event.responsibility);
  assign_known(step.role, event.role);
  assign_known(step.partner, event.partner);
  apply_hand_over(step, event, state.version);
  apply_delegation(state, step, event);
  if (event.person) {
    step.away = event.away ? intern(state, *event.away) : PersonRef{};
  }
  const bool changes =
      event.responsibility || event.role.known() || event.partner.known() || event.person;
  if (changes && !leaves_responsibility(event.kind)) {
    step.since = event.happened;
    step.since_version = state.version;
  }
  const bool entrusts = event.kind == EventKind::step_offered ||
                        event.kind == EventKind::step_answered_late ||
                        event.kind == EventKind::step_escalated || event.why == "migrated";
  if (entrusts || !step.entrusted.known()) {  // a version that it left may have had another role
    assign_known(step.entrusted, event.role);
  }
}

// The doer keeps the right to finish until the step is given back or goes to another partner of its
// own role.
void apply_doer(CaseState& state, StepState& step, const Event& event) {
  if (event.kind == EventKind::step_taken || event.kind == EventKind::step_completed) {
    step.doer = intern(state, event.actor.person);
    step.doer_partner = event.actor.partner;
  }
  if (event.kind == EventKind::hand_over_accepted || event.kind == EventKind::step_delegated ||
      event.kind == EventKind::delegation_ended || event.kind == EventKind::step_regained) {
    step.doer = step.person;
    step.doer_partner = step.partner;
  }
  if (event.work == WorkState::offered) {
    step.doer = {};
  }
  if (event.work == WorkState::offered || event.kind == EventKind::step_assigned) {
    step.doer_partner = {};
  }
}

void apply_review(CaseState& state, StepState& step, const Event& event) {
  assign(step.review, event.review);
  assign_known(step.review_partner, event.review_partner);
  if (event.reviewer) {
    step.reviewer = intern(state, *event.reviewer);
    step.review_away = event.away ? intern(state, *event.away) : PersonRef{};
  }
  if (event.kind == EventKind::review_late) {
    step.review_late = true;
  }
  if (event.kind == EventKind::step_completed) {
    step.review_late = false;
  }
  if (event.review_partner.known()) {
    step.review_since = event.happened;
    step.review_since_version = state.version;
  }
}

// What has been said of the work is forgotten with the review; a case that is reopened finds it as
// it stood.
void apply_reviewers(CaseState& state, const Event& event) {
  for (const auto& change : event.reviewers) {
    auto found = std::ranges::find_if(state.reviewers, [&](const ReviewerState& known) {
      return known.step == event.step && known.role == change.role;
    });
    if (found == state.reviewers.end()) {
      found = state.reviewers.insert(
          std::ranges::upper_bound(state.reviewers, event.step, {}, &ReviewerState::step),
          {.step = event.step, .role = change.role});
    }
    assign(found->review, change.review);
    assign_known(found->partner, change.partner);
    if (change.person) {
      found->person = intern(state, *change.person);
      found->away = event.away ? intern(state, *event.away) : PersonRef{};
    }
    const bool judges = change.review == ReviewState::approved ||
                        change.review == ReviewState::approved_with_reservations;
    if (change.partner.known() || judges) {
      found->since = event.happened;
      found->since_version = state.version;
    }
  }
  const bool ends = event.work && *event.work != WorkState::in_review;
  if (ends && !state.reviewers.empty() && !state[event.step].stood.at_closing) {
    std::erase_if(state.reviewers,
                  [&](const ReviewerState& known) { return known.step == event.step; });
  }
}

void apply_instants(StepState& step, const Event& event) {
  assign(step.due, event.due);
  assign(step.due_rule, event.due_rule);
  assign(step.due_from, event.due_from);
  assign(step.offer_due, event.offer_due);
  assign(step.review_due, event.review_due);
  assign(step.held_since, event.held_since);
  assign(step.next_round, event.next_round);
  assign(step.shift, event.shift);
  assign(step.held, event.held);
  if (event.due || event.next_round) {
    step.armed = event.happened;
  }
  if (event.kind == EventKind::step_offered) {
    step.opened = event.happened;
    step.next_round = model::kNever;
  }
  if (event.kind == EventKind::step_stopped) {
    step.stopped_since = event.happened;
    step.held_since = model::kNever;
  }
  if (event.kind == EventKind::step_started_again) {
    step.stopped_since = model::kNever;
  }
  if (event.kind == EventKind::step_completed) {
    step.completed = event.happened;
  }
  if (event.kind == EventKind::step_held) {
    step.held_since = event.happened;
  }
  if (event.kind == EventKind::step_resumed) {
    step.held_since = model::kNever;
  }
  if (event.work && is_settled(*event.work)) {
    step.settled = event.happened;
    step.held_since = model::kNever;
    step.stopped_since = model::kNever;
    step.next_round = model::kNever;
  }
}

// What a later correction looks for, and what a reopening of the case brings back.
void apply_memory(StepState& step, const Event& event, std::uint32_t version) {
  if (event.kind == EventKind::step_withdrawn && event.why == "case_closed") {
    step.stood = {.at_closing = true,
                  .work = step.work,
                  .time = step.time,
                  .held_since = step.held_since,
                  .next_round = step.next_round};
  }
  if (event.kind == EventKind::step_restored) {
    const bool stood_waiting = step.stood.at_closing && step.stood.work == WorkState::waiting;
    if (event.work == WorkState::waiting && !stood_waiting) {
      step.outcome = {};  // only between two rounds does a waiting step have one
    }
    step.stood = {};
    step.settled = model::kNever;
  }
  if (event.kind == EventKind::step_completed) {
    step.completed_version = version;
  }
  if (event.work && is_settled(*event.work)) {
    step.settled_version = version;
  }
  if (event.kind == EventKind::event_corrected && event.outcome.known()) {
    step.completed_version = version;
    step.settled_version = step.settled_version == event.of ? version : step.settled_version;
  }
}

void apply_place(CaseState& state, const Event& event) {
  const auto found = std::ranges::find_if(state.places, [&](const Place& place) {
    return place.step == event.step && place.occurrence == event.occurrence;
  });
  auto& place =
      found != state.places.end()
          ? *found
          : state.places.emplace_back(Place{.step = event.step, .occurrence = event.occurrence});
  assign(place.seat, event.seat);
  assign(place.at, event.at);
  if (event.seat && *event.seat != Seat::left) {
    place.attendance = event.attendance;
  }
}

// Of the round before: who came then does not settle what is to be done again.
void forget_places(CaseState& state, model::StepId step) {
  std::erase_if(state.places,
                [&](const Place& place) { return place.step == step && !is_live(place); });
}

void apply_step(CaseState& state, const Event& event) {
  auto& step = state[event.step];
  if (event.kind == EventKind::step_reopened) {
    forget_places(state, event.step);
    step = StepState{.reopenings = step.reopenings};
  }
  if (event.kind == EventKind::step_offered || event.kind == EventKind::step_stopped) {
    step.outcome = {};  // of the round before, or of work that no review will judge now
  }
  apply_memory(step, event, state.version);
  if (!event.occurrence.empty()) {
    apply_place(state, event);
  }
  assign(step.work, event.work);
  assign(step.time, event.time);
  assign(step.round, event.round);
  assign(step.returns, event.returns);
  assign(step.deputy, event.deputy);
  assign(step.reminders, event.reminders);
  assign(step.late_rules, event.late_rules);
  assign(step.reopenings, event.reopenings);
  assign_known(step.outcome, event.outcome);
  apply_responsibility(state, step, event);
  apply_doer(state, step, event);
  apply_review(state, step, event);
  apply_reviewers(state, event);
  apply_instants(step, event);
}

void apply_referral(CaseState& state, const Event& event) {
  auto& binding = state.referrals[event.binding.value];
  if (event.kind == EventKind::referral_declined || event.kind == EventKind::referral_expired) {
    binding.refused_by.push_back(event.partner);
  }
  assign(binding.state, event.referral);
  assign_known(binding.partner, event.partner);
  assign(binding.due, event.due);
  if (event.referral || event.partner.known()) {
    binding.since = event.happened;
    binding.since_version = state.version;
  }
}

// A value that is said anew is kept, unless it was wrong from the beginning.
void supersede(CaseState& state, model::InformationId information, const Event& event) {
  const auto& before = state.informations[information.value];
  if (event.kind == EventKind::event_voided) {
    const auto last = std::ranges::find(
        state.superseded.rbegin(), state.superseded.rend(), information, &Superseded::information);
    if (last != state.superseded.rend()) {
      state.superseded.erase(std::next(last).base());
    }
  } else if (event.kind != EventKind::event_corrected && before.known == Known::yes) {
    state.superseded.push_back({information, before.value, before.since_version});
  }
}

void apply_what_was_said(CaseState& state, const Event& event) {
  for (const auto information : event.forgotten) {
    state.informations[information.value] = {};
  }
  for (const auto consent : event.unasked) {
    state.consents[consent.value] = ConsentAnswer::not_asked;
    state.consent_versions[consent.value] = 0;
    state.consent_terms[consent.value] = {};
  }
  for (const auto& [information, value] : event.values) {
    supersede(state, information, event);
    state.informations[information.value] = {Known::yes, value, state.version};
  }
  for (const auto information : event.erased) {
    state.informations[information.value] = {Known::erased, {}, state.version};
  }
  for (const auto& [consent, given] : event.consents) {
    auto& answer = state.consents[consent.value];
    const bool had_it = answer == ConsentAnswer::given || answer == ConsentAnswer::withdrawn;
    const bool is_taken_back =
        had_it && event.why != "refused" && event.kind != EventKind::event_corrected;
    const auto without = is_taken_back ? ConsentAnswer::withdrawn : ConsentAnswer::refused;
    answer = given ? ConsentAnswer::given : without;
    state.consent_versions[consent.value] = state.version;
    state.consent_terms[consent.value] = {};
  }
  for (const auto& [consent, until] : event.consents_until) {
    state.consent_terms[consent.value] = {.since = event.happened, .until = until};
  }
}

void apply_consent(CaseState& state, const Event& event) {
  auto& answer = state.consents[event.consent.value];
  auto& term = state.consent_terms[event.consent.value];
  if (event.kind == EventKind::consent_reminded) {
    term.reminded = true;
  }
  if (event.kind == EventKind::consent_withdrawn || event.kind == EventKind::consent_expired) {
    const bool expired = event.kind == EventKind::consent_expired;
    answer = expired ? ConsentAnswer::expired : ConsentAnswer::withdrawn;
    term = {};
  }
}

}  // namespace

void apply_task(std::vector<Task>& tasks, const Event& event, std::uint32_t version) {
  auto found = std::ranges::find(tasks, event.task, &Task::name);
  if (found == tasks.end()) {
    tasks.push_back({.name = event.task});
    found = tasks.end() - 1;
  }
  auto& task = *found;
  if (event.kind == EventKind::task_opened) {
    task.opened = event.happened;
    task.entrusted = event.role;
  }
  assign(task.source, event.source);
  assign(task.work, event.work);
  assign(task.time, event.time);
  assign(task.responsibility, event.responsibility);
  assign(task.deputy, event.deputy);
  assign(task.due, event.due);
  assign_known(task.role, event.role);
  assign_known(task.partner, event.partner);
  assign(task.person, event.person);
  if (event.responsibility) {
    task.since = event.happened;
    task.since_version = version;
  }
  if (event.work && is_settled(*event.work)) {
    task.settled = event.happened;
  }
}

void apply(CaseState& state, const Event& event) {
  ++state.version;
  if (event.kind == EventKind::remark_made) {
    state.remarks.push_back(remark_of(event, state.version));
    return;
  }
  if (event.routine.known()) {
    apply(state.routines[event.routine.value], event, state.version);
    return;
  }
  for (const auto& mapping : event.mapping) {
    renumber(state, mapping, event.why == "deadlines_kept");
  }
  apply_case(state, event);
  apply_absence(state, event);
  apply_partners(state, event);
  if (event.consent.known()) {
    apply_consent(state, event);
  }
  if (event.step.known()) {
    apply_step(state, event);
  }
  if (event.binding.known()) {
    apply_referral(state, event);
  }
  if (!event.task.empty()) {
    apply_task(state.tasks, event, state.version);
  }
  apply_what_was_said(state, event);
}

}  // namespace protoflow::engine
