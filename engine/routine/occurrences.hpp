// The rules of a routine's occurrences, for whichever stream it stands in: what time does to them,
// and what people do. Pure: they give events and change nothing; the stream emits them in order.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

/// Role -> partner in the stream that asks: a partner that has left is passed over.
using WhoAnswers = std::function<Holder(model::RoleId)>;

/// One routine of a stream, and who answers there.
struct RoutineView {
  const Plan& plan;
  model::RoutineId id;
  const RoutineState& state;
  const WhoAnswers& holder;

  [[nodiscard]] const model::Routine& routine() const { return plan.protocol[id]; }
};

enum class RoutineAlarmKind : std::uint8_t { none, remind, late_rule, fall_due, miss };

struct RoutineAlarm {
  RoutineAlarmKind kind = RoutineAlarmKind::none;
  model::Instant at = model::kNever;
  model::RoutineId routine;
};

/// What time does next to the routines; at the same instant, in the order of the kinds, then of
/// declaration.
[[nodiscard]] RoutineAlarm earliest_routine_alarm(const Plan& plan,
                                                  std::span<const RoutineState> routines);

/// What that alarm makes happen: after a missed occurrence, the next one is planned.
[[nodiscard]] std::vector<Event> fire(const RoutineView& view, const RoutineAlarm& alarm);

/// The first occurrence; the recurrence is counted from `counted_from`, and nothing is planned
/// before `at`.
[[nodiscard]] Event plan_first(const RoutineView& view,
                               model::Instant at,
                               model::Instant counted_from);

/// The one after what `last` says was held or missed.
[[nodiscard]] Event plan_next(const RoutineView& view, const Event& last);

/// Its date has passed while everything stood still: the next date after `at`.
[[nodiscard]] Event plan_again(const RoutineView& view, model::Instant at);

/// The version that had withdrawn it is in force again: the next date after `at`.
[[nodiscard]] Event plan_restored(const RoutineView& view, model::Instant at);

[[nodiscard]] Event withdraw_occurrence(const RoutineView& view, model::Instant at);

/// Whoever answered for it does no more: the next in order does. Nothing when nothing changes.
[[nodiscard]] std::optional<Event> reassign(const RoutineView& view,
                                            model::Instant at,
                                            std::string why);

using RoutineEvents = std::expected<std::vector<Event>, Refusal>;

/// `command.happened` is set. Held in time and said after it was missed, it counts as held.
[[nodiscard]] RoutineEvents hold_occurrence(const RoutineView& view, const Command& command);

[[nodiscard]] RoutineEvents postpone_occurrence(const RoutineView& view, const Command& command);

/// A remark by a person of a partner, on a step, a routine or the whole.
[[nodiscard]] std::expected<Event, Refusal> make_remark(const Command& command,
                                                        std::size_t remarks_so_far);

/// The same day where the partner that convenes is open, otherwise the opening hour of its next
/// one.
[[nodiscard]] model::Instant open_day(const Plan& plan,
                                      model::Instant planned,
                                      model::PartnerId convenes);

/// Until when the occurrence that comes next may be held; kNever when there is none.
[[nodiscard]] model::Instant held_until(const Plan& plan,
                                        model::RoutineId id,
                                        const RoutineState& state);

}  // namespace protoflow::engine
