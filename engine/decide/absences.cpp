// Persons and partners that are not there: what they have goes to whoever answers next, at once.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

PersonRef person_of(const CaseState& state, std::string_view person) {
  const auto found = std::ranges::find(state.persons, person);
  return found == state.persons.end()
             ? PersonRef{}
             : PersonRef{static_cast<std::uint16_t>(found - state.persons.begin())};
}

namespace {

const Absence* absence_of(const CaseState& state, PersonRef person) {
  const auto found = std::ranges::find(state.absences, person, &Absence::person);
  return person.known() && found != state.absences.end() ? &*found : nullptr;
}

std::string why_away(const CaseState& state, PersonRef person) {
  const auto* absence = absence_of(state, person);
  return absence != nullptr && absence->removed ? "removed" : "absent";
}

std::vector<model::StepId> open_steps(const CaseState& state) {
  std::vector<model::StepId> steps;
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    if (is_open(state.steps[i].work)) {
      steps.push_back({static_cast<std::uint16_t>(i)});
    }
  }
  return steps;
}

// The step is with nobody by name, but never with no partner.
void leave_step(Draft& draft, model::StepId id, const Holder& next, Event event) {
  const auto& now = draft.state[id];
  event.kind = EventKind::step_left;
  event.step = id;
  event.responsibility = responsibility(now.responsibility, ResponsibilityEvent::assign, 0).next;
  if (now.work == WorkState::taken) {
    event.work = work(now.work, WorkEvent::give_up, 0).next;
  }
  event.role = next.role;
  event.partner = next.partner;
  event.person = "";
  const auto& within = draft.protocol()[id].accept_within;
  const bool is_an_offer = now.work == WorkState::offered || now.work == WorkState::taken;
  if (within && is_an_offer && !next.waits_for_referral) {
    event.offer_due = due_between(draft, event.happened, *within, {next.partner});
  } else if (now.offer_due != model::kNever) {
    event.offer_due = model::kNever;
  }
  draft.emit(std::move(event));
}

void replace_person(Draft& draft, model::StepId id, model::Instant at) {
  const auto step = draft.state[id];
  if (is_away_for(draft.state, step.person, step.due)) {
    const auto why = why_away(draft.state, step.person);
    const auto who = std::string(draft.state.person(step.person));
    leave_step(
        draft,
        id,
        {.role = step.role, .partner = step.partner},
        {.happened = at, .away = why == "absent" ? std::optional(who) : std::nullopt, .why = why});
  }
  for (const auto& reviewer : awaited_reviewers(draft, id)) {
    if (reviewer.review != ReviewState::reviewing ||
        !is_away_for(draft.state, reviewer.person, step.review_due)) {
      continue;
    }
    const auto why = why_away(draft.state, reviewer.person);
    const auto who = std::string(draft.state.person(reviewer.person));
    leave_review(
        draft,
        reviewer,
        reviewer.partner,
        {.happened = at, .away = why == "absent" ? std::optional(who) : std::nullopt, .why = why});
  }
}

// To a partner that has left meanwhile: the giver keeps the step.
void end_hand_over(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.state[id];
  if (step.responsibility == ResponsibilityState::handing_over &&
      has_left(draft.state, step.receiver)) {
    expire_hand_over(draft, id, at, "partner_left");
  }
}

void replace_partner(Draft& draft, model::StepId id, model::Instant at) {
  const auto& step = draft.state[id];
  if (has_left(draft.state, step.partner)) {
    const auto next = holder(draft.protocol(), draft.state, step.entrusted, step.deputy);
    leave_step(draft, id, next, {.happened = at, .why = "partner_left"});
  }
  for (const auto& reviewer : awaited_reviewers(draft, id)) {
    if (has_left(draft.state, reviewer.partner)) {
      const auto next = holder(draft.protocol(), draft.state, reviewer.role);
      leave_review(draft, reviewer, next.partner, {.happened = at, .why = "partner_left"});
    }
  }
}

// A colleague who plays the role has it from now on.
void give_step(Draft& draft, model::StepId id, const Actor& to, model::Instant at) {
  const auto& step = draft.state[id];
  const auto cell = responsibility(
      step.responsibility, ResponsibilityEvent::take, responsibility_fact::plays_role);
  const bool may = cell.verdict == Verdict::possible && plays(to, step.role, step.partner) &&
                   !is_away_for(draft.state, person_of(draft.state, to.person), step.due);
  if (may) {
    draft.emit({.kind = EventKind::step_delegated,
                .happened = at,
                .step = id,
                .responsibility = cell.next,
                .person = to.person,
                .why = "removed"});
  }
}

// Unless they did the work themselves, or review it for another role.
void give_review(Draft& draft, const ReviewerState& reviewer, const Actor& to, model::Instant at) {
  const auto due = draft.state[reviewer.step].review_due;
  const bool may = plays(to, reviewer.role, reviewer.partner) &&
                   change_review(draft, reviewer, ReviewEvent::begin, to) &&
                   !is_away_for(draft.state, person_of(draft.state, to.person), due);
  if (may) {
    regain_review(draft, reviewer, {.happened = at, .reviewer = to.person, .why = "removed"});
  }
}

void give_all(Draft& draft, PersonRef from, const Actor& to, model::Instant at) {
  for (const auto id : open_steps(draft.state)) {
    const auto step = draft.state[id];
    if (step.person == from && step.work != WorkState::in_review) {
      give_step(draft, id, to, at);
    }
    for (const auto& reviewer : awaited_reviewers(draft, id)) {
      if (reviewer.person == from && reviewer.review == ReviewState::reviewing) {
        give_review(draft, reviewer, to, at);
      }
    }
  }
  give_tasks(draft, draft.state.person(from), to, at);
}

// A partner that has left plays no role any more, and need not answer.
void end_referrals(Draft& draft, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.referrals.size(); ++i) {
    const model::RoleId role{static_cast<std::uint16_t>(i)};
    if (has_left(draft.state, draft.state.referrals[i].partner) &&
        revoke_binding(draft, role, at, "partner_left")) {
      assign_all(draft, role, at);
    }
  }
}

// What nobody took meanwhile, and is still with their partner.
void regain(Draft& draft, model::StepId id, PersonRef person, model::Instant at) {
  const auto& step = draft.state[id];
  const auto who = std::string(draft.state.person(person));
  for (const auto& reviewer : awaited_reviewers(draft, id)) {
    if (reviewer.away == person && !reviewer.person.known()) {
      regain_review(draft, reviewer, {.happened = at, .reviewer = who, .why = "returned"});
    }
  }
  const bool done_by_another = step.work == WorkState::in_review && step.doer != person;
  if (step.away != person || step.person.known() || done_by_another) {
    return;
  }
  const auto cell = responsibility(
      step.responsibility, ResponsibilityEvent::take, responsibility_fact::plays_role);
  if (cell.verdict != Verdict::possible) {
    return;  // it is being handed over
  }
  Event event{.kind = EventKind::step_regained, .happened = at, .step = id};
  event.responsibility = cell.next;
  if (step.work == WorkState::offered) {
    event.work = work(step.work, WorkEvent::take, 0).next;
    event.offer_due = model::kNever;
  }
  event.role = step.role;
  event.partner = step.partner;
  event.person = who;
  event.why = "returned";
  draft.emit(std::move(event));
}

Done may_say_so(const Draft& draft, const Command& command) {
  const auto coordination = draft.protocol().coordinated_by;
  const auto answers = holder(draft.protocol(), draft.state, coordination);
  const bool of_themselves = !command.person.empty() && command.actor.person == command.person &&
                             command.kind != CommandKind::person_removed;
  if (!command.from.empty() || of_themselves ||
      plays(command.actor, coordination, answers.partner)) {
    return {};
  }
  return std::unexpected(
      Refusal{.code = RefusalCode::not_yours, .role = coordination, .partner = answers.partner});
}

Done announce_absence(Draft& draft, const Command& command) {
  const auto from = command.absent_from == model::kNever ? command.happened : command.absent_from;
  if (command.person.empty() || command.until <= std::max(from, command.happened)) {
    return refuse(RefusalCode::absence_is_over);
  }
  draft.emit({.kind = EventKind::person_absent,
              .happened = command.happened,
              .actor = command.actor,
              .absent_from = from,
              .until = command.until,
              .person = command.person});
  if (from <= command.happened) {
    begin_absence(draft, person_of(draft.state, command.person), command.happened);
  }
  return {};
}

Done remove_person(Draft& draft, const Command& command) {
  if (command.person.empty()) {
    return refuse(RefusalCode::person_not_absent);
  }
  draft.emit({.kind = EventKind::person_removed,
              .happened = command.happened,
              .actor = command.actor,
              .absent_from = command.happened,
              .until = model::kNever,
              .person = command.person});
  if (!command.colleague.person.empty()) {
    give_all(draft, person_of(draft.state, command.person), command.colleague, command.happened);
  }
  replace_absent(draft, command.happened);
  return {};
}

Done return_person(Draft& draft, const Command& command) {
  const auto person = person_of(draft.state, command.person);
  if (absence_of(draft.state, person) == nullptr) {
    return refuse(RefusalCode::person_not_absent);
  }
  end_absence(draft, person, command.actor, command.happened);
  return {};
}

bool coordinates_alone(const Draft& draft, model::PartnerId partner) {
  const auto& partners = draft.protocol()[draft.protocol().coordinated_by].partners;
  const bool coordinates = std::ranges::find(partners, partner) != partners.end();
  return coordinates && std::ranges::all_of(partners, [&](model::PartnerId other) {
           return other == partner || has_left(draft.state, other);
         });
}

Done leave(Draft& draft, const Command& command) {
  const bool is_there = command.partner.known() && !has_left(draft.state, command.partner);
  if (!is_there) {
    return std::unexpected(
        Refusal{.code = RefusalCode::partner_has_left, .partner = command.partner});
  }
  if (coordinates_alone(draft, command.partner)) {
    return std::unexpected(Refusal{.code = RefusalCode::last_coordinator,
                                   .role = draft.protocol().coordinated_by,
                                   .partner = command.partner});
  }
  draft.emit({.kind = EventKind::partner_left,
              .happened = command.happened,
              .actor = command.actor,
              .partner = command.partner,
              .reason = command.reason});
  replace_absent(draft, command.happened);
  return {};
}

Done join(Draft& draft, const Command& command) {
  if (!command.partner.known() || !has_left(draft.state, command.partner)) {
    return refuse(RefusalCode::not_possible_now);
  }
  draft.emit({.kind = EventKind::partner_joined,
              .happened = command.happened,
              .actor = command.actor,
              .partner = command.partner});
  return {};
}

}  // namespace

bool is_away_for(const CaseState& state, PersonRef person, model::Instant due) {
  const auto* absence = absence_of(state, person);
  if (absence == nullptr || !absence->begun) {
    return false;
  }
  return absence->removed || due == model::kNever || absence->until > due;
}

void replace_absent(Draft& draft, model::Instant at) {
  if (!draft.state.left.empty()) {
    end_referrals(draft, at);
    for (const auto id : open_steps(draft.state)) {
      end_hand_over(draft, id, at);
      replace_partner(draft, id, at);
    }
    replace_absent_in_routines(draft, at);
  }
  if (!draft.state.left.empty() || !draft.state.absences.empty()) {
    replace_absent_in_tasks(draft, at);
  }
  if (!draft.state.absences.empty()) {
    for (const auto id : open_steps(draft.state)) {
      replace_person(draft, id, at);
    }
  }
}

void begin_absence(Draft& draft, PersonRef person, model::Instant at) {
  draft.emit({.kind = EventKind::absence_begun,
              .happened = at,
              .person = std::string(draft.state.person(person))});
  replace_absent(draft, at);
}

void end_absence(Draft& draft, PersonRef person, const Actor& actor, model::Instant at) {
  draft.emit({.kind = EventKind::person_returned,
              .happened = at,
              .actor = actor,
              .person = std::string(draft.state.person(person))});
  for (const auto id : open_steps(draft.state)) {
    regain(draft, id, person, at);
  }
}

Done decide_on_absence(Draft& draft, const Command& command) {
  if (auto may = may_say_so(draft, command); !may) {
    return may;
  }
  if (command.kind == CommandKind::person_absent) {
    return announce_absence(draft, command);
  }
  if (command.kind == CommandKind::person_returned) {
    return return_person(draft, command);
  }
  if (command.kind == CommandKind::person_removed) {
    return remove_person(draft, command);
  }
  return command.kind == CommandKind::partner_left ? leave(draft, command) : join(draft, command);
}

}  // namespace protoflow::engine
