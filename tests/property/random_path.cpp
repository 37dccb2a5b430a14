#include "tests/property/random_path.hpp"

#include <algorithm>

#include "engine/duty/duty.hpp"

namespace protoflow::tests {

namespace {

using engine::CommandKind;
using model::Binding;
using model::LateAction;

const std::vector<std::string> kRoles = {
    "coordinator", "adviser", "volunteer", "tutor", "steering", "beneficiary"};

std::string step_name(std::uint32_t place) {
  return "step-" + std::to_string(place);
}

std::string any_role(Dice& dice) {
  return kRoles[dice.roll(static_cast<std::uint32_t>(kRoles.size()))];
}

model::Duration some_hours(Dice& dice) {
  return hours(static_cast<std::int32_t>(1 + dice.roll(90)));
}

model::Duration some_time(Dice& dice) {
  constexpr std::array kUnits = {model::DurationUnit::days, model::DurationUnit::working_days};
  return dice.chance(70)
             ? some_hours(dice)
             : model::Duration{static_cast<std::int32_t>(1 + dice.roll(5)), kUnits[dice.roll(2)]};
}

Wanted atom(Dice& dice, std::uint32_t before) {
  const auto step = step_name(dice.roll(before));
  const auto kind = dice.roll(10);
  if (kind < 5) {
    return settled(step);
  }
  return kind < 9 ? is(step, dice.chance(70) ? "yes" : "no") : not_needed(step);
}

Wanted condition(Dice& dice, std::uint32_t before) {
  if (before == 0 || dice.chance(20)) {
    return {};
  }
  const auto kind = dice.roll(10);
  if (kind < 6) {
    return atom(dice, before);
  }
  std::vector<Wanted> atoms{atom(dice, before), atom(dice, before)};
  return kind < 8 ? all_of(std::move(atoms)) : any_of(std::move(atoms));
}

Wanted guard(Dice& dice) {
  switch (dice.roll(5)) {
    case 0:
      return has("minor");
    case 1:
      return negate(has("minor"));
    case 2:
      return has("french", model::Compare::less, "A2");
    case 3:
      return given("sharing");
    default:
      return {};
  }
}

std::vector<LateSpec> late_rules(Dice& dice, bool silence) {
  std::vector<LateSpec> rules;
  for (auto i = dice.roll(3); i > 0; --i) {
    rules.push_back({.action = dice.chance(60) ? LateAction::tell : LateAction::escalate,
                     .role_or_outcome = dice.chance(50) ? "steering" : "adviser",
                     .by = some_hours(dice)});
  }
  if (silence) {
    rules.push_back({LateAction::settle, "no", some_hours(dice)});
  }
  return rules;
}

void add_time(Dice& dice, StepSpec& step, std::uint32_t place) {
  if (dice.chance(40)) {
    step.accept_within = some_time(dice);
  }
  if (dice.chance(20)) {
    step.deadlines.push_back({.within = some_time(dice), .when = guard(dice)});
  }
  if (place > 0 && dice.chance(20)) {
    step.deadlines.push_back({.within = some_time(dice), .from = step_name(dice.roll(place))});
  }
  if (dice.chance(60)) {
    step.deadlines.push_back({.within = some_time(dice)});
  }
  if (!step.deadlines.empty()) {
    for (auto i = dice.roll(3); i > 0; --i) {
      step.remind_before.push_back(some_hours(dice));
    }
    step.late = late_rules(dice, dice.chance(20));
  }
  if (dice.chance(30)) {
    step.hold = some_hours(dice);
  }
}

// Two or three in all, of different roles; all of them must approve, or as many as the dice say.
void add_reviewers(Dice& dice, ReviewSpec& review) {
  for (auto i = 1 + dice.roll(2); i > 0; --i) {
    const std::string role = any_role(dice);
    if (role != review.by && std::ranges::find(review.others, role) == review.others.end()) {
      review.others.push_back(role);
    }
  }
  review.approvals =
      static_cast<std::uint16_t>(dice.roll(static_cast<std::uint32_t>(review.others.size()) + 2));
}

StepSpec random_step(Dice& dice, std::uint32_t place) {
  StepSpec step{.name = step_name(place), .responsible = any_role(dice)};
  step.after = condition(dice, place);
  if (place > 0 && dice.chance(30)) {
    step.when = guard(dice);
  }
  step.records = {"minor", "french"};
  if (place == 1) {
    step.asks_consent = "sharing";
  }
  if (place > 1 && dice.chance(20)) {
    step.requires_consents = {"sharing"};
  }
  if (place > 2 && dice.chance(15)) {
    step.unless = is(step_name(dice.roll(place)), "no");
  }
  step.outcomes = {{.name = "yes"}, {.name = "no"}};
  if (place > 0 && dice.chance(20)) {
    step.outcomes[1].reopens = step_name(dice.roll(place));
    step.outcomes[1].reopens_max = static_cast<std::uint8_t>(1 + dice.roll(2));
  }
  if (place > 0 && dice.chance(15)) {
    step.outcomes[1].ends = dice.chance(50) ? "left" : "sudden";
  }
  if (dice.chance(30)) {
    step.review =
        ReviewSpec{.by = any_role(dice), .returns_max = static_cast<std::uint8_t>(dice.roll(3))};
    if (dice.chance(60)) {
      step.review->within = some_time(dice);
    }
    if (dice.chance(40)) {
      add_reviewers(dice, *step.review);
    }
  }
  if (dice.chance(25)) {
    step.repeat = RepeatSpec{.until = dice.chance(50) ? is(step.name, "yes") : guard(dice),
                             .times_max = static_cast<std::uint8_t>(1 + dice.roll(4))};
    if (dice.chance(60)) {
      step.repeat->every = some_hours(dice);
    }
  }
  add_time(dice, step, place);
  return step;
}

engine::Actor someone_of(Dice& dice, model::RoleId role, model::PartnerId partner) {
  engine::Actor actor{.partner = partner, .role = role, .plays = {role}};
  actor.person = "person-" + std::to_string(role.value) + "-" + std::to_string(partner.value) +
                 "-" + std::to_string(dice.roll(2));
  return actor;
}

CommandKind step_kind(Dice& dice, const engine::Duty& duty) {
  if (duty.kind == engine::DutyKind::review) {
    constexpr std::array kKinds = {CommandKind::approve,
                                   CommandKind::approve,
                                   CommandKind::give_back,
                                   CommandKind::begin_review,
                                   CommandKind::recuse};
    return kKinds[dice.roll(kKinds.size())];
  }
  if (duty.work == engine::WorkState::held) {
    return CommandKind::resume;
  }
  constexpr std::array kKinds = {CommandKind::take,
                                 CommandKind::take,
                                 CommandKind::complete,
                                 CommandKind::complete,
                                 CommandKind::complete,
                                 CommandKind::hold,
                                 CommandKind::decline,
                                 CommandKind::release,
                                 CommandKind::delegate,
                                 CommandKind::hand_over};
  return kKinds[dice.roll(kKinds.size())];
}

void answer_task(Dice& dice, engine::Command& command, const engine::Duty& duty) {
  constexpr std::array kKinds = {CommandKind::take,
                                 CommandKind::complete,
                                 CommandKind::complete,
                                 CommandKind::decline,
                                 CommandKind::release};
  command.kind = kKinds[dice.roll(kKinds.size())];
  command.task = duty.task;
}

void answer_hand_over(Dice& dice, engine::Command& command, const engine::Duty& duty) {
  command.kind = dice.chance(60) ? CommandKind::accept_hand_over : CommandKind::refuse_hand_over;
  command.step = duty.step;
  command.reason = "because";
}

// To whom: a colleague, or any partner.
void give_away(Dice& dice,
               engine::Command& command,
               const engine::Duty& duty,
               const engine::Plan& plan) {
  command.colleague = someone_of(dice, duty.role, duty.partner);
  command.partner = {static_cast<std::uint16_t>(
      dice.roll(static_cast<std::uint32_t>(plan.protocol.partners.size())))};
}

void answer_duty(Dice& dice,
                 engine::Command& command,
                 const engine::Duty& duty,
                 const engine::Plan& plan) {
  command.actor = someone_of(dice, duty.role, duty.partner);
  if (duty.kind == engine::DutyKind::choose) {
    const auto& candidates = plan.protocol[duty.binding].partners;
    command.kind = dice.chance(80) ? CommandKind::refer : CommandKind::revoke_referral;
    command.role = duty.binding;
    command.partner = candidates[dice.roll(static_cast<std::uint32_t>(candidates.size()))];
    return;
  }
  if (duty.kind == engine::DutyKind::decide) {
    command.kind = CommandKind::close;
    command.ending = {static_cast<std::uint16_t>(
        dice.roll(static_cast<std::uint32_t>(plan.protocol.endings.size())))};
    return;
  }
  if (duty.kind == engine::DutyKind::answer) {
    command.kind = dice.chance(60) ? CommandKind::accept_referral : CommandKind::decline_referral;
    command.role = duty.binding;
    return;
  }
  if (!duty.person.empty()) {
    command.actor.person = duty.person;
  }
  if (duty.kind == engine::DutyKind::task) {
    return answer_task(dice, command, duty);
  }
  if (duty.kind == engine::DutyKind::receive) {
    return answer_hand_over(dice, command, duty);
  }
  if (duty.kind == engine::DutyKind::receive_all) {
    command.kind = dice.chance(70) ? CommandKind::accept_transfer : CommandKind::refuse_transfer;
    command.giver = duty.giver;
    command.reason = "because";
    return;
  }
  command.kind = step_kind(dice, duty);
  command.step = duty.step;
  command.outcome = {static_cast<std::uint16_t>(dice.roll(2))};
  command.reason = "because";
  command.with_reservations = dice.chance(30);
  give_away(dice, command, duty, plan);
  const auto& step = plan.protocol[duty.step];
  const auto& asked = plan.protocol[step.responsible].partners;
  if (duty.work == engine::WorkState::offered && !asked.empty() && dice.chance(20)) {
    command.actor = someone_of(dice, step.responsible, asked.front());  // whose turn may be over
  }
  if (dice.chance(50)) {
    command.values = {{{0}, {.number = dice.roll(2)}}, {{1}, {.number = dice.roll(4)}}};
  }
  if (step.asks_consent.known()) {
    command.consents = {{step.asks_consent, dice.chance(70)}};
  }
}

void act_on_the_case(Dice& dice, engine::Command& command, const engine::Plan& plan) {
  const model::RoleId coordinator = plan.protocol.coordinated_by;
  command.actor = someone_of(dice, coordinator, plan.protocol[coordinator].partners[0]);
  constexpr std::array kKinds = {CommandKind::pause,
                                 CommandKind::resume_case,
                                 CommandKind::record,
                                 CommandKind::resume_case,
                                 CommandKind::close,
                                 CommandKind::void_event,
                                 CommandKind::correct_event,
                                 CommandKind::transfer,
                                 CommandKind::transfer,
                                 CommandKind::take_back_transfer,
                                 CommandKind::take_back_transfer,
                                 CommandKind::reopen_case};
  command.kind = kKinds[dice.roll(kKinds.size())];
  command.reason = "because";
  const auto some_partner = [&] {
    const auto partners = static_cast<std::uint32_t>(plan.protocol.partners.size());
    return model::PartnerId{static_cast<std::uint16_t>(dice.roll(partners))};
  };
  if (command.kind == CommandKind::transfer || command.kind == CommandKind::take_back_transfer) {
    command.giver = some_partner();
    command.partner = some_partner();
  }
  command.values = {{{0}, {.number = dice.roll(2)}}};
  if (command.kind == CommandKind::record && dice.chance(30)) {
    command.values.clear();
    command.actor = someone_of(dice, model::kBeneficiary, command.actor.partner);
    command.consents = {{{0}, dice.chance(80)}};
  }
  command.ending = {0};
  if (command.kind == CommandKind::close && dice.chance(80)) {
    command.kind = CommandKind::record;
  }
}

// Mostly one that said how a step ended.
void choose_event(Dice& dice, engine::Command& command, const engine::CaseState& state) {
  const auto place = dice.roll(static_cast<std::uint32_t>(state.steps.size()));
  command.event = dice.chance(70) ? state.steps[place].completed_version
                                  : 1 + dice.roll(std::max(1U, state.version));
  if (dice.chance(70)) {
    command.step = {static_cast<std::uint16_t>(place)};
    command.outcome = {static_cast<std::uint16_t>(dice.roll(2))};
    command.values.clear();
  }
}

// What the directory and the partnership report, and what the beneficiary takes back.
engine::Command news(Dice& dice,
                     const engine::Plan& plan,
                     const engine::CaseState& state,
                     model::Instant now) {
  constexpr std::array kKinds = {CommandKind::person_absent,
                                 CommandKind::person_absent,
                                 CommandKind::person_returned,
                                 CommandKind::person_removed,
                                 CommandKind::partner_left,
                                 CommandKind::partner_joined,
                                 CommandKind::withdraw_consent,
                                 CommandKind::withdraw_consent};
  engine::Command command{.kind = kKinds[dice.roll(kKinds.size())]};
  command.from = "people";
  if (!state.persons.empty()) {
    command.person = state.persons[dice.roll(static_cast<std::uint32_t>(state.persons.size()))];
  }
  command.partner = {static_cast<std::uint16_t>(
      dice.roll(static_cast<std::uint32_t>(plan.protocol.partners.size())))};
  command.absent_from = dice.chance(50) ? model::kNever : now + std::chrono::hours(dice.roll(100));
  command.until = dice.chance(20) ? model::kNever : now + std::chrono::hours(100 + dice.roll(200));
  if (command.kind == CommandKind::withdraw_consent) {
    command.consents = {{{0}, false}};
    command.actor = someone_of(
        dice, model::kBeneficiary, plan.protocol[plan.protocol.coordinated_by].partners[0]);
  }
  return command;
}

}  // namespace

ProtocolSpec random_path(Dice& dice) {
  ProtocolSpec path{.name = "random"};
  path.roles = {
      {.name = "coordinator", .partners = {"mission", "board"}},
      {.name = "adviser", .partners = {"mission", "foyer"}},
      {.name = "steering", .partners = {"board", "town"}},
      {.name = "volunteer",
       .binding = Binding::volunteer_of,
       .partners = {"circle"},
       .supervisor = "adviser"},
      {.name = "tutor",
       .binding = Binding::chosen_by,
       .partners = {"bakery", "cafe", "mission"},
       .chooser = "adviser",
       .answer_within = some_hours(dice)},
  };
  path.informations = {{.name = "minor", .seen_by = {"coordinator"}},
                       {.name = "french", .levels = {"A0", "A1", "A2", "B1"}}};
  path.consents = {"sharing"};
  if (dice.chance(30)) {
    path.consents_last =
        model::Duration{static_cast<std::int32_t>(10 + dice.roll(30)), model::DurationUnit::days};
  }
  const auto steps = 3 + dice.roll(7);
  for (std::uint32_t place = 0; place < steps; ++place) {
    path.steps.push_back(random_step(dice, place));
  }
  path.endings = {
      {.name = "left",
       .at_any_time_by = "coordinator",
       .follow_ups = {{.name = "call", .responsible = any_role(dice), .within = some_hours(dice)}}},
      {.name = "sudden",
       .when = is(step_name(dice.roll(steps)), "no"),
       .immediately = dice.chance(50)},
      {.name = "good",
       .when = is(step_name(steps - 1), "yes"),
       .follow_ups = {
           {.name = "call", .responsible = any_role(dice), .within = some_hours(dice)},
           {.name = "visit", .responsible = any_role(dice), .within = some_hours(dice)}}}};
  for (auto i = dice.roll(12); i > 0; --i) {
    constexpr std::array kPartners = {"mission", "foyer", "town", "circle", "bakery"};
    path.closed.push_back(
        {kPartners[dice.roll(kPartners.size())], static_cast<int>(dice.roll(20))});
  }
  if (dice.chance(80)) {
    path.endings.push_back({.name = "other", .when = settled(step_name(0))});
  }
  return path;
}

engine::Command random_command(Dice& dice,
                               const engine::Plan& plan,
                               const engine::CaseState& state,
                               model::Instant now) {
  if (dice.chance(8)) {
    return news(dice, plan, state, now);
  }
  engine::Command command;
  const auto owed = engine::duties(plan.protocol, state);
  if (state.status == engine::CaseStatus::paused || owed.empty() || dice.chance(8)) {
    act_on_the_case(dice, command, plan);
  } else {
    answer_duty(dice, command, owed[dice.roll(static_cast<std::uint32_t>(owed.size()))], plan);
  }
  if (command.kind == CommandKind::void_event || command.kind == CommandKind::correct_event) {
    choose_event(dice, command, state);
  }
  if (dice.chance(5)) {
    command.kind = static_cast<CommandKind>(dice.roll(engine::kCommandKindNames.size()));
    command.step = {static_cast<std::uint16_t>(
        dice.roll(static_cast<std::uint32_t>(plan.protocol.steps.size())))};
    command.role = {static_cast<std::uint16_t>(
        dice.roll(static_cast<std::uint32_t>(plan.protocol.roles.size())))};
    command.ending = {0};
  }
  if (command.kind == CommandKind::hand_over && dice.chance(20)) {
    command.kind = CommandKind::take_back;
  }
  if (dice.chance(50)) {
    command.until = now + std::chrono::hours(dice.roll(80));
  }
  if (dice.chance(15)) {
    command.happened = now - std::chrono::hours(dice.roll(40));
  }
  return command;
}

}  // namespace protoflow::tests
