#include "runtime/people/duty_of.hpp"

#include <algorithm>

namespace protoflow::runtime {

bool is_for(const engine::Duty& duty, const Person& person, const model::Protocol& protocol) {
  if (!duty.person.empty()) {
    return duty.person == person.id;
  }
  const auto actor = actor_of(person, protocol);
  const bool plays_it = std::ranges::find(actor.plays, duty.role) != actor.plays.end();
  return actor.partner == duty.partner &&
         (plays_it || duty.kind == engine::DutyKind::answer || duty.kind == engine::DutyKind::sign);
}

}  // namespace protoflow::runtime
