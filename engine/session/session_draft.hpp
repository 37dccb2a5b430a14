// The working copy that one decision about a session is made on. Private to engine/session.
#pragma once

#include <utility>
#include <vector>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"
#include "engine/session/decide.hpp"

namespace protoflow::engine {

struct SessionDraft {
  const Plan& plan;
  SessionState state;
  std::vector<Event> events;

  [[nodiscard]] const model::Protocol& protocol() const { return plan.protocol; }

  [[nodiscard]] const model::Session& declared() const { return plan.protocol[state.session]; }

  void emit(Event event) {
    if (!event.session.known()) {
      event.session = state.session;
    }
    apply(state, event);
    events.push_back(std::move(event));
  }
};

/// Outside of any case: a role that each case binds is with its chooser. `passed` partners of the
/// role have declined.
[[nodiscard]] Holder holder_outside_cases(const model::Protocol& protocol,
                                          model::RoleId role,
                                          std::uint8_t passed = 0);

/// Whether the actor receives the session: its host, one of the host's deputies, or the
/// coordination.
[[nodiscard]] bool hosts(const SessionDraft& draft, const Actor& actor);

/// Whether a case could have bound the role to the actor's partner: a session does not know which.
[[nodiscard]] bool may_play(const model::Protocol& protocol,
                            const Actor& actor,
                            model::RoleId role);

/// Names the host, who could.
[[nodiscard]] std::unexpected<Refusal> refuse_session(const SessionDraft& draft, RefusalCode code);

/// Everyone who had a place has come, is excused or is absent.
[[nodiscard]] bool all_recorded(const SessionState& state);

/// The next state, or a refusal: not yet, or over.
[[nodiscard]] std::expected<SessionStatus, Refusal> next_status(const SessionDraft& draft,
                                                                SessionEvent event,
                                                                const Actor& actor);

// -- session_tasks.cpp: what partners prepare before it and do after it

void open_preparations(SessionDraft& draft, model::Instant at);
void move_preparations(SessionDraft& draft, model::Instant at);
void open_follow_ups(SessionDraft& draft, model::Instant at);
void withdraw_preparations(SessionDraft& draft, model::Instant at, const std::string& why);
[[nodiscard]] Done decide_on_task(SessionDraft& draft, const Command& command);

// -- tick.cpp

/// Every alarm that has passed at `now`, in the order of their instants.
void tick(SessionDraft& draft, model::Instant now);

// -- commands; `command.happened` is set

[[nodiscard]] Done decide_on_session(SessionDraft& draft, const Command& command);
[[nodiscard]] Done decide_on_enrolment(SessionDraft& draft, const Command& command);

}  // namespace protoflow::engine
