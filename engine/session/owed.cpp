#include "engine/session/owed.hpp"

#include <algorithm>

#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

// The last that was, or is to be, held; kNever without one.
model::Instant last_of(std::span<const KnownOccurrence> known, model::SessionId session) {
  auto last = model::kNever;
  for (const auto& occurrence : known) {
    const bool counts = occurrence.session == session && occurrence.at != model::kNever &&
                        occurrence.status != SessionStatus::cancelled &&
                        occurrence.status != SessionStatus::none;
    if (counts && (last == model::kNever || occurrence.at > last)) {
      last = occurrence.at;
    }
  }
  return last;
}

model::Instant planned_by(const Plan& plan, const model::Session& session, model::Instant around) {
  auto by = around;
  for (const auto& preparation : session.preparations) {
    by = std::min(by, ahead_of(around, preparation.before, plan.work_time));
  }
  return by;
}

}  // namespace

std::vector<OwedOccurrence> owed_occurrences(const Plan& plan,
                                             std::span<const KnownOccurrence> known,
                                             model::Instant since) {
  std::vector<OwedOccurrence> owed;
  for (std::size_t i = 0; i < plan.protocol.sessions.size(); ++i) {
    const model::SessionId id{static_cast<std::uint16_t>(i)};
    const auto& session = plan.protocol[id];
    const auto last = last_of(known, id);
    const bool was_held_once = !session.every && last != model::kNever;
    if (session.on_request || was_held_once) {
      continue;
    }
    const auto from = last == model::kNever ? since : last;
    const auto around = session.every ? due_after(from, *session.every, plan.work_time) : from;
    const auto host = holder_outside_cases(plan.protocol, session.hosted_by);
    owed.push_back({.session = id,
                    .role = host.role,
                    .partner = host.partner,
                    .around = around,
                    .by = planned_by(plan, session, around)});
  }
  return owed;
}

}  // namespace protoflow::engine
