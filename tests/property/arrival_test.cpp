// In which order things arrive, and what a clock that jumps does to them.
#include <algorithm>
#include <array>
#include <cstdlib>
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
  std::set<std::uint16_t> reach;  // with all that waits for them, directly or not
  bool corrects = false;          // what was said before
  bool says_something = false;
  bool ends_the_case = false;
  bool goes_back = false;  // to earlier steps, and to all that came of them
  bool offers = false;
  bool moves_partners = false;
};

bool corrects(const Command& command) {
  return command.kind == CommandKind::void_event || command.kind == CommandKind::correct_event ||
         command.kind == CommandKind::reopen_case;
}

// All that waits for these, directly or not.
void add_dependents(const Plan& plan, std::set<std::uint16_t>& steps) {
  const auto waits_for_one = [&](const model::Step& step) {
    return std::ranges::any_of(
        std::array{&step.after, &step.when, &step.unless}, [&](const model::Condition* condition) {
          return std::ranges::any_of(steps_of(*condition),
                                     [&](model::StepId id) { return steps.contains(id.value); });
        });
  };
  const auto& all = plan.protocol.steps;
  for (std::size_t before = 0; before != steps.size();) {
    before = steps.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (waits_for_one(all[i])) {
        steps.insert(static_cast<std::uint16_t>(i));
      }
    }
  }
}

std::optional<Touched> touched_by(const Plan& plan,
                                  const CaseState& state,
                                  const Command& command,
                                  model::Instant now) {
  const auto decision = decide(plan, state, command, now);
  const bool looks_back = corrects(command);
  if (!decision || (!command.step.known() && !looks_back)) {
    return std::nullopt;
  }
  Touched touched;
  touched.says_something = !command.values.empty() || !command.consents.empty();
  for (const auto& event : *decision) {
    touched.ends_the_case |= event.kind == EventKind::case_closed ||
                             event.kind == EventKind::case_reopened ||
                             event.kind == EventKind::case_stalled;
    touched.says_something |= !event.values.empty() || !event.consents.empty() ||
                              !event.forgotten.empty() || !event.unasked.empty();
    // What a correction takes back stands in its own events.
    touched.goes_back |=
        !looks_back && (event.kind == EventKind::step_reopened || event.reopenings.has_value());
    touched.offers |= event.kind == EventKind::step_offered;
    if (event.step.known()) {
      touched.steps.insert(event.step.value);
    }
  }
  touched.corrects = looks_back;
  touched.moves_partners =
      command.kind == CommandKind::partner_left || command.kind == CommandKind::partner_joined;
  touched.reach = touched.steps;
  add_dependents(plan, touched.reach);
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

// A correction asks of all that waits for what it takes back whether it would still have come: what
// has been offered or ruled out in between has been. So nothing may wait for both, and neither may
// answer a question that others wait for.
bool is_apart_from_corrections(const Touched& one, const Touched& other) {
  if (!one.corrects && !other.corrects) {
    return true;
  }
  return !one.says_something && !other.says_something &&
         std::ranges::none_of(one.reach,
                              [&](std::uint16_t step) { return other.reach.contains(step); });
}

// Whose turn an offer begins with depends on who is there.
bool offers_to_who_moves(const Touched& one, const Touched& other) {
  return (one.offers && other.moves_partners) || (other.offers && one.moves_partners);
}

bool are_independent(const Plan& plan,
                     const std::optional<Touched>& one,
                     const std::optional<Touched>& other) {
  return one && other && !one->ends_the_case && !other->ends_the_case && !one->goes_back &&
         !other->goes_back && !(one->says_something && other->says_something) &&
         is_apart(plan, *one, *other) && is_apart(plan, *other, *one) &&
         is_apart_from_corrections(*one, *other) && !offers_to_who_moves(*one, *other);
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

// Rare among all that may be said: drawn until it comes, a few times.
Command some_correction(Dice& dice, const Plan& plan, const CaseState& state, model::Instant now) {
  constexpr int kTries = 60;
  auto command = tests::random_command(dice, plan, state, now);
  for (int i = 0; i < kTries && !corrects(command); ++i) {
    command = tests::random_command(dice, plan, state, now);
  }
  return command;
}

TEST(EveryPairOfIndependentActs, GivesTheSameInEitherOrder) {
  int corrections = 0;
  for_every_life(
      [&corrections](const Life& life) {
        auto state = empty_case(life.plan.protocol);
        Dice dice(life.acts.size());
        for (const auto& act : life.acts) {
          auto one = dice.chance(45) ? some_correction(dice, life.plan, state, act.now)
                                     : tests::random_command(dice, life.plan, state, act.now);
          auto other = tests::random_command(dice, life.plan, state, act.now);
          one.happened = other.happened = model::kNever;  // both now
          if (are_independent(life.plan,
                              touched_by(life.plan, state, one, act.now),
                              touched_by(life.plan, state, other, act.now))) {
            corrections += corrects(one) || corrects(other) ? 1 : 0;
            expect_same_either_way(life.plan, state, one, other, act.now);
          }
          if (const auto next = after(life.plan, state, {act.command}, act.now)) {
            state = *next;
          }
        }
      },
      kManyLives);
  if (std::getenv("PROTOFLOW_SEED") == nullptr) {
    EXPECT_GT(corrections, 50);
  }
}

// -- clocks that jump

// What only time brings, with what makes it this one and no other.
using Firing = std::tuple<EventKind, std::uint16_t, std::uint16_t, model::Instant, int, int, int>;

// A due instant that has moved may come again, and so may an offer that was answered late and then
// declined: `moves` says how often.
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
        const bool anew = event.due || event.kind == EventKind::step_answered_late;
        moves[event.step.value] += anew ? 1 : 0;
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
