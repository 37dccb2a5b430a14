#include "engine/migrate/mapping.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace protoflow::engine {

namespace {

using model::FormerKind;
using model::FormerName;
using model::Protocol;

template <class Declaration>
std::uint16_t place_of(const std::vector<Declaration>& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Declaration::name);
  return found == table.end() ? kNoPlace : static_cast<std::uint16_t>(found - table.begin());
}

template <class Declaration>
bool is_the_same(const Declaration&, const Declaration&) {
  return true;
}

bool is_the_same(const model::Information& was, const model::Information& now) {
  return was.type == now.type;
}

// What the texts say that declarations of one kind, or outcomes of one step, were called.
struct Former {
  const std::vector<FormerName>& of_now;
  const std::vector<FormerName>& of_was;
  FormerKind kind = FormerKind::step;
  model::StepId step_now, step_was;  // of outcomes

  [[nodiscard]] bool is_of(const FormerName& former, model::StepId step) const {
    return former.kind == kind && former.step == step;
  }
};

// Where the new version says that it has what the old one calls so.
template <class Declaration>
std::uint16_t place_by_former(const Former& former,
                              const std::vector<Declaration>& was,
                              std::size_t place,
                              const std::vector<Declaration>& now) {
  for (const auto& each : former.of_now) {
    if (former.is_of(each, former.step_now) && each.was == was[place].name) {
      return each.place;
    }
  }
  for (const auto& each : former.of_was) {
    if (former.is_of(each, former.step_was) && each.place == place) {
      if (const auto found = place_of(now, each.was); found != kNoPlace) {
        return found;
      }
    }
  }
  return kNoPlace;
}

template <class Declaration>
void add_changes(const Former& former,
                 const std::vector<Declaration>& was,
                 const std::vector<Declaration>& now,
                 const std::string& step,
                 std::vector<NameChange>& changes) {
  std::vector<bool> taken(now.size());
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < was.size(); ++i) {
    const auto same = place_of(now, was[i].name);
    if (same != kNoPlace && !taken[same] && is_the_same(was[i], now[same])) {
      taken[same] = true;
    } else {
      left.push_back(i);
    }
  }
  for (const auto i : left) {
    const auto place = place_by_former(former, was, i, now);
    const bool found = place != kNoPlace && !taken[place] && is_the_same(was[i], now[place]);
    changes.push_back({former.kind, step, was[i].name, found ? now[place].name : std::string()});
    if (found) {
      taken[place] = true;
    }
  }
}

// The person whose path it is has the name that the language of the text gives.
void pair_beneficiaries(const Protocol& was,
                        const Protocol& now,
                        std::vector<NameChange>& changes) {
  const auto& old_name = was[model::kBeneficiary].name;
  const auto& name = now[model::kBeneficiary].name;
  std::erase_if(changes, [&](const NameChange& change) {
    return change.kind == FormerKind::role && change.was == old_name;
  });
  for (auto& change : changes) {
    if (change.kind == FormerKind::role && change.now == name) {
      change.now.clear();
    }
  }
  if (old_name != name) {
    changes.push_back({FormerKind::role, {}, old_name, name});
  }
}

// Each pair of tables once.
template <class Visit>
void for_each_table(const Protocol& was, const Protocol& now, const Visit& visit) {
  visit(FormerKind::partner, was.partners, now.partners, &Mapping::partners);
  visit(FormerKind::role, was.roles, now.roles, &Mapping::roles);
  visit(FormerKind::information, was.informations, now.informations, &Mapping::informations);
  visit(FormerKind::consent, was.consents, now.consents, &Mapping::consents);
  visit(FormerKind::step, was.steps, now.steps, &Mapping::steps);
  visit(FormerKind::session, was.sessions, now.sessions, &Mapping::sessions);
  visit(FormerKind::routine, was.routines, now.routines, &Mapping::routines);
  visit(FormerKind::ending, was.endings, now.endings, &Mapping::endings);
}

// The name that something of the old version has in the new one.
class Renamed {
 public:
  explicit Renamed(const std::vector<NameChange>& changes) {
    for (const auto& change : changes) {
      by_old_.emplace(std::tuple(change.kind, change.step, change.was), change.now);
    }
  }

  [[nodiscard]] std::string_view name(FormerKind kind,
                                      const std::string& step,
                                      const std::string& was) const {
    const auto found = by_old_.find(std::tuple(kind, step, was));
    return found == by_old_.end() ? std::string_view(was) : std::string_view(found->second);
  }

 private:
  std::map<std::tuple<FormerKind, std::string, std::string>, std::string> by_old_;
};

// false: a name leads nowhere.
template <class Id, class Declaration>
bool place_all(const Renamed& renamed,
               FormerKind kind,
               const std::vector<Declaration>& was,
               const std::vector<Declaration>& now,
               std::vector<Id>& into) {
  return std::ranges::all_of(was, [&](const Declaration& each) {
    const auto name = renamed.name(kind, {}, each.name);
    into.push_back(name.empty() ? Id{} : Id{place_of(now, name)});
    return name.empty() || into.back().known();
  });
}

bool place_outcomes(const Renamed& renamed,
                    const Protocol& was,
                    const Protocol& now,
                    Mapping& mapping) {
  mapping.outcomes.resize(was.steps.size());
  for (std::size_t i = 0; i < was.steps.size(); ++i) {
    const auto& step = was.steps[i];
    for (const auto& outcome : step.outcomes) {
      const auto name = mapping.steps[i].known()
                            ? renamed.name(FormerKind::outcome, step.name, outcome.name)
                            : std::string_view();
      const auto place = name.empty() ? kNoPlace : place_of(now[mapping.steps[i]].outcomes, name);
      if (!name.empty() && place == kNoPlace) {
        return false;
      }
      mapping.outcomes[i].push_back({place});
    }
  }
  return true;
}

// What has no name of its own, or none that may change.
void place_parts(const Protocol& was, const Protocol& now, Mapping& mapping) {
  mapping.levels.resize(was.informations.size());
  for (std::size_t i = 0; i < was.informations.size(); ++i) {
    for (const auto& level : was.informations[i].levels) {
      const auto id = mapping.informations[i];
      const auto& levels = id.known() ? now[id].levels : std::vector<std::string>();
      const auto found = std::ranges::find(levels, level);
      mapping.levels[i].push_back(
          found == levels.end() ? kNoPlace : static_cast<std::uint16_t>(found - levels.begin()));
    }
  }
  mapping.follow_ups.resize(was.endings.size());
  for (std::size_t i = 0; i < was.endings.size(); ++i) {
    for (const auto& follow_up : was.endings[i].follow_ups) {
      const auto id = mapping.endings[i];
      mapping.follow_ups[i].push_back(id.known() ? place_of(now[id].follow_ups, follow_up.name)
                                                 : kNoPlace);
    }
  }
  mapping.questions.resize(was.routines.size());
  for (std::size_t i = 0; i < was.routines.size(); ++i) {
    for (const auto& question : was.routines[i].asks) {
      const auto id = mapping.routines[i];
      const auto& asks = id.known() ? now[id].asks : std::vector<model::Question>();
      const auto found = std::ranges::find_if(asks, [&](const model::Question& other) {
        return other.text == question.text && other.type == question.type &&
               other.from == question.from && other.to == question.to;
      });
      mapping.questions[i].push_back(
          found == asks.end() ? kNoPlace : static_cast<std::uint16_t>(found - asks.begin()));
    }
  }
}

void count_tables(const Protocol& now, Mapping& mapping) {
  mapping.steps_now = now.steps.size();
  mapping.roles_now = now.roles.size();
  mapping.informations_now = now.informations.size();
  mapping.consents_now = now.consents.size();
  for (std::size_t i = 0; i < now.routines.size(); ++i) {
    mapping.routines_now = now.routines[i].for_each_case ? i + 1 : mapping.routines_now;
  }
}

}  // namespace

std::vector<NameChange> name_changes(const Protocol& was, const Protocol& now) {
  std::vector<NameChange> changes;
  for_each_table(was, now, [&](FormerKind kind, const auto& old, const auto& other, auto) {
    add_changes({now.former_names, was.former_names, kind, {}, {}}, old, other, {}, changes);
  });
  pair_beneficiaries(was, now, changes);
  const Renamed renamed(changes);
  for (std::size_t i = 0; i < was.steps.size(); ++i) {
    const auto& step = was.steps[i];
    const auto place = place_of(now.steps, renamed.name(FormerKind::step, {}, step.name));
    if (place != kNoPlace) {
      const Former former{now.former_names,
                          was.former_names,
                          FormerKind::outcome,
                          {place},
                          {static_cast<std::uint16_t>(i)}};
      add_changes(former, step.outcomes, now.steps[place].outcomes, step.name, changes);
    }
  }
  return changes;
}

std::expected<Mapping, std::string> mapping_of(const Protocol& was,
                                               const Protocol& now,
                                               std::vector<NameChange> changes) {
  Mapping mapping{.changes = std::move(changes)};
  const Renamed renamed(mapping.changes);
  bool whole = true;
  for_each_table(was, now, [&](FormerKind kind, const auto& old, const auto& other, auto table) {
    whole = whole && place_all(renamed, kind, old, other, mapping.*table);
  });
  if (!whole || !place_outcomes(renamed, was, now, mapping)) {
    return std::unexpected("leads to a name that the new version does not declare");
  }
  place_parts(was, now, mapping);
  count_tables(now, mapping);
  return mapping;
}

}  // namespace protoflow::engine
