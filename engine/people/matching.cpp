#include "engine/people/matching.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace protoflow::engine {

namespace {

bool contains(const auto& list, const auto& wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

std::uint16_t most_cases(const model::Role& role, const Candidate& candidate) {
  const auto of_role = role.cases_max.value_or(0);
  if (of_role == 0 || candidate.cases_max == 0) {
    return std::max(of_role, candidate.cases_max);
  }
  return std::min(of_role, candidate.cases_max);
}

bool was_trained(const std::vector<Training>& trainings, model::CompetenceId competence) {
  return std::ranges::any_of(
      trainings, [&](const Training& training) { return training.competence == competence; });
}

std::vector<Obstacle> obstacles_of(const model::Protocol& protocol,
                                   const Wish& wish,
                                   const Candidate& candidate,
                                   const std::vector<model::CompetenceId>& lacking) {
  const auto& role = protocol[wish.role];
  const auto& partners = wish.partners.empty() ? role.partners : wish.partners;
  std::vector<Obstacle> found;
  if (!contains(candidate.plays, wish.role)) {
    found.push_back(Obstacle::plays_another_role);
  }
  if (!partners.empty() && !contains(partners, candidate.partner)) {
    found.push_back(Obstacle::of_another_partner);
  }
  const bool never = std::ranges::any_of(lacking, [&](model::CompetenceId competence) {
    return !was_trained(candidate.trainings, competence);
  });
  if (never) {
    found.push_back(Obstacle::not_trained);
  } else if (!lacking.empty()) {
    found.push_back(Obstacle::training_lapsed);
  }
  if (is_absent(candidate.absences, wish.at)) {
    found.push_back(Obstacle::absent);
  }
  const auto most = most_cases(role, candidate);
  if (most != 0 && candidate.cases >= most) {
    found.push_back(Obstacle::full);
  }
  return found;
}

std::vector<Merit> merits_of(const model::Role& role,
                             const Wish& wish,
                             const Candidate& candidate) {
  std::vector<Merit> found;
  if (contains(wish.known, candidate.person)) {
    found.push_back(Merit::knows_the_case);
  }
  if (std::ranges::any_of(wish.languages, [&](const std::string& language) {
        return contains(candidate.speaks, language);
      })) {
    found.push_back(Merit::shares_language);
  }
  if (wish.days != 0 && (candidate.available & wish.days) == wish.days) {
    found.push_back(Merit::is_available);
  }
  const auto most = most_cases(role, candidate);
  if (most != 0 && candidate.cases * 2 < most) {
    found.push_back(Merit::has_few_cases);
  }
  return found;
}

// The strongest merit decides, then the next: as a number, read from the left.
std::uint32_t weight(const std::vector<Merit>& merits) {
  return std::accumulate(merits.begin(), merits.end(), 0U, [](std::uint32_t sum, Merit merit) {
    return sum | 1U << (kMeritNames.size() - 1 - static_cast<std::size_t>(merit));
  });
}

}  // namespace

std::vector<model::CompetenceId> lacking_on(const model::Protocol& protocol,
                                            model::RoleId role,
                                            const std::vector<Training>& trainings,
                                            std::chrono::sys_days day) {
  const auto& declared = protocol[role];
  if (declared.binding != model::Binding::volunteer_of) {
    return {};
  }
  std::vector<model::CompetenceId> lacking;
  std::ranges::copy_if(declared.requires_competences,
                       std::back_inserter(lacking),
                       [&](model::CompetenceId competence) {
                         return std::ranges::none_of(trainings, [&](const Training& training) {
                           return training.competence == competence && training.from <= day &&
                                  day <= training.until;
                         });
                       });
  return lacking;
}

bool is_absent(const std::vector<TimeAway>& absences, model::Instant at) {
  return std::ranges::any_of(
      absences, [&](const TimeAway& absence) { return absence.from <= at && at < absence.until; });
}

std::vector<Proposal> propose(const model::Protocol& protocol,
                              const model::ZoneTable& zone,
                              const Wish& wish,
                              const std::vector<Candidate>& candidates) {
  const auto day = to_local(wish.at, zone).date;
  std::vector<Proposal> proposals(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    auto& proposal = proposals[i];
    proposal.candidate = i;
    proposal.lacking = lacking_on(protocol, wish.role, candidates[i].trainings, day);
    proposal.obstacles = obstacles_of(protocol, wish, candidates[i], proposal.lacking);
    proposal.merits = merits_of(protocol[wish.role], wish, candidates[i]);
  }
  std::ranges::sort(proposals, {}, [&](const Proposal& proposal) {
    const auto& candidate = candidates[proposal.candidate];
    return std::tuple(proposal.obstacles.size(),
                      ~weight(proposal.merits),
                      candidate.cases,
                      std::string_view(candidate.person));
  });
  return proposals;
}

}  // namespace protoflow::engine
