// Who could take on a role in a case, in order and with the reasons: those whom nothing stands
// against first. It proposes, people decide; nothing here writes, and a person is an id.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/calendar.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::engine {

/// What a person was trained in, or is qualified for; valid on both days and between.
struct Training {
  model::CompetenceId competence;
  std::chrono::sys_days from;
  std::chrono::sys_days until;

  friend bool operator==(const Training&, const Training&) = default;
};

/// From `from` on, back at `until`; kNever: nobody knows when.
struct TimeAway {
  model::Instant from = model::kNever;
  model::Instant until = model::kNever;

  friend bool operator==(const TimeAway&, const TimeAway&) = default;
};

/// What the directory knows of a person, as one protocol sees it.
struct Candidate {
  std::string person;
  model::PartnerId partner;
  std::vector<model::RoleId> plays;
  std::vector<std::string> speaks;  // BCP 47 tags
  std::vector<Training> trainings;
  std::vector<TimeAway> absences;
  std::uint8_t available = 0b1111111;  // bit 0 is Monday
  std::uint16_t cases_max = 0;         // of her own; 0: as many as the role takes
  std::uint16_t cases = 0;             // open ones in which she has the role now
};

/// Why somebody cannot be offered the role now.
enum class Obstacle : std::uint8_t {
  plays_another_role,
  of_another_partner,
  not_trained,      // never, in a competence that the role requires
  training_lapsed,  // or not yet valid
  absent,
  full,
};

inline constexpr std::array<std::string_view, 6> kObstacleNames = {
    "plays_another_role", "of_another_partner", "not_trained", "training_lapsed", "absent", "full"};

/// What speaks for somebody, the strongest first.
enum class Merit : std::uint8_t {
  knows_the_case,  // has acted in it
  shares_language,
  is_available,   // on each of the days asked for
  has_few_cases,  // fewer than half of what she can take
};

inline constexpr std::array<std::string_view, 4> kMeritNames = {
    "knows_the_case", "shares_language", "is_available", "has_few_cases"};

struct Proposal {
  std::size_t candidate = 0;  // place in the list that came in
  std::vector<Obstacle> obstacles;
  std::vector<Merit> merits;
  std::vector<model::CompetenceId> lacking;  // not trained, or lapsed
};

struct Wish {
  model::RoleId role;
  std::vector<model::PartnerId>
      partners;                        // that may hold it in this case; empty: those it declares
  std::vector<std::string> languages;  // that would help
  std::vector<std::string> known;      // persons who have acted in the case
  std::uint8_t days = 0;               // on which she is needed; bit 0 is Monday; 0: any
  model::Instant at = model::kNever;   // when it is offered
};

/// Every candidate once: those without an obstacle by their merits, then by how free they are, then
/// by id; the others after them. The order in which they came in changes nothing.
[[nodiscard]] std::vector<Proposal> propose(const model::Protocol& protocol,
                                            const model::ZoneTable& zone,
                                            const Wish& wish,
                                            const std::vector<Candidate>& candidates);

/// The competences that the role requires of a volunteer and that this one has no valid training
/// for on that day. Of other roles the partner answers for the competence: none is lacking.
[[nodiscard]] std::vector<model::CompetenceId> lacking_on(const model::Protocol& protocol,
                                                          model::RoleId role,
                                                          const std::vector<Training>& trainings,
                                                          std::chrono::sys_days day);

[[nodiscard]] bool is_absent(const std::vector<TimeAway>& absences, model::Instant at);

}  // namespace protoflow::engine
