#include "engine/migrate/examine.hpp"

#include <algorithm>

#include "engine/duty/reviewers.hpp"

namespace protoflow::engine {

namespace {

template <class Id>
Id id_of(std::size_t place) {
  return {static_cast<std::uint16_t>(place)};
}

template <class Id>
bool has(const std::vector<Id>& ids, Id id) {
  return std::ranges::find(ids, id) != ids.end();
}

// Whether everything of `now` is among what `was` had.
template <class Id>
bool is_within(const std::vector<Id>& now, const std::vector<Id>& was, const std::vector<Id>& map) {
  return std::ranges::all_of(now, [&](Id id) {
    return std::ranges::any_of(was, [&](Id old) { return map[old.value] == id; });
  });
}

class Examination {
 public:
  Examination(const CaseState& state,
              const model::Protocol& was,
              const model::Protocol& now,
              const Mapping& mapping)
      : state_(state), was_(was), now_(now), mapping_(mapping) {}

  std::vector<Finding> take() {
    std::ranges::stable_partition(findings_, [](const Finding& each) { return blocks(each.kind); });
    return std::move(findings_);
  }

  void look_at_steps() {
    for (std::size_t i = 0; i < state_.steps.size(); ++i) {
      const auto id = id_of<model::StepId>(i);
      if (mapping_.steps[i].known()) {
        look_at_outcome(id);
        look_at_open_step(id);
      } else {
        look_at_gone_step(id);
      }
    }
    for (std::size_t i = 0; i < now_.steps.size(); ++i) {
      if (!has(mapping_.steps, id_of<model::StepId>(i))) {
        add({.kind = FindingKind::step_added, .step = id_of<model::StepId>(i)});
      }
    }
  }

  void look_at_places() {
    for (const auto& place : state_.places) {
      if (is_live(place) && !keeps_session(was_, now_, mapping_, place.step)) {
        add({.kind = FindingKind::session_awaited, .step = place.step});
      }
    }
  }

  void look_at_roles() {
    for (std::size_t i = 0; i < state_.referrals.size(); ++i) {
      const auto& binding = state_.referrals[i];
      const auto role = mapping_.roles[i];
      if (!binding.partner.known() ||
          (role.known() && mapping_.partners[binding.partner.value].known() &&
           now_[role].binding == model::Binding::chosen_by)) {
        continue;
      }
      if (binding.state == ReferralState::requested || binding.state == ReferralState::received) {
        add({.kind = FindingKind::referral_gone,
             .role = id_of<model::RoleId>(i),
             .partner = binding.partner});
      } else if (binding.state == ReferralState::accepted) {
        add({.kind = FindingKind::role_gone,
             .role = id_of<model::RoleId>(i),
             .partner = binding.partner});
      }
    }
  }

  void look_at_tasks() {
    for (const auto& task : state_.tasks) {
      if (!is_open(task.work)) {
        continue;
      }
      const bool stays =
          mapping_.roles[task.entrusted.value].known() && mapping_.roles[task.role.value].known() &&
          (task.source.ending.known()
               ? mapping_.follow_ups[task.source.ending.value][task.source.place] != kNoPlace
               : mapping_.steps[task.source.step.value].known());
      if (!stays) {
        add({.kind = FindingKind::task_gone, .task = task.name});
      } else if (!mapping_.partners[task.partner.value].known()) {
        add({.kind = FindingKind::partner_gone, .partner = task.partner, .task = task.name});
      }
    }
  }

  void look_at_what_is_known() {
    for (std::size_t i = 0; i < state_.informations.size(); ++i) {
      if (state_.informations[i].known == Known::yes) {
        look_at_information(id_of<model::InformationId>(i));
      }
    }
    for (std::size_t i = 0; i < state_.consents.size(); ++i) {
      const auto id = id_of<model::ConsentId>(i);
      if (state_.consents[i] == ConsentAnswer::not_asked) {
        continue;
      }
      if (!mapping_.consents[i].known()) {
        add({.kind = FindingKind::consent_gone, .consent = id});
      } else if (state_.consents[i] == ConsentAnswer::given &&
                 asks_for_more(was_[id], now_[mapping_.consents[i]], mapping_)) {
        add({.kind = FindingKind::consent_changed, .consent = id});
      }
    }
  }

  void look_at_routines() {
    for (std::size_t i = 0; i < state_.routines.size(); ++i) {
      const auto routine = mapping_.routines[i];
      if (is_ahead(state_.routines[i].state) &&
          (!routine.known() || !now_[routine].for_each_case)) {
        add({.kind = FindingKind::routine_gone, .routine = id_of<model::RoutineId>(i)});
      }
    }
  }

 private:
  void add(Finding finding) { findings_.push_back(std::move(finding)); }

  void look_at_gone_step(model::StepId id) {
    const auto& step = state_[id];
    const bool works = is_open(step.work) || step.stopped_since != model::kNever;
    const bool waits = step.work == WorkState::waiting;
    add({.kind = works   ? FindingKind::open_step_gone
                 : waits ? FindingKind::waiting_step_gone
                         : FindingKind::settled_step_gone,
         .step = id});
  }

  void look_at_outcome(model::StepId id) {
    const auto outcome = state_[id].outcome;
    if (outcome.known() && !mapping_.outcomes[id.value][outcome.value].known()) {
      add({.kind = FindingKind::outcome_gone, .step = id, .outcome = outcome});
    }
  }

  void look_at_partner(model::StepId id, model::PartnerId partner) {
    const Finding finding{.kind = FindingKind::partner_gone, .step = id, .partner = partner};
    const bool gone = partner.known() && !mapping_.partners[partner.value].known();
    if (gone && std::ranges::find(findings_, finding) == findings_.end()) {
      add(finding);
    }
  }

  void look_at_open_step(model::StepId id) {
    const auto& step = state_[id];
    if (!is_open(step.work)) {
      return;
    }
    const auto& declared = now_[mapping_.steps[id.value]];
    look_at_partner(id, step.partner);
    if (step.work == WorkState::in_review) {
      look_at_review(id, declared);
    }
    if (step.work == WorkState::held && !declared.hold) {
      add({.kind = FindingKind::hold_gone, .step = id});
    }
    const bool handed = step.receiver.known();
    if (handed && (!mapping_.partners[step.receiver.value].known() ||
                   !mapping_.roles[step.receiver_role.value].known())) {
      add({.kind = FindingKind::hand_over_gone, .step = id, .partner = step.receiver});
    }
  }

  // What reviewers have said stands, where their role still reviews it; others are asked. Nobody
  // would end a review that has all it takes on arrival.
  void look_at_review(model::StepId id, const model::Step& declared) {
    const auto& after = declared.review;
    std::uint16_t approvals = 0;
    for (const auto& reviewer : reviewers_of(was_, state_, id)) {
      const bool stays = after && after->is_by(mapping_.roles[reviewer.role.value]);
      if (stays && has_approved(reviewer)) {
        ++approvals;
      } else if (stays && !has_judged(reviewer)) {
        look_at_partner(id, reviewer.partner);
      }
    }
    if (!after || approvals >= after->approvals) {
      add({.kind = FindingKind::review_gone, .step = id});
    }
  }

  void look_at_information(model::InformationId id) {
    const auto now = mapping_.informations[id.value];
    if (!now.known()) {
      return add({.kind = FindingKind::information_gone, .information = id});
    }
    const auto& levels = mapping_.levels[id.value];
    const auto level = static_cast<std::size_t>(state_.informations[id.value].value.number);
    if (!levels.empty() && levels[level] == kNoPlace) {
      return add({.kind = FindingKind::value_gone, .information = id});
    }
    Finding finding{.kind = FindingKind::seen_by_more, .information = id};
    for (const auto role : now_[now].seen_by) {
      if (!is_within({role}, was_[id].seen_by, mapping_.roles)) {
        finding.see_more.push_back(role);
      }
    }
    if (!finding.see_more.empty()) {
      add(std::move(finding));
    }
  }

  const CaseState& state_;
  const model::Protocol& was_;
  const model::Protocol& now_;
  const Mapping& mapping_;
  std::vector<Finding> findings_;
};

}  // namespace

bool asks_for_more(const model::Consent& was, const model::Consent& now, const Mapping& mapping) {
  return was.purpose != now.purpose || !is_within(now.covers, was.covers, mapping.informations) ||
         !is_within(now.with, was.with, mapping.roles);
}

bool keeps_session(const model::Protocol& was,
                   const model::Protocol& now,
                   const Mapping& mapping,
                   model::StepId step) {
  const auto through = was[step].through;
  const auto later = mapping.steps[step.value];
  return later.known() && through.known() && mapping.sessions[through.value].known() &&
         now[later].through == mapping.sessions[through.value];
}

std::vector<Finding> examine(const CaseState& state,
                             const model::Protocol& was,
                             const model::Protocol& now,
                             const Mapping& mapping) {
  Examination examination(state, was, now, mapping);
  examination.look_at_steps();
  examination.look_at_places();
  examination.look_at_roles();
  examination.look_at_tasks();
  examination.look_at_what_is_known();
  examination.look_at_routines();
  return examination.take();
}

}  // namespace protoflow::engine
