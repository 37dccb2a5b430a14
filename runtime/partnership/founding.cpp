#include "runtime/partnership/founding.hpp"

#include <algorithm>

#include "dsl/compare/report.hpp"

namespace protoflow::runtime {

namespace {

// A version always has another number, says what it replaces, and may say what was called otherwise
// there: that alone changes nothing for anybody.
bool is_about_the_version(const dsl::Change& change) {
  return change.member == dsl::Member::version || change.member == dsl::Member::replaces ||
         change.member == dsl::Member::replaces_because ||
         change.member == dsl::Member::former_name;
}

// Nobody, when something changes for everyone.
std::vector<std::string> unchanged_partners(const model::Protocol& was,
                                            const model::Protocol& now) {
  auto changes = dsl::compare(was, now, now.language);
  std::erase_if(changes, is_about_the_version);
  if (std::ranges::any_of(changes, &dsl::Change::everyone)) {
    return {};
  }
  return dsl::unconcerned_partners({.was = was, .now = now, .reader = now.language}, changes);
}

std::vector<engine::KeptSignature> kept_signatures(const model::Protocol& now,
                                                   const EarlierVersion& was) {
  std::vector<engine::KeptSignature> kept;
  for (const auto& name : unchanged_partners(was.plan.protocol, now)) {
    const auto before = model::find<model::PartnerId>(was.plan.protocol.partners, name);
    if (before.known() && was.state[before].signed_at != model::kNever) {
      kept.push_back({.partner = model::find<model::PartnerId>(now.partners, name),
                      .signed_at = was.state[before].signed_at});
    }
  }
  return kept;
}

bool recur_alike(const model::Routine& one, const model::Routine& other) {
  return one.every == other.every && one.for_first == other.for_first &&
         one.then_every == other.then_every && one.for_each_case == other.for_each_case;
}

std::vector<engine::KeptRoutine> kept_routines(const model::Protocol& now,
                                               const EarlierVersion& was) {
  std::vector<engine::KeptRoutine> kept;
  const auto& old = was.plan.protocol;
  const auto mapping = engine::mapping_of(old, now, engine::name_changes(old, now));
  for (std::size_t i = 0; mapping && i < old.routines.size(); ++i) {
    const model::RoutineId before{static_cast<std::uint16_t>(i)};
    const auto routine = mapping->routines[i];
    const bool goes_on = routine.known() && recur_alike(old[before], now[routine]);
    if (goes_on && was.state[before].counted_from != model::kNever) {
      kept.push_back({.routine = routine, .counted_from = was.state[before].counted_from});
    }
  }
  std::ranges::sort(kept, {}, [](const engine::KeptRoutine& each) { return each.routine.value; });
  return kept;
}

}  // namespace

engine::Command founding(const engine::Plan& now, const EarlierVersion* was) {
  engine::Command command{.kind = engine::CommandKind::found_partnership};
  if (was != nullptr) {
    command.kept = kept_signatures(now.protocol, *was);
    command.kept_routines = kept_routines(now.protocol, *was);
  }
  return command;
}

}  // namespace protoflow::runtime
