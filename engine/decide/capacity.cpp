#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/load.hpp"

namespace protoflow::engine {

namespace {

bool has_as_many(const Draft& draft, const Part& part) {
  const auto& cases_max = draft.protocol()[part.role].cases_max;
  if (!cases_max) {
    return false;
  }
  const auto mine = parts_of(draft.protocol(), draft.state);
  if (std::ranges::find(mine, part) != mine.end()) {
    return false;
  }
  const auto& loads = draft.surroundings.loads;
  const auto found = std::ranges::find_if(loads, [&](const Load& load) {
    return load.role == part.role && load.partner == part.partner && load.person == part.person;
  });
  return (found == loads.end() ? 0U : found->cases) >= *cases_max;
}

}  // namespace

bool is_full(const Draft& draft, model::RoleId role, model::PartnerId partner) {
  const bool counts_persons = draft.protocol()[role].binding == model::Binding::volunteer_of;
  return !counts_persons && has_as_many(draft, {.role = role, .partner = partner});
}

bool is_full(const Draft& draft, model::RoleId role, const Actor& person) {
  const bool counts_persons = draft.protocol()[role].binding == model::Binding::volunteer_of;
  return counts_persons &&
         has_as_many(draft, {.role = role, .partner = person.partner, .person = person.person});
}

std::uint8_t with_room(const Draft& draft, model::RoleId role, std::uint8_t passed) {
  auto now = passed;
  for (auto answers = holder(draft.protocol(), draft.state, role, now);
       answers.role == role && !answers.waits_for_referral && is_full(draft, role, answers.partner);
       answers = holder(draft.protocol(), draft.state, role, now)) {
    const auto next = next_in_turn(draft.protocol(), draft.state, role, now);
    if (!next) {
      return now;
    }
    now = *next;
  }
  return now;
}

}  // namespace protoflow::engine
