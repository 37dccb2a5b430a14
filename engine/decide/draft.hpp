// What one decision is made on: events are drafted, applied to the caller's state, and looked at
// again, so that what follows from an event is decided by the same rules as
// the event itself. Private to engine/decide.
#pragma once

#include <expected>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "engine/condition/condition.hpp"
#include "engine/decide/decide.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

struct Draft {
  const Plan& plan;
  CaseState& state;
  std::vector<Event>& events;
  const Surroundings& surroundings;
  std::string_view moved_because = "condition";  // what the command makes due instants move for

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

/// What the review of one of several reviewers becomes, or why not.
[[nodiscard]] std::expected<ReviewState, Refusal> change_review(const Draft& draft,
                                                                const ReviewerState& mine,
                                                                ReviewEvent what,
                                                                const Actor& actor);

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

/// Before whoever was asked first takes an offered step: it is theirs again, unless somebody has
/// taken it since they kept silent or declined.
void answer_late(Draft& draft, const Command& command);

/// What the outcomes of the steps that are done at this instant reopen or end; then, those that
/// are to be repeated begin a new round. The last event of a step says whether it may still reopen.
void settle_consequences(Draft& draft, std::span<const model::StepId> steps, model::Instant at);

/// When the outcome in a settling event reopens a step, and may still do so, the event counts it.
/// Before it is emitted.
void count_reopening(const Draft& draft, Event& event);

// -- reviewers.cpp: the reviewers of a step, one or several
// -------------------------------------------------------------------

/// All of them asked. Requires that the step has several.
[[nodiscard]] std::vector<ReviewerChange> ask_reviewers(const Draft& draft, model::StepId step);

/// Those who have not judged; none unless the step is in review.
[[nodiscard]] std::vector<ReviewerState> awaited_reviewers(const Draft& draft, model::StepId step);

/// The review is with `partner`, and with nobody by name; `event` says when and why.
void leave_review(Draft& draft,
                  const ReviewerState& reviewer,
                  model::PartnerId partner,
                  Event event);

/// It is theirs again; `event` says whose.
void regain_review(Draft& draft, const ReviewerState& reviewer, Event event);

/// What those who have judged said is of work that has changed: of several, they are asked again.
void ask_again(Draft& draft, model::StepId step, model::Instant at, std::string why);

// -- capacity.cpp: who has as many cases as they may
// -----------------------------------------------------------------------------

/// Whether the partner has `at most N cases` of the role already, this one not among them.
[[nodiscard]] bool is_full(const Draft& draft, model::RoleId role, model::PartnerId partner);

/// The same of a volunteer, by name.
[[nodiscard]] bool is_full(const Draft& draft, model::RoleId role, const Actor& person);

/// `passed`, or as many more as are full: whoever answers then has room. When all are full, whoever
/// stands in for the role answers, in the end the coordination.
[[nodiscard]] std::uint8_t with_room(const Draft& draft, model::RoleId role, std::uint8_t passed);

// -- due.cpp: when a step is due, and from which line of the protocol
// -----------------------------------------------------------

struct Due {
  model::Instant at = model::kNever;
  std::uint8_t rule = 0;                // the place of its `within` line, from 1; 0: none
  model::Instant from = model::kNever;  // what that line counts from
};

/// What a due instant depends on beside the protocol.
struct Clock {
  model::Instant opened;
  std::chrono::milliseconds shift{0};  // how long it has stood still
  model::PartnerId partner;            // accountable
};

/// By the first of its deadlines whose guard holds and whose start is known. A deadline in days
/// falls on a day open for the accountable partner and for those who receive the work
/// (docs/decisions/0010).
[[nodiscard]] Due due_of(const Draft& draft, model::StepId step, const Clock& clock);

/// `within` after `from`, on a day open for all of `partners`: what is owed beside the step itself,
/// such as an answer or a review. Unknown partners are always there.
[[nodiscard]] model::Instant due_between(const Draft& draft,
                                         model::Instant from,
                                         model::Duration within,
                                         std::span<const model::PartnerId> partners);

[[nodiscard]] inline model::Instant due_between(const Draft& draft,
                                                model::Instant from,
                                                model::Duration within,
                                                std::initializer_list<model::PartnerId> partners) {
  return due_between(
      draft, from, within, std::span<const model::PartnerId>(partners.begin(), partners.size()));
}

/// Its clock has stood still for `stood`: the due instant is as much later, and its reminders are
/// owed anew.
void restart_clock(const Draft& draft, Event& event, std::chrono::milliseconds stood);

/// Computes the due instant of an open step again, and says why it moved. What has been late stays
/// late, and what has fired does not fire again; but for other lines, of another version, nothing
/// has fired yet.
void move_deadline(Draft& draft, model::StepId step, model::Instant at, bool other_lines = false);

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
// -- consents.cpp: what needs a consent, and what becomes of it without
// ----------------------------------------------------------

/// How long the consents that are given now last; and whether one is refused that had been taken
/// back.
void note_consents(const Draft& draft, Event& event);

/// Open work whose consent is no longer given stops and waits.
void stop_without_consent(Draft& draft, model::Instant at);

/// It has stopped, and its consent is given again. Requires that it waits.
void start_again(Draft& draft, model::StepId step, model::Instant at);

/// A required consent that was given once is not given now.
[[nodiscard]] bool has_lost_consent(const model::Step& step, const CaseState& state);

[[nodiscard]] Done withdraw_consent(Draft& draft, const Command& command);

// -- absences.cpp: persons and partners that are not there
// ----------------------------------------------------------------------

/// What an absent person or a partner that has left still has goes to whoever answers next.
void replace_absent(Draft& draft, model::Instant at);

/// The routines of the case that a partner which has left was to hold.
void replace_absent_in_routines(Draft& draft, model::Instant at);

/// A person of this case; unknown when nobody of that name has acted in it.
[[nodiscard]] PersonRef person_of(const CaseState& state, std::string_view person);

/// The absence begins, or is over.
void begin_absence(Draft& draft, PersonRef person, model::Instant at);
void end_absence(Draft& draft, PersonRef person, const Actor& actor, model::Instant at);

/// Whether they would have to give up the step at once if they took it: absent beyond its due
/// instant, or removed.
[[nodiscard]] bool is_away_for(const CaseState& state, PersonRef person, model::Instant due);

[[nodiscard]] Done decide_on_absence(Draft& draft, const Command& command);

/// Withdraws what is open and closes the case.
void close_case(Draft& draft, model::EndingId ending, const Actor& actor, model::Instant at);

// -- reopen.cpp
// ----------------------------------------------------------------------------------------------------------

/// The closed case runs again: steps that its ending had withdrawn come back as they stood, with
/// as much more time as the case was closed. What follows is not decided yet.
void bring_back(Draft& draft, const Command& command);

[[nodiscard]] Done reopen_case(Draft& draft, const Command& command);

// -- transfer.cpp: all that a partner answers for, in other hands
// -------------------------------------------------------------------------------------------------------

[[nodiscard]] Done decide_on_transfer(Draft& draft, const Command& command);

/// The routines of the case whose role another partner holds now in the place of `giver`.
void transfer_routines(Draft& draft, model::PartnerId giver, model::Instant at);

// -- hand_over.cpp
// -------------------------------------------------------------------------------------------------------

/// Whether the partner could answer in this role.
[[nodiscard]] bool may_hold(const model::Role& role, model::PartnerId partner);

/// Whoever gives it keeps it after all. Requires that a hand-over waits for its answer.
void take_back(Draft& draft, const Command& command);

void expire_hand_over(Draft& draft,
                      model::StepId step,
                      model::Instant at,
                      std::string why = "no_answer");
void end_delegation(Draft& draft, model::StepId step, model::Instant at);

// -- case_tasks.cpp: the tasks of a case
// ---------------------------------------------------------------------------------

void open_follow_ups(Draft& draft, model::EndingId ending, model::Instant at);
void open_reservation(Draft& draft, const Command& approval, model::Instant at);

/// Those that reviewers have asked for since the step was completed: the review has ended without
/// approval. Nothing where there is one reviewer, who asks with the approval.
void withdraw_reservations_of_round(Draft& draft,
                                    model::StepId step,
                                    model::Instant at,
                                    std::string why);

/// The tasks of the role go to whoever answers for it now.
void assign_tasks(Draft& draft, model::RoleId role, model::Instant at);

/// Those of partners that have left, and of persons who are away beyond their due instant.
void replace_absent_in_tasks(Draft& draft, model::Instant at);

/// A colleague has those of `from` whose role they play.
void give_tasks(Draft& draft, std::string_view from, const Actor& to, model::Instant at);

/// Every task's clock has stood still since `since`.
void restart_tasks(Draft& draft, model::Instant since, model::Instant at);
// -- referral_commands.cpp

/// Every open step and review of the role goes to whoever answers for it now.
void assign_all(Draft& draft, model::RoleId role, model::Instant at);

/// The role's referral does not hold any more; false: there was none to take back.
bool revoke_binding(Draft& draft, model::RoleId role, model::Instant at, std::string_view why);

/// An open step goes to them, whoever had it; `like` says when and why.
void assign_step(Draft& draft, const Event& like, const Holder& answers);

// -- migrate.cpp: the case comes over to another version of its protocol, and what follows there

[[nodiscard]] Done migrate(Draft& draft, const Command& command);

/// What the events of a migration move due instants for.
inline constexpr std::string_view kMigrated = "migrated";

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

/// Whether somebody who signed answers for every step that is open, or may be; otherwise
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
