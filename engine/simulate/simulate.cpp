#include "engine/simulate/simulate.hpp"

#include <algorithm>
#include <array>

#include "engine/duty/holder.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

using model::ExampleVerb;

constexpr std::chrono::sys_days kDayZero{std::chrono::year{2027} / 1 / 4};
constexpr std::chrono::hours kMorning{9};
constexpr std::chrono::hours kNoon{12};

bool expects(ExampleVerb verb) {
  return verb >= ExampleVerb::expect_offered;
}

struct VerbCommand {
  ExampleVerb verb;
  CommandKind command;
};

constexpr auto kCommands = std::to_array<VerbCommand>({
    {ExampleVerb::open, CommandKind::open},
    {ExampleVerb::take, CommandKind::take},
    {ExampleVerb::decline, CommandKind::decline},
    {ExampleVerb::complete, CommandKind::complete},
    {ExampleVerb::hold, CommandKind::hold},
    {ExampleVerb::resume, CommandKind::resume},
    {ExampleVerb::approve, CommandKind::approve},
    {ExampleVerb::give_back, CommandKind::give_back},
    {ExampleVerb::refer, CommandKind::refer},
    {ExampleVerb::refer_accept, CommandKind::accept_referral},
    {ExampleVerb::refer_decline, CommandKind::decline_referral},
    {ExampleVerb::close, CommandKind::close},
});

struct VerbState {
  ExampleVerb verb;
  WorkState state;
};

constexpr auto kExpectedStates = std::to_array<VerbState>({
    {ExampleVerb::expect_offered, WorkState::offered},
    {ExampleVerb::expect_waiting, WorkState::waiting},
    {ExampleVerb::expect_taken, WorkState::taken},
    {ExampleVerb::expect_held, WorkState::held},
    {ExampleVerb::expect_in_review, WorkState::in_review},
    {ExampleVerb::expect_done, WorkState::done},
    {ExampleVerb::expect_outcome, WorkState::done},
    {ExampleVerb::expect_not_needed, WorkState::not_needed},
    {ExampleVerb::expect_withdrawn, WorkState::withdrawn},
});

std::optional<CommandKind> command_of(ExampleVerb verb) {
  const auto* found = std::ranges::find(kCommands, verb, &VerbCommand::verb);
  return found == kCommands.end() ? std::nullopt : std::optional(found->command);
}

// Where the step is accountable through this role, its partner; otherwise wherever the role is
// held.
model::PartnerId partner_of(const Plan& plan,
                            const CaseState& state,
                            const model::ExampleLine& line) {
  if (line.partner.known() && !line.role.known()) {
    return line.partner;
  }
  if (line.step.known() && state[line.step].role == line.role && state[line.step].partner.known()) {
    return state[line.step].partner;
  }
  return holder(plan.protocol, state, line.role).partner;
}

bool was_told(const std::vector<Notice>& told, const model::ExampleLine& line) {
  return std::ranges::any_of(told, [&](const Notice& notice) {
    return notice.role == line.role && (!line.step.known() || notice.step == line.step);
  });
}

// Of several reviewers, the one who speaks; unknown for the coordination, in the place of another.
model::RoleId reviewing_role(const model::Protocol& protocol, const model::ExampleLine& line) {
  const auto& review = protocol[line.step].review;
  return review && review->by.size() > 1 && review->is_by(line.role) ? line.role : model::RoleId{};
}

}  // namespace

model::Instant example_start(const WorkTime& work_time) {
  return to_instant({.date = kDayZero, .time_of_day = kMorning}, work_time.zone);
}

model::Instant example_instant(const WorkTime& work_time, std::int32_t day) {
  if (day <= 0) {
    return example_start(work_time);
  }
  return to_instant({.date = kDayZero + std::chrono::days{day}, .time_of_day = kNoon},
                    work_time.zone);
}

std::optional<Command> example_command(const Plan& plan,
                                       const CaseState& state,
                                       const model::ExampleLine& line) {
  const auto kind = command_of(line.verb);
  if (!kind) {
    return std::nullopt;
  }
  Command command{.kind = *kind,
                  .step = line.step,
                  .outcome = line.outcome,
                  .role = line.target,
                  .ending = line.ending,
                  .values = line.values,
                  .consents = line.consents,
                  .reason = line.reason};
  if (*kind == CommandKind::open) {
    const auto role = plan.protocol.coordinated_by;
    command.actor = {.person = plan.protocol[role].name,
                     .partner = holder(plan.protocol, state, role).partner,
                     .role = role,
                     .plays = {role}};
    command.beneficiary = "example";
    return command;
  }
  const auto partner = partner_of(plan, state, line);
  const auto& name =
      line.role.known() ? plan.protocol[line.role].name : plan.protocol[partner].name;
  command.actor = {.person = name, .partner = partner, .role = line.role};
  if (line.role.known()) {
    command.actor.plays = {line.role};
  }
  if (*kind == CommandKind::refer) {
    command.partner = line.partner;
  }
  if (*kind == CommandKind::approve || *kind == CommandKind::give_back) {
    command.role = reviewing_role(plan.protocol, line);
  }
  return command;
}

bool holds(const CaseState& state,
           const std::vector<Notice>& told,
           const model::ExampleLine& line) {
  if (line.verb == ExampleVerb::expect_closed) {
    return state.status == CaseStatus::closed && state.ending == line.ending;
  }
  if (line.verb == ExampleVerb::expect_told) {
    return was_told(told, line);
  }
  const auto& step = state[line.step];
  if (line.verb == ExampleVerb::expect_late) {
    return step.time == TimeState::late || step.time == TimeState::escalated;
  }
  if (line.verb == ExampleVerb::expect_escalated) {
    return step.time == TimeState::escalated && step.role == line.role;
  }
  const auto* wanted = std::ranges::find(kExpectedStates, line.verb, &VerbState::verb);
  return wanted != kExpectedStates.end() && step.work == wanted->state &&
         (!line.role.known() || step.role == line.role) &&
         (!line.outcome.known() || step.outcome == line.outcome);
}

Simulation simulate(const Plan& plan, const model::Example& example) {
  Simulation run{.state = empty_case(plan.protocol)};
  std::vector<Notice> told;
  const auto keep = [&](const std::vector<Event>& events) {
    for (const auto& event : events) {
      apply(run.state, event);
      auto letters = notices(plan.protocol, run.state, event);
      told.insert(told.end(), letters.begin(), letters.end());
      run.events.push_back({event, std::move(letters)});
    }
  };
  for (std::size_t i = 0; i < example.lines.size(); ++i) {
    const auto& line = example.lines[i];
    run.now = std::max(run.now, example_instant(plan.work_time, line.day));
    if (expects(line.verb)) {
      if (!holds(run.state, told, line)) {
        run.failure = ExampleFailure{.line = i, .shortfall = Shortfall::not_expected};
        return run;
      }
      continue;
    }
    // What the days before the line have brought stands also when the line itself is refused.
    if (const auto passed = decide(plan, run.state, Command{}, run.now)) {
      keep(*passed);
    }
    const auto command = example_command(plan, run.state, line).value_or(Command{});
    const auto decision = decide(plan, run.state, command, run.now);
    if (!decision) {
      run.failure =
          ExampleFailure{.line = i, .shortfall = Shortfall::refused, .refusal = decision.error()};
      return run;
    }
    keep(*decision);
  }
  return run;
}

}  // namespace protoflow::engine
