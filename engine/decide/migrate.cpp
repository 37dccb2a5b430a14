// A case comes over to another version of its protocol: one event carries the mapping; what is open
// is then looked at by the new rules, all in one decision.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/routine/occurrences.hpp"

namespace protoflow::engine {

namespace {

// What the case finds in the version that it has come to.
class Arrival {
 public:
  Arrival(Draft& draft, const model::Protocol& was, const Mapping& mapping, model::Instant at)
      : draft_(draft), was_(was), mapping_(mapping), at_(at) {}

  void settle_in(const Command& command) {
    let_consents_end();
    let_referrals_end();
    assign_what_is_open();
    plan_routines();
    if (!command.keeps_deadlines) {
      compute_deadlines();
    }
  }

 private:
  [[nodiscard]] const model::Protocol& now() const { return draft_.protocol(); }

  // Nobody has said yes to what a consent says now.
  void let_consents_end() {
    for (std::size_t i = 0; i < mapping_.consents.size(); ++i) {
      const auto consent = mapping_.consents[i];
      if (consent.known() && draft_.state.consents[consent.value] == ConsentAnswer::given &&
          asks_for_more(was_.consents[i], now()[consent], mapping_)) {
        draft_.emit({.kind = EventKind::consent_expired,
                     .happened = at_,
                     .consent = consent,
                     .why = std::string(kMigrated)});
      }
    }
  }

  void let_referrals_end() {
    for (std::size_t i = 0; i < draft_.state.referrals.size(); ++i) {
      const model::RoleId role{static_cast<std::uint16_t>(i)};
      const auto& binding = draft_.state.referrals[i];
      const auto& partners = now()[role].partners;
      const bool stays =
          now()[role].binding == model::Binding::chosen_by &&
          (partners.empty() || std::ranges::find(partners, binding.partner) != partners.end());
      if (!stays) {
        (void)revoke_binding(draft_, role, at_, kMigrated);  // most roles have none
      }
    }
  }

  // Where the rules for a role are as they were, whoever has something keeps it, however they came
  // to it.
  [[nodiscard]] bool is_as_it_was(model::RoleId role) const {
    const auto old = std::ranges::find(mapping_.roles, role);
    if (!role.known() || old == mapping_.roles.end()) {
      return false;
    }
    const auto& before = was_.roles[static_cast<std::size_t>(old - mapping_.roles.begin())];
    const auto& after = now()[role];
    const auto same_partner = [&](model::PartnerId one, model::PartnerId other) {
      return mapping_.partners[one.value] == other;
    };
    const auto same_role = [&](model::RoleId one, model::RoleId other) {
      return one.known() ? mapping_.roles[one.value] == other : !other.known();
    };
    return before.binding == after.binding && same_role(before.chooser, after.chooser) &&
           same_role(before.supervisor, after.supervisor) &&
           std::ranges::equal(before.partners, after.partners, same_partner);
  }

  [[nodiscard]] bool stands_in_as_before() const {
    return mapping_.roles[was_.coordinated_by.value] == now().coordinated_by &&
           is_as_it_was(now().coordinated_by);
  }

  void assign(model::StepId id) {
    const auto& step = draft_.state[id];
    const bool escalated = step.time == TimeState::escalated && step.entrusted.known();
    const auto role = escalated ? step.entrusted : now()[id].responsible;
    const bool stays = step.role.known() && step.entrusted.known() &&
                       (step.handed_over || escalated || mapped_responsible(id) == role);
    if (stays && is_as_it_was(role) && is_as_it_was(step.role) && stands_in_as_before()) {
      return;
    }
    const auto answers = holder(now(), draft_.state, role, step.deputy);
    if (stays &&
        (step.handed_over || (answers.role == step.role && answers.partner == step.partner))) {
      return;
    }
    const auto passed = with_room(draft_, role, 0);
    assign_step(draft_,
                {.happened = at_, .step = id, .deputy = passed, .why = std::string(kMigrated)},
                holder(now(), draft_.state, role, passed));
  }

  [[nodiscard]] const model::Step& as_it_was(model::StepId id) const {
    const auto old = std::ranges::find(mapping_.steps, id) - mapping_.steps.begin();
    return was_.steps[static_cast<std::size_t>(old)];
  }

  // Whose the step was, as this version calls the role.
  [[nodiscard]] model::RoleId mapped_responsible(model::StepId id) const {
    return mapping_.roles[as_it_was(id).responsible.value];
  }

  // What the role's reviewer had begun, where it stands elsewhere now: a step keeps its only
  // reviewer itself.
  [[nodiscard]] std::optional<ReviewerState> begun_before(model::StepId id,
                                                          const ReviewerState& now_asked) const {
    const auto& step = draft_.state[id];
    const bool were_several = as_it_was(id).review->by.size() > 1;
    const bool are_several = now()[id].review->by.size() > 1;
    if (were_several == are_several) {
      return std::nullopt;
    }
    auto begun = now_asked;
    if (were_several) {
      const auto entry = std::ranges::find_if(draft_.state.reviewers, [&](const auto& each) {
        return each.step == id && each.role == now_asked.role;
      });
      begun = entry != draft_.state.reviewers.end() ? *entry : begun;
    } else {
      begun.review = step.review;
      begun.partner = step.review_partner;
      begun.person = step.reviewer;
    }
    const bool goes_on =
        begun.review == ReviewState::reviewing && begun.person.known() && begun.partner.known();
    return goes_on ? std::optional(begun) : std::nullopt;
  }

  // Whoever had begun goes on; whoever did not review it before is asked.
  void ask_reviewers(model::StepId id) {
    for (const auto& reviewer : awaited_reviewers(draft_, id)) {
      if (!reviewed_before(id, reviewer.role)) {
        const auto answers = holder(now(), draft_.state, reviewer.role);
        auto asked = reviewer;
        asked.review = ReviewState::reviewing;  // so that the event says: requested
        leave_review(
            draft_, asked, answers.partner, {.happened = at_, .why = std::string(kMigrated)});
      } else if (const auto begun = begun_before(id, reviewer)) {
        const auto who = std::string(draft_.state.person(begun->person));
        regain_review(
            draft_, *begun, {.happened = at_, .reviewer = who, .why = std::string(kMigrated)});
      }
    }
  }

  void assign_reviewers(model::StepId id) {
    ask_reviewers(id);
    for (const auto& reviewer : awaited_reviewers(draft_, id)) {
      const auto answers = holder(now(), draft_.state, reviewer.role);
      if (answers.partner != reviewer.partner &&
          !(reviewed_before(id, reviewer.role) && is_as_it_was(reviewer.role) &&
            stands_in_as_before())) {
        leave_review(
            draft_, reviewer, answers.partner, {.happened = at_, .why = std::string(kMigrated)});
      }
    }
  }

  [[nodiscard]] bool reviewed_before(model::StepId id, model::RoleId role) const {
    const auto& review = as_it_was(id).review;
    return review && std::ranges::any_of(review->by, [&](model::RoleId before) {
             return mapping_.roles[before.value] == role;
           });
  }

  void assign_what_is_open() {
    for (std::size_t i = 0; i < draft_.state.steps.size(); ++i) {
      const model::StepId id{static_cast<std::uint16_t>(i)};
      if (is_open(draft_.state[id].work)) {
        assign(id);
        assign_reviewers(id);
      }
    }
    for (std::size_t i = 0; i < now().roles.size(); ++i) {
      const model::RoleId role{static_cast<std::uint16_t>(i)};
      if (!is_as_it_was(role)) {
        assign_tasks(draft_, role, at_);
      }
    }
  }

  void plan_routines() {
    const WhoAnswers answers = [this](model::RoleId role) {
      return holder(now(), draft_.state, role);
    };
    for (std::size_t i = 0; i < draft_.state.routines.size(); ++i) {
      const model::RoutineId id{static_cast<std::uint16_t>(i)};
      const RoutineView view{draft_.plan, id, draft_.state.routines[i], answers};
      if (!now()[id].for_each_case) {
        if (is_ahead(view.state.state)) {
          draft_.emit(withdraw_occurrence(view, at_));
        }
      } else if (view.state.state == OccurrenceState::none) {
        draft_.emit(plan_first(view, at_, at_));
      } else if (is_ahead(view.state.state)) {
        assign_routine(view);
      }
    }
  }

  // While it is late, whoever it was escalated to keeps it.
  void assign_routine(const RoutineView& view) {
    const bool late = view.state.late_since != model::kNever && view.state.role.known();
    const auto answers = view.holder(late ? view.state.role : view.routine().responsible);
    if (answers.role != view.state.role || answers.partner != view.state.partner) {
      draft_.emit({.kind = EventKind::routine_assigned,
                   .happened = at_,
                   .routine = view.id,
                   .role = answers.role,
                   .partner = answers.partner,
                   .why = std::string(kMigrated)});
    }
  }

  void compute_deadlines() {
    for (std::size_t i = 0; i < draft_.state.steps.size(); ++i) {
      const model::StepId id{static_cast<std::uint16_t>(i)};
      if (!is_open(draft_.state[id].work)) {
        continue;
      }
      if (has_other_lines(id)) {
        move_deadline(draft_, id, at_, true);
        name_line(id);
      }
      move_answers(id);
    }
  }

  // Their guards aside: what follows looks at these.
  [[nodiscard]] bool has_other_lines(model::StepId id) const {
    const auto same = [this](const model::Deadline& one, const model::Deadline& other) {
      const auto from = one.from.known() ? mapping_.steps[one.from.value] : one.from;
      return one.within == other.within && from == other.from;
    };
    return !std::ranges::equal(as_it_was(id).deadlines, now()[id].deadlines, same);
  }

  // The same instant, by a line that stands elsewhere now.
  void name_line(model::StepId id) {
    const auto& step = draft_.state[id];
    const auto due =
        due_of(draft_, id, {.opened = step.opened, .shift = step.shift, .partner = step.partner});
    if (due.at == step.due && (due.rule != step.due_rule || due.from != step.due_from)) {
      draft_.emit({.kind = EventKind::deadline_moved,
                   .happened = at_,
                   .step = id,
                   .due_rule = due.rule,
                   .due_from = due.from,
                   .why = std::string(kMigrated)});
    }
  }

  [[nodiscard]] model::Instant review_due(model::StepId id) const {
    std::vector<model::PartnerId> partners{draft_.state[id].partner};
    for (const auto& reviewer : reviewers_of(now(), draft_.state, id)) {
      partners.push_back(reviewer.partner);
    }
    return due_between(draft_, draft_.state[id].completed, *now()[id].review->within, partners);
  }

  // Until when an offer or a review is to be answered.
  void move_answers(model::StepId id) {
    const auto& before = as_it_was(id);
    const auto& after = now()[id];
    const auto& step = draft_.state[id];
    Event event{.kind = EventKind::deadline_moved,
                .happened = at_,
                .step = id,
                .why = std::string(kMigrated)};
    if (step.work == WorkState::offered && step.offer_due != model::kNever &&
        before.accept_within != after.accept_within) {
      event.offer_due = after.accept_within
                            ? due_between(draft_, step.since, *after.accept_within, {step.partner})
                            : model::kNever;
    }
    const bool in_review = step.work == WorkState::in_review && before.review && after.review;
    if (in_review && before.review->within != after.review->within) {
      event.review_due = after.review->within ? due_between(draft_,
                                                            step.completed,
                                                            *after.review->within,
                                                            {step.review_partner, step.partner})
                                              : model::kNever;
    }
    if (event.offer_due || event.review_due) {
      draft_.emit(std::move(event));
    }
  }

  Draft& draft_;
  const model::Protocol& was_;
  const Mapping& mapping_;
  model::Instant at_;
};

Done may_migrate(const Draft& draft, const Command& command) {
  if (command.to == nullptr || command.to->protocol.name != draft.protocol().name) {
    return refuse(RefusalCode::not_possible_now);
  }
  const auto role = draft.protocol().coordinated_by;
  const auto answers = holder(draft.protocol(), draft.state, role);
  if (!plays(command.actor, role, answers.partner)) {
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours, .role = role, .partner = answers.partner});
  }
  return command.to->meaning_hash == draft.plan.meaning_hash
             ? refuse(RefusalCode::already_on_version)
             : Done{};
}

// As the new version calls their partner and role.
Actor actor_of(const Actor& actor, const Mapping& mapping) {
  Actor now{.person = actor.person};
  if (actor.partner.known()) {
    now.partner = mapping.partners[actor.partner.value];
  }
  if (actor.role.known()) {
    now.role = mapping.roles[actor.role.value];
  }
  return now;
}

std::vector<model::PartnerId> who_must_still_sign(const Command& command) {
  const auto& agreement = command.to->protocol.agreement;
  return agreement && !agreement->cases_before_signature ? command.unsigned_by
                                                         : std::vector<model::PartnerId>();
}

}  // namespace

Done migrate(Draft& draft, const Command& command) {
  if (auto may = may_migrate(draft, command); !may) {
    return may;
  }
  const auto& was = draft.protocol();
  const auto& now = command.to->protocol;
  const auto mapping = mapping_of(was, now, name_changes(was, now));
  if (!mapping) {
    return refuse(RefusalCode::not_possible_now);
  }
  auto findings = examine(draft.state, was, now, *mapping);
  std::erase_if(findings, [](const Finding& finding) { return !blocks(finding.kind); });
  if (!findings.empty()) {
    return std::unexpected(
        Refusal{.code = RefusalCode::cannot_migrate, .findings = std::move(findings)});
  }
  draft.emit({.kind = EventKind::case_migrated,
              .happened = command.happened,
              .actor = actor_of(command.actor, *mapping),
              .meaning = draft.plan.meaning_hash,
              .unsigned_by = who_must_still_sign(command),
              .mapping = {*mapping},
              .reason = command.reason,
              .why = command.keeps_deadlines ? "deadlines_kept" : ""});
  Draft arrived{.plan = *command.to,
                .state = draft.state,
                .events = draft.events,
                .surroundings = command.there,
                .moved_because = kMigrated};
  if (auto signed_by = check_signatures(arrived); !signed_by) {
    return signed_by;
  }
  Arrival(arrived, was, *mapping, command.happened).settle_in(command);
  follow(arrived, command.happened);
  give_back_places(arrived, command.happened);
  return {};
}

}  // namespace protoflow::engine
