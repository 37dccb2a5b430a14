// The live state of one occurrence of a session, the stream session/ID: plain values. Only `apply`
// writes it. It knows cases by their ids, never their beneficiaries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lifecycle/session_life.hpp"
#include "engine/model/protocol.hpp"
#include "engine/session/enrolment.hpp"
#include "engine/state/task_state.hpp"

namespace protoflow::engine {

struct SessionState {
  SessionStatus status = SessionStatus::none;
  model::SessionId session;   // which declared session this is an occurrence of
  std::uint32_t version = 0;  // of the stream: how many events
  model::RoleId role;         // accountable: the host, or who stands in for it …
  model::PartnerId partner;   // … of this partner
  model::Instant planned = model::kNever;
  model::Instant at = model::kNever;     // when it begins
  model::Instant armed = model::kNever;  // when `at` became known: nothing before it is reminded of
  model::Instant held = model::kNever;   // when it was first written down who came
  std::uint16_t capacity = 0;            // places; always at least 1 once planned
  bool reminded = false;
  std::uint8_t late_rules = 0;  // who has been told that it is not written down who came: the host,
                                // then the coordination
  std::string place;
  std::vector<Enrolment> enrolments;  // each case once; those who wait, in order
  std::vector<Task> tasks;            // what partners prepare before it and do after it
};

/// The state before the first event.
[[nodiscard]] SessionState empty_session(const model::Protocol& protocol);

/// The case's enrolment, also when it has left; nullptr: it never asked.
[[nodiscard]] const Enrolment* enrolment_of(const SessionState& state, std::string_view case_id);

/// How many have a place.
[[nodiscard]] std::size_t places_taken(const SessionState& state);

/// The state as text, one line a fact, for comparison and digests. Neither the place nor a reason
/// is in it. The same history gives the same bytes.
[[nodiscard]] std::string describe(const SessionState& state, const model::Protocol& protocol);

}  // namespace protoflow::engine
