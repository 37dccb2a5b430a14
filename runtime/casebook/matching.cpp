#include "runtime/casebook/matching.hpp"

#include <algorithm>
#include <set>

#include "engine/duty/duty.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/load.hpp"

namespace protoflow::runtime {

namespace {

// In how many open cases of the same protocol each person has the role by name.
std::map<std::string, std::uint16_t, std::less<>> loads(const Reading& reading,
                                                        const CaseFile& wanted,
                                                        model::RoleId role) {
  std::map<std::string, std::uint16_t, std::less<>> load;
  const auto& name = wanted.plan->protocol[role].name;
  for (const auto& [stream, file] : reading.cases) {
    const auto& protocol = file.plan->protocol;
    if (protocol.name != wanted.plan->protocol.name) {
      continue;
    }
    std::set<std::string> busy;
    for (const auto& duty : engine::duties(protocol, file.state)) {
      if (!duty.person.empty() && protocol[duty.role].name == name) {
        busy.insert(duty.person);
      }
    }
    for (const auto& part : engine::parts_of(protocol, file.state)) {
      if (!part.person.empty() && protocol[part.role].name == name) {
        busy.insert(part.person);  // a case counts for its volunteer as long as it lives
      }
    }
    for (const auto& person : busy) {
      ++load[person];
    }
  }
  return load;
}

std::vector<engine::TimeAway> absences_of(const Directory& people,
                                          std::string_view person,
                                          const model::ZoneTable& zone) {
  const auto* standing = people.standing(person);
  if (standing == nullptr || standing->change.kind != PersonChangeKind::person_absent) {
    return {};
  }
  return {time_away(standing->change, zone)};
}

// Whoever has the role now, and those before them who were slow to answer for the step: they may
// still take it. Deputies whose turn has not come may not.
std::vector<model::PartnerId> partners_asked(const model::Protocol& protocol,
                                             const engine::CaseState& state,
                                             const Asked& asked) {
  const auto turns = asked.step.known() ? state[asked.step].deputy : std::uint8_t{0};
  std::vector<model::PartnerId> partners;
  for (std::optional<std::uint8_t> passed = 0; passed && *passed <= turns;
       passed = engine::next_in_turn(protocol, state, asked.role, *passed)) {
    const auto holder = engine::holder(protocol, state, asked.role, *passed);
    if (holder.role == asked.role && !holder.waits_for_referral) {
      partners.push_back(holder.partner);
    }
  }
  return partners;
}

}  // namespace

std::vector<Proposed> propose_people(const Reading& reading,
                                     const CaseFile& file,
                                     const Asked& asked,
                                     model::Instant now) {
  const auto& plan = *file.plan;
  const auto load = loads(reading, file, asked.role);
  std::vector<engine::Candidate> candidates;
  for (const auto& [id, person] : reading.people.all()) {
    auto candidate = candidate_of(person, plan.protocol);
    if (std::ranges::find(candidate.plays, asked.role) == candidate.plays.end()) {
      continue;
    }
    candidate.absences = absences_of(reading.people, id, plan.work_time.zone);
    const auto busy = load.find(id);
    candidate.cases = busy == load.end() ? std::uint16_t{0} : busy->second;
    candidates.push_back(std::move(candidate));
  }
  engine::Wish wish{.role = asked.role,
                    .languages = asked.languages,
                    .known = file.state.persons,
                    .days = asked.days,
                    .at = now};
  wish.partners = partners_asked(plan.protocol, file.state, asked);
  std::vector<Proposed> proposed;
  for (auto& proposal : engine::propose(plan.protocol, plan.work_time.zone, wish, candidates)) {
    const auto& candidate = candidates[proposal.candidate];
    proposed.push_back({candidate.person, std::move(proposal), candidate.cases});
  }
  return proposed;
}

std::vector<model::CompetenceId> lacking_now(const Person& person,
                                             model::RoleId role,
                                             const engine::Plan& plan,
                                             model::Instant now) {
  const auto today = engine::to_local(now, plan.work_time.zone).date;
  return engine::lacking_on(
      plan.protocol, role, candidate_of(person, plan.protocol).trainings, today);
}

}  // namespace protoflow::runtime
