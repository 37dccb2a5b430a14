#include "engine/migrate/renumber.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/pfr.hpp>

namespace protoflow::engine {

namespace {

template <class Any>
constexpr bool is_id = false;
template <class Tag>
constexpr bool is_id<model::Id<Tag>> = true;

// Every id is changed by its type, so that a new member of the state is renumbered without a word
// here. An OutcomeId is known by its step only: see renumber_steps.
class Renumbering {
 public:
  explicit Renumbering(const Mapping& mapping) : mapping_(mapping) {}

  void change(model::PartnerId& id) const { look_up(mapping_.partners, id); }

  void change(model::RoleId& id) const { look_up(mapping_.roles, id); }

  void change(model::InformationId& id) const { look_up(mapping_.informations, id); }

  void change(model::ConsentId& id) const { look_up(mapping_.consents, id); }

  void change(model::StepId& id) const { look_up(mapping_.steps, id); }

  void change(model::SessionId& id) const { look_up(mapping_.sessions, id); }

  void change(model::RoutineId& id) const { look_up(mapping_.routines, id); }

  void change(model::EndingId& id) const { look_up(mapping_.endings, id); }

  template <class Tag>
  void change(std::vector<model::Id<Tag>>& ids) const {
    for (auto& id : ids) {
      change(id);
    }
    std::erase_if(ids, [](model::Id<Tag> id) { return !id.known(); });
  }

  template <class Element>
  void change(std::vector<Element>& elements) const {
    for (auto& element : elements) {
      change(element);
    }
  }

  template <class Member>
  void change(std::optional<Member>& member) const {
    if (member) {
      change(*member);
    }
  }

  template <class Any>
  void change(Any& any) const {
    if constexpr (std::is_aggregate_v<Any> && !is_id<Any>) {
      boost::pfr::for_each_field(any, [this](auto& member) { change(member); });
    }
  }

 private:
  template <class Id>
  static void look_up(const std::vector<Id>& places, Id& id) {
    id = id.value < places.size() ? places[id.value] : Id{};
  }

  const Mapping& mapping_;
};

// What stood at the old places stands at the new ones; the rest is as it is born.
template <class Id, class Element>
void place(std::vector<Element>& table,
           const std::vector<Id>& places,
           std::size_t size,
           const Element& born = {}) {
  std::vector<Element> placed(size, born);
  for (std::size_t i = 0; i < table.size() && i < places.size(); ++i) {
    if (places[i].value < size) {
      placed[places[i].value] = std::move(table[i]);
    }
  }
  table = std::move(placed);
}

std::uint16_t part_at(const std::vector<std::vector<std::uint16_t>>& parts,
                      std::size_t whole,
                      std::size_t part) {
  return whole < parts.size() && part < parts[whole].size() ? parts[whole][part] : kNoPlace;
}

// false: the new version does not have the value.
bool renumber_value(const Mapping& mapping, model::InformationId old, model::Value& value) {
  if (!mapping.informations[old.value].known()) {
    return false;
  }
  if (mapping.levels[old.value].empty()) {
    return true;
  }
  const auto level = part_at(mapping.levels, old.value, static_cast<std::size_t>(value.number));
  value.number = level;
  return level != kNoPlace;
}

void renumber_values(CaseState& state, const Mapping& mapping) {
  for (std::size_t i = 0; i < state.informations.size(); ++i) {
    auto& information = state.informations[i];
    const model::InformationId old{static_cast<std::uint16_t>(i)};
    if (information.known == Known::yes && !renumber_value(mapping, old, information.value)) {
      information = {};
    }
  }
  std::erase_if(state.superseded, [&](Superseded& before) {
    return !renumber_value(mapping, before.information, before.value);
  });
}

void renumber_routines(CaseState& state, const Mapping& mapping) {
  for (std::size_t i = 0; i < state.routines.size(); ++i) {
    auto& routine = state.routines[i];
    std::erase_if(routine.last.answers, [&](RecordedAnswer& answer) {
      answer.question = part_at(mapping.questions, i, answer.question);
      return answer.question == kNoPlace;
    });
    std::vector<AnswerTotal> totals;
    for (std::size_t asked = 0; asked < routine.totals.size(); ++asked) {
      const auto now = part_at(mapping.questions, i, asked);
      if (now != kNoPlace) {
        totals.resize(std::max<std::size_t>(totals.size(), now + std::size_t{1}));
        totals[now] = routine.totals[asked];
      }
    }
    routine.totals = std::move(totals);
  }
}

// A settled task of an ending or a step that is gone has nothing left to be called by.
void renumber_tasks(CaseState& state, const Mapping& mapping) {
  std::erase_if(state.tasks, [&](Task& task) {
    auto& source = task.source;
    if (source.ending.known()) {
      source.place = part_at(mapping.follow_ups, source.ending.value, source.place);
      return source.place == kNoPlace;
    }
    return source.step.known() && !mapping.steps[source.step.value].known();
  });
}

void renumber_steps(CaseState& state, const Mapping& mapping, bool kept) {
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    auto& step = state.steps[i];
    const auto& outcomes = mapping.outcomes[i];
    step.outcome =
        step.outcome.value < outcomes.size() ? outcomes[step.outcome.value] : model::OutcomeId{};
    if (kept && (is_open(step.work) || step.stopped_since != model::kNever)) {
      step.due_rule = kDueIsKept;
    }
  }
}

// Whoever answered for it is not there any more: no half of it is said. What is open is assigned
// anew by the events that follow.
void leave_out_the_unknown(CaseState& state) {
  for (auto& step : state.steps) {
    const bool is_owed = step.partner.known() && is_open(step.work);
    if (!is_owed && (!step.role.known() || !step.partner.known())) {
      step.role = {};
      step.partner = {};
      step.person = {};
    }
  }
  for (auto& binding : state.referrals) {
    if (!binding.partner.known()) {
      binding = {};
    }
  }
  std::erase_if(state.reviewers, [](const ReviewerState& reviewer) {
    return !reviewer.step.known() || !reviewer.role.known();
  });
  std::erase_if(state.places, [](const Place& place) { return !place.step.known(); });
  std::erase_if(state.transfers, [](const Transfer& transfer) {
    return !transfer.giver.known() || !transfer.receiver.known() || !transfer.receiver_role.known();
  });
  std::erase_if(state.taken_over, [](const TakenOver& taken) {
    return !taken.role.known() || !taken.giver.known() || !taken.receiver.known();
  });
}

}  // namespace

void renumber(CaseState& state, const Mapping& mapping, bool kept) {
  renumber_values(state, mapping);
  renumber_routines(state, mapping);
  renumber_tasks(state, mapping);
  renumber_steps(state, mapping, kept);
  Renumbering(mapping).change(state);
  place(state.steps, mapping.steps, mapping.steps_now);
  place(state.referrals, mapping.roles, mapping.roles_now);
  place(state.informations, mapping.informations, mapping.informations_now);
  place(state.consents, mapping.consents, mapping.consents_now, ConsentAnswer::not_asked);
  place(state.consent_versions, mapping.consents, mapping.consents_now);
  place(state.consent_terms, mapping.consents, mapping.consents_now);
  place(state.routines, mapping.routines, mapping.routines_now);
  leave_out_the_unknown(state);
}

}  // namespace protoflow::engine
