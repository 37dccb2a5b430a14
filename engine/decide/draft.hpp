// What one decision is made on: events are drafted, applied to the caller's state, and looked at
// again, so that what follows from an event is decided by the same rules as
// the event itself. Private to engine/decide.
#pragma once

#include <expected>
#include <span>
#include <utility>
#include <vector>

#include "engine/condition/condition.hpp"
#include "engine/decide/decide.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

struct Draft {
  const Plan& plan;
  CaseState& state;
  std::vector<Event>& events;

  [[nodiscard]] const model::Protocol& protocol() const { return plan.protocol; }

  void emit(Event&& event) {
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

// -- steps.cpp: what happens to a step, whoever makes it happen
// ----------------------------------------------------------

/// An event about a step, with the lifecycles' answers for `work` and `responsibility` filled in
/// where asked.
struct StepChange {
  model::StepId step;
  EventKind kind = EventKind::step_offered;
  std::optional<WorkEvent> work;
  std::optional<TimeEvent> time;
  std::optional<ResponsibilityEvent> responsibility;
  std::optional<ReviewEvent> review;
};

/// The event, or the refusal that the first machine that says no gives. A machine that the event
/// does not concern in its present state (a clock without a deadline) stays as it is.
[[nodiscard]] std::expected<Event, Refusal> change(const Draft& draft,
                                                   const StepChange& wanted,
                                                   const Actor& actor,
                                                   model::Instant at);

/// Opens a waiting step: holder, offer and due instants.
void offer(Draft& draft, model::StepId step, model::Instant at);

/// For an event that changes who is responsible: it ends a hand-over that waits for its answer, and
/// names its receiver.
void end_hand_over(const StepState& now, Event& event);

/// Offers it again to whoever answers next, after a refusal or silence.
[[nodiscard]] Done pass_on(Draft& draft,
                           model::StepId step,
                           EventKind kind,
                           const Command& command);

/// What the outcomes of the steps that are done at this instant reopen or end; then, those that
/// are to be repeated begin a new round. The last event of a step says whether it may still reopen.
void settle_consequences(Draft& draft, std::span<const model::StepId> steps, model::Instant at);

/// The due instant of a step that opened at `opened`, by the first of its deadlines whose guard
/// holds and whose start is known; without the stand-stills; kNever without one.
[[nodiscard]] model::Instant due_of(const Draft& draft, model::StepId step, model::Instant opened);

/// Its clock has stood still for `stood`: the due instant is as much later, and its reminders are
/// owed anew.
void restart_clock(const Draft& draft, Event& event, std::chrono::milliseconds stood);

/// When the outcome in a settling event reopens a step, and may still do so, the event counts it.
/// Before it is emitted.
void count_reopening(const Draft& draft, Event& event);

// -- follow.cpp: what follows from what has happened
// ---------------------------------------------------------------------

/// `after` first; only when it holds do the guard and the consents decide (docs/language.md).
[[nodiscard]] Truth may_open(const model::Step& step, const CaseState& state);

/// What the conditions say of every waiting step, ending and deadline. The order of declaration
/// never changes the result: steps are settled in rounds, each decided on the state before it; then
/// the endings are looked at; then the steps that may open are offered.
void follow(Draft& draft, model::Instant at);

/// Whether what the step waits for, its guard or its race mentions one of these.
[[nodiscard]] bool depends_on(const Draft& draft,
                              model::StepId step,
                              const std::vector<bool>& steps);

/// A new round of a step: it waits again. Nothing, when it has had all its rounds.
void reopen(Draft& draft, model::StepId step, model::Instant at, std::string why);

/// Withdraws what is open and closes the case.
void close_case(Draft& draft, model::EndingId ending, const Actor& actor, model::Instant at);

// -- reopen.cpp
// ----------------------------------------------------------------------------------------------------------

/// The closed case runs again: steps that its ending had withdrawn come back as they stood, with
/// as much more time as the case was closed. What follows is not decided yet.
void bring_back(Draft& draft, const Command& command);

[[nodiscard]] Done reopen_case(Draft& draft, const Command& command);

// -- hand_over.cpp
// -------------------------------------------------------------------------------------------------------

/// Whoever gives it keeps it after all. Requires that a hand-over waits for its answer.
void take_back(Draft& draft, const Command& command);

void expire_hand_over(Draft& draft, model::StepId step, model::Instant at);
void end_delegation(Draft& draft, model::StepId step, model::Instant at);

// -- case_tasks.cpp: the tasks of a case
// ---------------------------------------------------------------------------------

void open_follow_ups(Draft& draft, model::EndingId ending, model::Instant at);
void open_reservation(Draft& draft, const Command& approval, model::Instant at);

/// The tasks of the role go to whoever answers for it now.
void assign_tasks(Draft& draft, model::RoleId role, model::Instant at);

/// Every task's clock has stood still since `since`.
void restart_tasks(Draft& draft, model::Instant since, model::Instant at);

// -- tick.cpp
// ------------------------------------------------------------------------------------------------------------

/// Every deadline that has passed at `now`, in the order of their instants.
void tick(Draft& draft, model::Instant now);

// -- commands: one function each; `command.happened` is set
// --------------------------------------------------------------

[[nodiscard]] Done decide_on_case(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_step(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_review(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_referral(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_hand_over(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_task(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_correction(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_record(Draft& draft, const Command& command);
[[nodiscard]] Done decide_on_place(Draft& draft, const Command& command);

/// The work is done with that outcome: it goes to its reviewers, or is settled.
[[nodiscard]] Done submit(Draft& draft, const Command& command, model::OutcomeId outcome);

/// Places in sessions that a settled step keeps no more. After all that a decision gives.
void give_back_places(Draft& draft, model::Instant at);

/// Whether the step is open, and whether the actor may act on it as the one who answers for it.
[[nodiscard]] Done check_open(const Draft& draft, const Command& command);
[[nodiscard]] Done check_actor(const Draft& draft, const Command& command);

/// Routines `for each case`, and remarks.
[[nodiscard]] Done decide_on_routine(Draft& draft, const Command& command);

/// What the partnership says of a partner's signature: errands.
[[nodiscard]] Done decide_on_signature(Draft& draft, const Command& command);

/// Whether somebody who signed answers for every step that is open from the start; otherwise
/// partners_not_agreed, naming them.
[[nodiscard]] Done check_signatures(const Draft& draft);

// -- case_routines.cpp: routines `for each case` live from its opening to its closing
// ------------------------------------------------

void begin_routines(Draft& draft, model::Instant at);
void end_routines(Draft& draft, model::Instant at);

/// After a pause: a meeting whose day has passed meanwhile is planned anew.
void resume_routines(Draft& draft, model::Instant at);

/// Fires the earliest of their alarms.
void fire_routine_alarm(Draft& draft);

/// Values that this step may record and that their types allow; consents that it asks.
[[nodiscard]] Done check_what_is_said(const Draft& draft, const Command& command);

[[nodiscard]] bool in_range(const model::Information& information, const model::Value& value);

[[nodiscard]] std::unexpected<Refusal> refuse_information(RefusalCode code,
                                                          model::StepId step,
                                                          model::InformationId information);

/// Who may answer a consent, and record an information, beside any step.
[[nodiscard]] bool may_answer(const Draft& draft, const Actor& actor, model::ConsentId consent);
[[nodiscard]] bool may_record(const Draft& draft,
                              const Actor& actor,
                              model::InformationId information);

/// The earliest instant that the command may speak of: what it answers must have happened before.
[[nodiscard]] model::Instant earliest_for(const CaseState& state, const Command& command);

/// Whether the actor plays `role` for `partner`.
[[nodiscard]] bool plays(const Actor& actor, model::RoleId role, model::PartnerId partner);

}  // namespace protoflow::engine
