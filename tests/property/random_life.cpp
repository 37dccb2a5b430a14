#include "tests/property/random_life.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <gtest/gtest.h>

namespace protoflow::tests {

using engine::CaseState;
using engine::CaseStatus;
using engine::Command;
using engine::CommandKind;
using engine::Event;
using engine::Plan;

namespace {

constexpr int kActsMax = 60;

}  // namespace

void run_on(CaseState& state, std::vector<Event>& history, const std::vector<Event>& events) {
  for (const auto& event : events) {
    apply(state, event);
    history.push_back(event);
  }
}

Life live(std::uint64_t seed) {
  Dice dice(seed);
  Life life{.path = random_path(dice), .plan = {}, .acts = {}};
  life.plan = plan_of(life.path);
  auto state = engine::empty_case(life.plan.protocol);
  Command open{.kind = CommandKind::open, .beneficiary = "b-1"};
  open.actor = actor_of("coordinator", life.plan.protocol);
  life.acts.push_back({hour(0), open});
  std::vector<Event> history;
  run_on(state, history, *decide(life.plan, state, open, hour(0)));
  auto now = hour(0);
  const auto is_over = [&] {
    return state.status == CaseStatus::closed && duties(life.plan.protocol, state).empty();
  };
  for (int i = 0; i < kActsMax && !is_over(); ++i) {
    now += std::chrono::minutes(dice.roll(30 * 60));
    run_on(state, history, *decide(life.plan, state, {}, now));
    const auto command = random_command(dice, life.plan, state, now);
    life.acts.push_back({now, command});
    if (const auto decision = decide(life.plan, state, command, now)) {
      run_on(state, history, *decision);
    }
  }
  return life;
}

void for_every_life(const std::function<void(const Life&)>& claim, std::uint64_t lives) {
  const char* one = std::getenv("PROTOFLOW_SEED");
  const std::uint64_t first = one != nullptr ? std::strtoull(one, nullptr, 10) : 1;
  const std::uint64_t last = one != nullptr ? first : lives;
  for (auto seed = first; seed <= last; ++seed) {
    SCOPED_TRACE("PROTOFLOW_SEED=" + std::to_string(seed));
    claim(live(seed));
    if (testing::Test::HasFailure()) {
      return;
    }
  }
}

Told tell(const Plan& plan, const std::vector<Act>& acts, std::chrono::minutes every) {
  Told told{.state = engine::empty_case(plan.protocol), .events = {}};
  auto now = acts.front().now;
  for (const auto& act : acts) {
    for (; every.count() > 0 && now < act.now; now += every) {
      run_on(told.state, told.events, *decide(plan, told.state, {}, now));
    }
    now = act.now;
    if (const auto decision = decide(plan, told.state, act.command, act.now)) {
      run_on(told.state, told.events, *decision);
    }
  }
  const auto end = acts.back().now + kFarAway;
  run_on(told.state, told.events, *decide(plan, told.state, {}, end));
  return told;
}

// Places differ between the two; names do not. The number of an event within its stream is a place
// too.
std::string by_name(const CaseState& state, const Plan& plan) {
  std::istringstream lines(describe(state, plan.protocol));
  std::vector<std::string> kept;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string text;
    for (std::string word; words >> word;) {
      text += word.find("version=") == word.npos ? word + " " : "";
    }
    kept.push_back(text);
  }
  std::ranges::sort(kept);
  std::string all;
  for (const auto& line : kept) {
    all += line + "\n";
  }
  return all;
}

}  // namespace protoflow::tests
