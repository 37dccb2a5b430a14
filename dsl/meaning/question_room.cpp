// A deadline leaves room for what it contains: the answer to the offer, the reminder, the next
// occurrence. While a step is held or reviewed its clock stands still, so these are not in it.
#include <algorithm>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/length.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// The words of a line up to its duration.
Span up_to_duration(const Asked& asked, NodeIndex clause) {
  const NodeIndex duration = asked.tree.child(clause, NodeKind::duration);
  const Node& line = asked.tree[clause];
  return {line.begin, duration == kNoNode ? line.end : asked.tree[duration].end};
}

void tell_no_room(const Asked& asked, Code code, NodeIndex inner, NodeIndex outer) {
  const Span within = up_to_duration(asked, outer);
  const Span place = up_to_duration(asked, inner);
  tell_two(asked,
           code,
           place,
           within,
           {std::string(asked.source.text(place)), std::string(asked.source.text(within))});
}

// The lines of a declaration with that word, beside their lowered durations.
void ask_reminders(const Asked& asked,
                   const Declared& one,
                   const std::vector<model::Duration>& reminders,
                   model::Duration within) {
  const NodeIndex outer = clause_of(asked, one.node, Keyword::within);
  std::size_t next = 0;
  for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
    const bool remind = asked.tree[clause].word == Keyword::remind && next < reminders.size();
    if (remind && surely_as_long(reminders[next++], within)) {
      tell_no_room(asked, Code::no_room, clause, outer);
    }
  }
}

// Nobody hears of a delay before it has doubled.
void ask_first_late(const Asked& asked,
                    const Declared& one,
                    const std::vector<model::LateRule>& late,
                    model::Duration within) {
  const bool all_later =
      !late.empty() && std::all_of(late.begin(), late.end(), [&](const model::LateRule& rule) {
        return rule.by && rule.by->amount > 0 && surely_as_long(*rule.by, within) &&
               !surely_as_long(within, *rule.by);
      });
  if (all_later) {
    tell_no_room(asked,
                 Code::heard_too_late,
                 clause_of(asked, one.node, Keyword::if_late_by),
                 clause_of(asked, one.node, Keyword::within));
  }
}

// The deadline of a step when it has one that counts from its own opening, whatever the guard.
std::optional<model::Duration> only_deadline(const model::Step& step) {
  const bool plain = step.deadlines.size() == 1 && !step.deadlines.front().from.known() &&
                     step.deadlines.front().when.empty();
  return plain ? std::optional(step.deadlines.front().within) : std::nullopt;
}

void ask_step(const Asked& asked, std::size_t id) {
  const model::Step& step = asked.protocol.steps[id];
  const Declared& one = declared(asked, NameKind::step, id);
  const auto within = only_deadline(step);
  if (!within || unreadable(asked, one)) {
    return;
  }
  if (step.accept_within && surely_as_long(*step.accept_within, *within)) {
    tell_no_room(asked,
                 Code::no_room,
                 clause_of(asked, one.node, Keyword::accept_within),
                 clause_of(asked, one.node, Keyword::within));
  }
  ask_reminders(asked, one, step.remind_before, *within);
  ask_first_late(asked, one, step.late, *within);
}

void ask_routine(const Asked& asked, std::size_t id) {
  const model::Routine& routine = asked.protocol.routines[id];
  const Declared& one = declared(asked, NameKind::routine, id);
  const NodeIndex every = clause_of(asked, one.node, Keyword::every);
  if (!routine.within || unreadable(asked, one)) {
    return;
  }
  const bool longer = every != kNoNode && routine.every.amount > 0 &&
                      surely_as_long(*routine.within, routine.every) &&
                      !surely_as_long(routine.every, *routine.within);
  if (longer) {
    tell_no_room(
        asked, Code::longer_than_period, clause_of(asked, one.node, Keyword::within), every);
  }
  ask_reminders(asked, one, routine.remind_before, *routine.within);
  ask_first_late(asked, one, routine.late, *routine.within);
}

}  // namespace

void ask_room(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    ask_step(asked, i);
  }
  for (std::size_t i = 0; i < asked.protocol.routines.size(); ++i) {
    ask_routine(asked, i);
  }
}

}  // namespace protoflow::dsl
