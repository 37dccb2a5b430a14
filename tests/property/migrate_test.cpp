// A case that comes over to a version that only calls everything otherwise goes on as if nothing
// had been. A failure prints its seed; PROTOFLOW_SEED=n runs that one alone.
#include <algorithm>

#include <gtest/gtest.h>

#include "engine/duty/duty.hpp"
#include "engine/duty/ledger.hpp"
#include "engine/duty/orphan.hpp"
#include "engine/event/codec.hpp"
#include "engine/log/meaning_hash.hpp"
#include "engine/packed/packed_cases.hpp"
#include "tests/property/random_life.hpp"

namespace protoflow::engine {
namespace {

using model::FormerKind;
using tests::Act;
using tests::by_name;
using tests::for_every_life;
using tests::kFarAway;
using tests::Life;
using tests::run_on;

template <class Declaration>
void call_otherwise(std::vector<Declaration>& table,
                    model::FormerName former,
                    std::vector<model::FormerName>& former_names) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (former.kind == FormerKind::role && i == 0) {
      continue;  // the beneficiary
    }
    former.place = static_cast<std::uint16_t>(i);
    former.was = table[i].name;
    former_names.push_back(former);
    table[i].name += "~";
  }
}

// Its steps in the other order, and everything under another name.
Plan renamed(const Life& life) {
  auto path = life.path;
  std::ranges::reverse(path.steps);
  auto plan = tests::plan_of(path);
  auto& p = plan.protocol;
  call_otherwise(p.partners, {.kind = FormerKind::partner}, p.former_names);
  call_otherwise(p.roles, {.kind = FormerKind::role}, p.former_names);
  call_otherwise(p.informations, {.kind = FormerKind::information}, p.former_names);
  call_otherwise(p.consents, {.kind = FormerKind::consent}, p.former_names);
  call_otherwise(p.endings, {.kind = FormerKind::ending}, p.former_names);
  for (std::size_t i = 0; i < p.steps.size(); ++i) {
    const model::StepId step{static_cast<std::uint16_t>(i)};
    call_otherwise(
        p.steps[i].outcomes, {.kind = FormerKind::outcome, .step = step}, p.former_names);
  }
  call_otherwise(p.steps, {.kind = FormerKind::step}, p.former_names);
  plan.meaning_hash = meaning_hash(p);
  return plan;
}

std::string without_marks(std::string text) {
  std::erase(text, '~');
  return text;
}

std::string duties_of(const Plan& plan, const CaseState& state) {
  std::vector<std::string> lines;
  for (const auto& duty : duties(plan.protocol, state)) {
    lines.push_back(std::string(kDutyKindNames[static_cast<std::size_t>(duty.kind)]) + " " +
                    (duty.step.known() ? plan.protocol[duty.step].name : "") + " " +
                    plan.protocol[duty.role].name + " " + plan.protocol[duty.partner].name + " " +
                    duty.person + " " + to_text(duty.due));
  }
  std::ranges::sort(lines);
  std::string text;
  for (const auto& line : lines) {
    text += line + "\n";
  }
  return without_marks(text);
}

Command to_migrate(const Life& life, const Plan& to) {
  Command command{.kind = CommandKind::migrate};
  command.actor = tests::actor_of("coordinator", life.plan.protocol);
  command.to = &to;
  return command;
}

// The reversed steps alone have other places.
Command as_in(const Plan& to, Command command, const Plan& from) {
  if (command.step.known()) {
    command.step =
        model::find<model::StepId>(to.protocol.steps, from.protocol[command.step].name + "~");
  }
  return command;
}

bool names_an_event(const Act& act) {
  return act.command.kind == CommandKind::void_event ||
         act.command.kind == CommandKind::correct_event;
}

Event through_the_log(const Event& event, const Plan& plan, const Plan& was) {
  const Seal seal = [](std::string_view plaintext) -> std::expected<SealedText, std::string> {
    return SealedText{"", std::string(plaintext)};
  };
  const Open open =
      [](const SealedText& text) -> std::expected<std::optional<std::string>, std::string> {
    return std::optional(text.sealed);
  };
  const auto encoded = encode(event, plan.protocol, seal);
  const auto kind = kEventKindNames[static_cast<std::size_t>(event.kind)];
  const auto decoded = decode({.kind = std::string(kind),
                               .happened = event.happened,
                               .actor = encoded->actor,
                               .subject = encoded->subject,
                               .body = encoded->body},
                              plan.protocol,
                              open,
                              &was.protocol);
  EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().field + " " + decoded.error().reason);
  return decoded.value_or(Event{});
}

struct Lived {
  CaseState state;
  std::vector<Event> history;
  bool migrated = false;
};

// The same acts with and without coming over in the middle of them.
Lived live_on(const Life& life, const Plan& to, std::size_t middle) {
  Lived lived{.state = empty_case(life.plan.protocol), .history = {}};
  auto& state = lived.state;
  auto& history = lived.history;
  for (std::size_t i = 0; i < life.acts.size(); ++i) {
    if (names_an_event(life.acts[i])) {
      continue;
    }
    const auto now = life.acts[i].now;
    if (i == middle) {
      run_on(state, history, *decide(life.plan, state, {}, now));
      const auto before = state;
      const auto decision = decide(life.plan, state, to_migrate(life, to), now);
      if (decision) {
        EXPECT_EQ(decision->size(), 1U) << "nothing follows from other names alone";
        auto replayed = before;
        for (const auto& event : *decision) {
          apply(replayed, through_the_log(event, to, life.plan));
        }
        run_on(state, history, *decision);
        lived.migrated = true;
        EXPECT_EQ(describe(replayed, to.protocol), describe(state, to.protocol));
        EXPECT_EQ(duties_of(to, state), duties_of(life.plan, before));
        EXPECT_EQ(without_marks(by_name(state, to)), by_name(before, life.plan));
        EXPECT_EQ(next_due(to, state), next_due(life.plan, before));
      }
    }
    const auto& plan = lived.migrated ? to : life.plan;
    auto command =
        lived.migrated ? as_in(to, life.acts[i].command, life.plan) : life.acts[i].command;
    command.with_reservations = false;  // a task is called after its step
    if (const auto decision = decide(plan, state, command, now)) {
      run_on(state, history, *decision);
    }
  }
  const auto& plan = lived.migrated ? to : life.plan;
  run_on(state, history, *decide(plan, state, {}, life.acts.back().now + kFarAway));
  return lived;
}

void expect_same_figures(const Life& life,
                         const Plan& to,
                         const std::vector<Event>& stayed,
                         const std::vector<Event>& moved) {
  const model::Protocol* const later[] = {&to.protocol};
  const auto until = life.acts.back().now + kFarAway;
  auto of_stayed = orphan_time(life.plan.protocol, stayed, until);
  auto of_moved = orphan_time(life.plan.protocol, moved, until, later);
  std::ranges::sort(of_stayed.by_partner);  // the places of partners differ
  std::ranges::sort(of_moved.by_partner);
  EXPECT_EQ(of_moved.by_cause, of_stayed.by_cause);
  EXPECT_EQ(of_moved.by_partner, of_stayed.by_partner);
  EXPECT_EQ(stops(life.plan.protocol, moved).size(), stops(life.plan.protocol, stayed).size());
}

TEST(EveryMigration, ToOtherNamesAloneChangesNothing) {
  int migrated = 0;
  for_every_life([&](const Life& life) {
    const auto to = renamed(life);
    const auto stayed = live_on(life, life.plan, life.acts.size());
    const auto moved = live_on(life, to, life.acts.size() / 2);
    if (moved.migrated) {
      ++migrated;
      EXPECT_EQ(without_marks(by_name(moved.state, to)), by_name(stayed.state, life.plan));
      expect_same_figures(life, to, stayed.history, moved.history);
    }
  });
  if (std::getenv("PROTOFLOW_SEED") == nullptr) {
    EXPECT_GT(migrated, 500);
  }
}

TEST(EveryMigration, FindsTheSameInThePackedStore) {
  for_every_life([&](const Life& life) {
    const auto to = renamed(life);
    auto state = empty_case(life.plan.protocol);
    PackedCases cases;
    std::vector<Event> history;
    for (std::size_t i = 0; i <= life.acts.size() / 2; ++i) {
      if (const auto decision = decide(life.plan, state, life.acts[i].command, life.acts[i].now)) {
        run_on(state, history, *decision);
      }
    }
    cases.put(0, state);
    CaseState read;
    cases.get(0, read);
    const auto now = life.acts[life.acts.size() / 2].now;
    if (const auto decision = decide(life.plan, read, to_migrate(life, to), now)) {
      run_on(state, history, *decision);
      for (const auto& event : *decision) {
        apply(read, event);
      }
      cases.put(0, read);
      cases.get(0, read);
      EXPECT_EQ(describe(read, to.protocol), describe(state, to.protocol));
    }
  });
}

}  // namespace
}  // namespace protoflow::engine
