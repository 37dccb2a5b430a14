// Which declaration of the old version is one of the new under another name: the new one says what
// it was, or has the same title, or for a step the same responsible and next to nothing else that
// differs, or is the only other outcome of a step, in the same place.
#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "dsl/compare/table.hpp"

namespace protoflow::dsl {
namespace {

// Steps without a common title are looked at pair by pair: only so many.
constexpr std::size_t kPairsMax = 10'000;
constexpr std::size_t kDifferencesMax = 2;
constexpr std::size_t kClausesMin = 4;

template <class Declaration>
std::vector<std::size_t> only_in(const std::vector<Declaration>& table,
                                 const std::vector<Declaration>& others) {
  const auto known = by_name(others);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!known.contains(table[i].name)) {
      found.push_back(i);
    }
  }
  return found;
}

/// As the new version says itself.
template <class Declaration>
void rename_stated(std::vector<Declaration>& was,
                   const std::vector<Declaration>& now,
                   std::pair<Subject, const model::FormerName&> stated,
                   Renames& renames) {
  const auto& [subject, former] = stated;
  const auto old = std::ranges::find(was, former.was, &Declaration::name);
  const auto& name = now[former.place].name;
  const bool free = std::ranges::find(was, name, &Declaration::name) == was.end() &&
                    std::ranges::find(now, former.was, &Declaration::name) == now.end();
  if (old != was.end() && free) {
    renames.emplace(std::pair(subject, name), former.was);
    old->name = name;
  }
}

void rename_stated(model::Protocol& was, const model::Protocol& now, Renames& renames) {
  for (const auto& former : now.former_names) {
    switch (former.kind) {
      case model::FormerKind::partner:
        rename_stated(was.partners, now.partners, {Subject::partner, former}, renames);
        break;
      case model::FormerKind::role:
        rename_stated(was.roles, now.roles, {Subject::role, former}, renames);
        break;
      case model::FormerKind::information:
        rename_stated(was.informations, now.informations, {Subject::information, former}, renames);
        break;
      case model::FormerKind::consent:
        rename_stated(was.consents, now.consents, {Subject::consent, former}, renames);
        break;
      case model::FormerKind::step:
        rename_stated(was.steps, now.steps, {Subject::step, former}, renames);
        break;
      case model::FormerKind::outcome:  // once it is known which step is which
        break;
      case model::FormerKind::session:
        rename_stated(was.sessions, now.sessions, {Subject::session, former}, renames);
        break;
      case model::FormerKind::routine:
        rename_stated(was.routines, now.routines, {Subject::routine, former}, renames);
        break;
      case model::FormerKind::ending:
        rename_stated(was.endings, now.endings, {Subject::ending, former}, renames);
        break;
    }
  }
}

template <class Declaration>
void rename_titled(std::vector<Declaration>& was,
                   const std::vector<Declaration>& now,
                   Subject subject,
                   Renames& renames,
                   const std::string& of = {}) {
  std::unordered_map<std::string_view, std::size_t> by_title;
  for (const std::size_t i : only_in(was, now)) {
    if (!was[i].title.empty()) {
      by_title.emplace(was[i].title, i);
    }
  }
  for (const std::size_t i : only_in(now, was)) {
    const auto found = by_title.find(now[i].title);
    if (found != by_title.end()) {
      Declaration& old = was[found->second];
      renames.emplace(std::pair(subject, of + now[i].name), old.name);
      by_title.erase(found);
      old.name = now[i].name;
    }
  }
}

bool alike(const model::Protocol& was,
           const model::Step& old,
           const model::Protocol& now,
           const model::Step& step) {
  const bool same_responsible =
      named(was.roles, old.responsible).exact == named(now.roles, step.responsible).exact;
  model::Step empty;
  empty.responsible = step.responsible;
  empty.title = step.title;
  return same_responsible && differences(now, empty, now, step) >= kClausesMin &&
         differences(was, old, now, step) <= kDifferencesMax;
}

void rename_steps(model::Protocol& was, const model::Protocol& now, Renames& renames) {
  auto left = only_in(was.steps, now.steps);
  const auto added = only_in(now.steps, was.steps);
  if (left.size() * added.size() > kPairsMax) {
    return;
  }
  for (const std::size_t i : added) {
    for (auto old = left.begin(); old != left.end(); ++old) {
      if (alike(was, was.steps[*old], now, now.steps[i])) {
        renames.emplace(std::pair(Subject::step, now.steps[i].name), was.steps[*old].name);
        was.steps[*old].name = now.steps[i].name;
        left.erase(old);
        break;
      }
    }
  }
}

struct SameStep {
  const model::Protocol& was;
  model::Step& old;
  const model::Protocol& now;
  const model::Step& step;
};

void rename_outcome(const SameStep& same, std::size_t from, std::size_t to, Renames& renames) {
  std::string& old = same.old.outcomes[from].name;
  const std::string& name = same.step.outcomes[to].name;
  renames.emplace(std::pair(Subject::step, outcome_key(same.step.name, name)), old);
  old = name;
}

/// As the new version says itself.
void rename_stated_outcome(const SameStep& same,
                           const model::FormerName& former,
                           Renames& renames) {
  const auto come = only_in(same.step.outcomes, same.old.outcomes);
  for (const std::size_t gone : only_in(same.old.outcomes, same.step.outcomes)) {
    if (same.old.outcomes[gone].name == former.was &&
        std::ranges::find(come, former.place) != come.end()) {
      rename_outcome(same, gone, former.place, renames);
      return;
    }
  }
}

/// One went, and one came in its place that does the same.
void rename_only_outcome(const SameStep& same, Renames& renames) {
  const auto gone = only_in(same.old.outcomes, same.step.outcomes);
  if (gone.size() != 1 || gone != only_in(same.step.outcomes, same.old.outcomes)) {
    return;
  }
  const auto& old = same.old.outcomes[gone.front()];
  const auto& outcome = same.step.outcomes[gone.front()];
  const bool reopens_the_same =
      named(same.was.steps, old.reopens).exact == named(same.now.steps, outcome.reopens).exact;
  const bool ends_the_same = named(same.was.endings, old.ends_case).exact ==
                             named(same.now.endings, outcome.ends_case).exact;
  if (reopens_the_same && ends_the_same) {
    rename_outcome(same, gone.front(), gone.front(), renames);
  }
}

void rename_outcomes(model::Protocol& was, const model::Protocol& now, Renames& renames) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < was.steps.size(); ++i) {
    places.emplace(was.steps[i].name, i);
  }
  const auto same_as = [&](const model::Step& step) -> std::optional<SameStep> {
    const auto place = places.find(step.name);
    return place == places.end()
               ? std::nullopt
               : std::optional(SameStep{was, was.steps[place->second], now, step});
  };
  for (const auto& former : now.former_names) {
    const bool of_an_outcome = former.kind == model::FormerKind::outcome;
    if (const auto same = of_an_outcome ? same_as(now[former.step]) : std::nullopt) {
      rename_stated_outcome(*same, former, renames);
    }
  }
  for (const auto& step : now.steps) {
    if (const auto same = same_as(step)) {
      rename_titled(
          same->old.outcomes, step.outcomes, Subject::step, renames, outcome_key(step.name, {}));
      rename_only_outcome(*same, renames);
    }
  }
}

}  // namespace

Renames rename_alike(model::Protocol& was, const model::Protocol& now) {
  Renames renames;
  rename_stated(was, now, renames);
  rename_titled(was.needs, now.needs, Subject::need, renames);
  rename_titled(was.competences, now.competences, Subject::competence, renames);
  rename_titled(was.partners, now.partners, Subject::partner, renames);
  rename_titled(was.roles, now.roles, Subject::role, renames);
  rename_titled(was.informations, now.informations, Subject::information, renames);
  rename_titled(was.consents, now.consents, Subject::consent, renames);
  rename_titled(was.stages, now.stages, Subject::stage, renames);
  rename_titled(was.steps, now.steps, Subject::step, renames);
  rename_titled(was.sessions, now.sessions, Subject::session, renames);
  rename_titled(was.routines, now.routines, Subject::routine, renames);
  rename_titled(was.endings, now.endings, Subject::ending, renames);
  rename_titled(was.promises, now.promises, Subject::promise, renames);
  rename_steps(was, now, renames);
  rename_outcomes(was, now, renames);
  return renames;
}

}  // namespace protoflow::dsl
