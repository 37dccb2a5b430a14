// The working copy that one decision is made on: events are drafted, applied to a copy of the state, and looked at again, so that what
// follows from an event is decided by the same rules as the event itself. Private to engine/decide.
#pragma once

#include <expected>
#include <utility>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

struct Draft {
  const Plan& plan;
  CaseState state;
  std::vector<Event> events;

  [[nodiscard]] const model::Protocol& protocol() const { return plan.protocol; }

  void emit(Event event) {
    apply(state, event);
    events.push_back(std::move(event));
  }
};

using Done = std::expected<void, Refusal>;

[[nodiscard]] inline std::unexpected<Refusal> refuse(RefusalCode code, model::StepId step = {}) {
  return std::unexpected(Refusal{.code = code, .step = step});
}

/// not_yours, naming who could.
[[nodiscard]] std::unexpected<Refusal> refuse_stranger(const Draft& draft, model::StepId step);

// -- steps.cpp: what happens to a step, whoever makes it happen ----------------------------------------------------------

/// An event about a step, with the lifecycles' answers for `work` and `responsibility` filled in where asked.
struct StepChange {
  model::StepId step;
  EventKind kind = EventKind::step_offered;
  std::optional<WorkEvent> work;
  std::optional<TimeEvent> time;
  std::optional<ResponsibilityEvent> responsibility;
  std::optional<ReviewEvent> review;
};

/// The event, or the refusal that the first machine that says no gives. `facts_in_time` is the fact of TimeEvent::finish.
[[nodiscard]] std::expected<Event, Refusal> change(const Draft& draft,
                                                   const StepChange& wanted,
                                                   const Actor& actor,
                                                   model::Instant at);

/// Opens a waiting step: holder, offer and due instants.
void offer(Draft& draft, model::StepId step, model::Instant at);

/// Offers it again to whoever answers next, after a refusal or silence.
[[nodiscard]] Done pass_on(Draft& draft, model::StepId step, EventKind kind, const Command& command);

/// The step is done with `outcome`: what the outcome reopens or ends follows.
void settle_consequences(Draft& draft, model::StepId step, model::Instant at);

/// The due instant by the protocol's deadlines, the stand-stills included; kNever without one.
[[nodiscard]] model::Instant due_of(const Draft& draft, model::StepId step);

// -- follow.cpp: what follows from what has happened ---------------------------------------------------------------------

/// Looks at every waiting step, moved deadline and ending until nothing changes any more.
void follow(Draft& draft, model::Instant at);

/// Withdraws what is open and closes the case.
void close_case(Draft& draft, model::EndingId ending, const Actor& actor, model::Instant at);

// -- tick.cpp ------------------------------------------------------------------------------------------------------------

/// Every deadline that has passed at `now`, in the order of their instants.
void tick(Draft& draft, model::Instant now);

// -- commands: one function each; `command.happened` is set --------------------------------------------------------------

[[nodiscard]] Done decide_on_case(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_step(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_review(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_referral(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_record(Draft& draft, const Command& command);

/// Values that this step may record and that their types allow; consents that it asks.
[[nodiscard]] Done check_what_is_said(const Draft& draft, const Command& command);

/// Whether the actor plays `role` for `partner`.
[[nodiscard]] bool plays(const Actor& actor, model::RoleId role, model::PartnerId partner);

}  // namespace protoflow::engine
