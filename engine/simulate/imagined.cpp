#include "engine/simulate/imagined.hpp"

#include <algorithm>
#include <array>

#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;

// Of the time there is, in percent: sixteen equal shares of what people take. Three of them are
// late.
constexpr std::array<std::uint32_t, 16> kPace = {
    8, 14, 20, 26, 32, 38, 45, 52, 59, 66, 74, 83, 93, 108, 135, 190};
constexpr milliseconds kUsualWork = days{5};
constexpr milliseconds kUsualAnswer = days{2};
constexpr milliseconds kShortest = std::chrono::hours{1};
constexpr std::uint32_t kHolds = 25;     // percent of the steps that may be held
constexpr std::uint32_t kReturns = 15;   // percent of the reviews
constexpr std::uint32_t kConsents = 92;  // percent who say yes
constexpr std::uint32_t kFirstOutcome = 70;
constexpr std::int64_t kThousandths = 1000;

Behaviour behaviour_of(const Scenario& scenario, model::RoleId role) {
  return role.value < scenario.roles.size() ? scenario.roles[role.value] : Behaviour{};
}

// The same week is the same absence for everyone who plays the role.
bool is_absent(const Imagined& people, model::RoleId role, model::Instant at) {
  const auto week = std::chrono::floor<std::chrono::weeks>(at).time_since_epoch().count();
  Random of_the_week{people.scenario.seed ^ (static_cast<std::uint64_t>(week) << 20U) ^
                     (std::uint64_t{role.value} << 8U)};
  return chance(of_the_week, behaviour_of(people.scenario, role).absent);
}

milliseconds usual_time(const CaseState& state, const Duty& duty) {
  const bool is_offer = duty.kind == DutyKind::answer ||
                        (duty.kind == DutyKind::step && duty.work == WorkState::offered);
  if (duty.kind == DutyKind::step && duty.work == WorkState::held) {
    return kUsualWork;
  }
  const auto by = is_offer && duty.step.known() ? state[duty.step].offer_due : duty.due;
  if (by != model::kNever && duty.since != model::kNever && by > duty.since) {
    return by - duty.since;
  }
  return is_offer || duty.kind == DutyKind::choose ? kUsualAnswer : kUsualWork;
}

model::RecordedValue some_value(Imagined& people, model::InformationId id) {
  const auto& declared = people.plan.protocol[id];
  model::RecordedValue recorded{.information = id};
  switch (declared.type) {
    case model::InformationType::yes_or_no:
      recorded.value.number = below(people.random, 2);
      return recorded;
    case model::InformationType::scale:
    case model::InformationType::one_of:
      recorded.value.number =
          below(people.random, static_cast<std::uint32_t>(declared.levels.size()));
      return recorded;
    case model::InformationType::number:
      recorded.value.number = kThousandths * below(people.random, 100);
      return recorded;
    case model::InformationType::date:
      recorded.value.number = 20'000 + below(people.random, 1000);
      return recorded;
    case model::InformationType::text:
      recorded.value.text = "–";
      return recorded;
  }
  return recorded;
}

model::OutcomeId some_outcome(Imagined& people, model::StepId step) {
  const auto count = static_cast<std::uint32_t>(people.plan.protocol[step].outcomes.size());
  std::uint32_t all = 0;
  for (const auto& share : people.scenario.outcomes) {
    all += share.step == step ? share.weight : 0U;
  }
  auto drawn = below(people.random, all);
  for (const auto& share : people.scenario.outcomes) {
    if (share.step != step) {
      continue;
    }
    if (drawn < share.weight) {
      return share.outcome;
    }
    drawn -= share.weight;
  }
  const bool first = count == 1 || chance(people.random, kFirstOutcome);
  const auto place = first ? 0U : 1U + below(people.random, count - 1);
  return {static_cast<std::uint16_t>(place)};
}

Command completion(Imagined& people, const CaseState& state, const Duty& duty) {
  const auto& step = people.plan.protocol[duty.step];
  Command command{
      .kind = CommandKind::complete, .step = duty.step, .outcome = some_outcome(people, duty.step)};
  for (const auto id : step.records) {
    if (state.informations[id.value].known == Known::no) {
      command.values.push_back(some_value(people, id));
    }
  }
  if (step.asks_consent.known()) {
    command.consents.push_back({step.asks_consent, chance(people.random, kConsents)});
  }
  return command;
}

std::optional<Command> work_on(Imagined& people, const CaseState& state, const Duty& duty) {
  switch (duty.work) {
    case WorkState::offered: {
      const bool refuses =
          chance(people.random, behaviour_of(people.scenario, duty.role).refuses) &&
          somebody_else(
              people.plan.protocol, state, state[duty.step].entrusted, state[duty.step].deputy);
      return Command{.kind = refuses ? CommandKind::decline : CommandKind::take,
                     .step = duty.step,
                     .reason = refuses ? "–" : ""};
    }
    case WorkState::taken: {
      const bool may_hold = people.plan.protocol[duty.step].hold &&
                            state[duty.step].held == milliseconds{0} &&
                            chance(people.random, kHolds);
      return may_hold ? Command{.kind = CommandKind::hold, .step = duty.step}
                      : completion(people, state, duty);
    }
    case WorkState::held:
      return Command{.kind = CommandKind::resume, .step = duty.step};
    case WorkState::waiting:
    case WorkState::in_review:
    case WorkState::done:
    case WorkState::not_needed:
    case WorkState::withdrawn:
      return std::nullopt;
  }
  return std::nullopt;
}

Command review_of(Imagined& people, const CaseState& state, const Duty& duty) {
  const auto& review = *people.plan.protocol[duty.step].review;
  const bool returns =
      state[duty.step].returns < review.returns_max && chance(people.random, kReturns);
  return {.kind = returns ? CommandKind::give_back : CommandKind::approve,
          .step = duty.step,
          .role = duty.role,
          .reason = returns ? "–" : ""};
}

// Whoever has not refused yet is asked first.
std::optional<Command> choice_of(const Imagined& people, const CaseState& state, const Duty& duty) {
  const auto& role = people.plan.protocol[duty.binding];
  const auto& binding = state.referrals[duty.binding.value];
  if (binding.state == ReferralState::requested || binding.state == ReferralState::received) {
    return std::nullopt;
  }
  auto candidates = role.partners;
  if (candidates.empty()) {
    for (std::size_t i = 0; i < people.plan.protocol.partners.size(); ++i) {
      candidates.push_back({static_cast<std::uint16_t>(i)});
    }
  }
  const auto asked = [&](model::PartnerId partner) {
    return std::ranges::count(binding.refused_by, partner);
  };
  return Command{.kind = CommandKind::refer,
                 .role = duty.binding,
                 .partner = *std::ranges::min_element(candidates, {}, asked)};
}

}  // namespace

model::Instant in_working_hours(model::Instant at, const WorkTime& work_time) {
  auto local = to_local(at, work_time.zone);
  const auto& calendar = work_time.calendar;
  if (local.time_of_day >= calendar.closes) {
    local = {.date = local.date + days{1}, .time_of_day = calendar.opens};
  }
  local.time_of_day = std::max(local.time_of_day, milliseconds(calendar.opens));
  for (int day = 0; day < 366 && !is_open_day(local.date, calendar); ++day) {
    local = {.date = local.date + days{1}, .time_of_day = calendar.opens};
  }
  return std::max(at, to_instant(local, work_time.zone));
}

model::Instant acts_at(Imagined& people,
                       const CaseState& state,
                       const Duty& duty,
                       model::Instant now) {
  const bool is_step = duty.kind == DutyKind::step;
  if (duty.kind == DutyKind::decide) {
    return model::kNever;
  }
  if (is_step && (duty.work == WorkState::in_review ||
                  holder(people.plan.protocol, state, duty.role).waits_for_referral)) {
    return model::kNever;
  }
  const bool waits_for_the_day =
      is_step && std::ranges::any_of(state.places, [&](const Place& place) {
        return place.step == duty.step && is_live(place);
      });
  if (waits_for_the_day) {
    return model::kNever;
  }
  const auto pace =
      std::int64_t{kPace[below(people.random, static_cast<std::uint32_t>(kPace.size()))]} *
      behaviour_of(people.scenario, duty.role).delay;
  const auto usual = usual_time(state, duty);
  const auto begun = duty.since == model::kNever ? now : duty.since;
  auto at = std::max(begun + usual * pace / 10'000, now + kShortest);
  if (duty.kind == DutyKind::routine) {
    at = std::max(at, duty.due);  // nobody meets before the day
  }
  for (int week = 0; week < 52 && is_absent(people, duty.role, at); ++week) {
    at += std::chrono::weeks{1};
  }
  return in_working_hours(at, people.plan.work_time);
}

std::optional<Command> act_on(Imagined& people, const CaseState& state, const Duty& duty) {
  std::optional<Command> command;
  switch (duty.kind) {
    case DutyKind::step:
      command = work_on(people, state, duty);
      break;
    case DutyKind::review:
      command = review_of(people, state, duty);
      break;
    case DutyKind::choose:
      command = choice_of(people, state, duty);
      break;
    case DutyKind::answer:
      command =
          Command{.kind = chance(people.random, behaviour_of(people.scenario, duty.role).refuses)
                              ? CommandKind::decline_referral
                              : CommandKind::accept_referral,
                  .role = duty.binding};
      break;
    case DutyKind::receive:
      command = Command{.kind = CommandKind::accept_hand_over, .step = duty.step};
      break;
    case DutyKind::task:
      command = Command{.kind = CommandKind::complete, .task = duty.task};
      break;
    case DutyKind::routine:
      command = Command{
          .kind = CommandKind::hold_routine, .routine = duty.routine, .attended = {duty.partner}};
      break;
    case DutyKind::receive_session:
    case DutyKind::record_attendance:
    case DutyKind::sign:  // of other streams, never of a case
      break;
    case DutyKind::receive_all:  // nobody imagined hands everything over
    case DutyKind::decide:
      break;  // nobody imagines what a coordination would decide: the case stays as it is
  }
  if (command) {
    command->actor = somebody(people.plan, duty.role, duty.partner);
  }
  return command;
}

Actor somebody(const Plan& plan, model::RoleId role, model::PartnerId partner, bool other) {
  const auto& protocol = plan.protocol;
  return {.person = protocol[role].name + "." + protocol[partner].name + (other ? ".2" : ""),
          .partner = partner,
          .role = role,
          .plays = {role}};
}

}  // namespace protoflow::engine
