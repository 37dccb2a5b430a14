// In which order things arrive, and what a clock that jumps does to them.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "engine/condition/condition.hpp"
#include "tests/property/random_life.hpp"

namespace protoflow::engine {
namespace {

using tests::by_name;
using tests::Dice;
using tests::for_every_life;
using tests::kManyLives;
using tests::Life;

// -- order of arrival

// What an act touches by itself: two acts that touch none of the same are independent, unless both
// answer one question, or one of them ends the case.
struct Touched {
  std::set<std::uint16_t> steps;
  bool says_something = false;
  bool ends_the_case = false;
  bool goes_back = false;  // to earlier steps, and to all that came of them
};

std::optional<Touched> touched_by(const Plan& plan,
                                  const CaseState& state,
                                  const Command& command,
                                  model::Instant now) {
  const auto decision = decide(plan, state, command, now);
  if (!decision || !command.step.known()) {
    return std::nullopt;
  }
  const bool looks_back = command.kind == CommandKind::void_event ||
                          command.kind == CommandKind::correct_event ||
                          command.kind == CommandKind::reopen_case;
  Touched touched{.goes_back = looks_back};
  touched.says_something = !command.values.empty() || !command.consents.empty();
  for (const auto& event : *decision) {
    touched.ends_the_case |= event.kind == EventKind::case_closed;
    touched.goes_back |= event.kind == EventKind::step_reopened || event.reopenings.has_value();
    if (event.step.known()) {
      touched.steps.insert(event.step.value);
    }
  }
  return touched;
}

// Whether what the step's own clauses ask when it is acted on depends on the other act.
bool asks_about(const model::Step& step, const Touched& other) {
  auto asked = step.repeat ? steps_of(step.repeat->until) : std::vector<model::StepId>{};
  for (const auto& deadline : step.deadlines) {
    asked.push_back(deadline.from);
    std::ranges::copy(steps_of(deadline.when), std::back_inserter(asked));
  }
  const bool asks_information = step.repeat || !step.deadlines.empty();
  return (other.says_something && asks_information) ||
         std::ranges::any_of(asked,
                             [&](model::StepId id) { return other.steps.contains(id.value); });
}

bool is_apart(const Plan& plan, const Touched& one, const Touched& other) {
  return std::ranges::none_of(one.steps, [&](std::uint16_t step) {
    return other.steps.contains(step) || asks_about(plan.protocol.steps[step], other);
  });
}

bool are_independent(const Plan& plan,
                     const std::optional<Touched>& one,
                     const std::optional<Touched>& other) {
  return one && other && !one->ends_the_case && !other->ends_the_case && !one->goes_back &&
         !other->goes_back && !(one->says_something && other->says_something) &&
         is_apart(plan, *one, *other) && is_apart(plan, *other, *one);
}

std::optional<CaseState> after(const Plan& plan,
                               CaseState state,
                               const std::vector<Command>& commands,
                               model::Instant now) {
  auto all = commands;
  all.push_back({});  // and what has fallen due meanwhile
  for (const auto& command : all) {
    const auto decision = decide(plan, state, command, now);
    if (!decision) {
      return std::nullopt;
    }
    for (const auto& event : *decision) {
      apply(state, event);
    }
  }
  return state;
}

void expect_same_either_way(const Plan& plan,
                            const CaseState& state,
                            const Command& one,
                            const Command& other,
                            model::Instant now) {
  const auto forth = after(plan, state, {one, other}, now);
  const auto back = after(plan, state, {other, one}, now);
  if (forth && back) {
    EXPECT_EQ(by_name(*forth, plan), by_name(*back, plan))
        << kCommandKindNames[static_cast<std::size_t>(one.kind)] << " and "
        << kCommandKindNames[static_cast<std::size_t>(other.kind)];
  }
}

TEST(EveryPairOfIndependentActs, GivesTheSameInEitherOrder) {
  for_every_life(
      [](const Life& life) {
        auto state = empty_case(life.plan.protocol);
        Dice dice(life.acts.size());
        for (const auto& act : life.acts) {
          auto one = tests::random_command(dice, life.plan, state, act.now);
          auto other = tests::random_command(dice, life.plan, state, act.now);
          one.happened = other.happened = model::kNever;  // both now
          if (are_independent(life.plan,
                              touched_by(life.plan, state, one, act.now),
                              touched_by(life.plan, state, other, act.now))) {
            expect_same_either_way(life.plan, state, one, other, act.now);
          }
          if (const auto next = after(life.plan, state, {act.command}, act.now)) {
            state = *next;
          }
        }
      },
      kManyLives);
}

// -- clocks that jump

// What only time brings, with what makes it this one and no other.
using Firing = std::tuple<EventKind, std::uint16_t, std::uint16_t, model::Instant, int, int, int>;

// A due instant that has moved may come again: `moves` says how often it has.
std::optional<Firing> firing_of(const Event& event, int moves) {
  constexpr std::array kTimely = {EventKind::step_late,
                                  EventKind::step_reminded,
                                  EventKind::review_late,
                                  EventKind::lateness_told,
                                  EventKind::step_escalated,
                                  EventKind::step_offer_expired,
                                  EventKind::referral_expired,
                                  EventKind::consent_expired};
  if (std::ranges::find(kTimely, event.kind) == kTimely.end()) {
    return std::nullopt;
  }
  return Firing{event.kind,
                event.step.value,
                event.binding.value,
                event.happened,
                moves,
                event.reminders.value_or(0),
                event.late_rules.value_or(0)};
}

// The wall clock goes an hour forward or back, for a while or for good, as on the days on which it
// is changed: nothing comes before its time by the clock that was shown, and nothing comes twice.
TEST(AClockThatJumps, FiresNothingEarlyAndNothingTwice) {
  for_every_life([](const Life& life) {
    auto state = empty_case(life.plan.protocol);
    std::set<Firing> fired;
    std::map<std::uint16_t, int> moves;
    Dice dice(life.acts.size());
    std::chrono::hours off{0};
    const auto take = [&](const std::vector<Event>& events, model::Instant shown) {
      for (const auto& event : events) {
        apply(state, event);
        moves[event.step.value] += event.due.has_value() ? 1 : 0;
        if (const auto firing = firing_of(event, moves[event.step.value])) {
          EXPECT_LE(event.happened, shown) << tests::text_of(event, life.plan.protocol);
          EXPECT_TRUE(fired.insert(*firing).second)
              << "twice: " << tests::text_of(event, life.plan.protocol);
        }
      }
    };
    for (const auto& act : life.acts) {
      off = std::chrono::hours(static_cast<int>(dice.roll(3)) - 1);
      const auto shown = act.now + off;
      take(*decide(life.plan, state, {}, shown), shown);
      if (const auto decision = decide(life.plan, state, act.command, shown)) {
        take(*decision, shown);
      }
      take(*decide(life.plan, state, {}, shown - std::chrono::hours(1)),
           shown - std::chrono::hours(1));
    }
  });
}

}  // namespace
}  // namespace protoflow::engine
