// Random partnerships and random histories against what must always hold: while the stream is open,
// each routine has exactly one occurrence ahead, with an accountable partner that is still here, as
// long as anybody is; time never stands in the past; replay gives the same bytes.
#include "engine/partnership/partnership.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/event/codec.hpp"
#include "engine/log/meaning_hash.hpp"
#include "tests/property/random_path.hpp"

namespace protoflow::tests {
namespace {

using engine::CommandKind;
using engine::PartnershipState;

constexpr std::uint64_t kSeed = 20270104;
constexpr int kPartnerships = 300;
constexpr int kActsEach = 60;

model::Duration any_duration(Dice& dice) {
  return {static_cast<std::int32_t>(dice.roll(12)), static_cast<model::DurationUnit>(dice.roll(7))};
}

std::optional<model::Duration> perhaps(Dice& dice) {
  return dice.chance(50) ? std::optional(any_duration(dice)) : std::nullopt;
}

model::Routine any_routine(Dice& dice, std::uint32_t place, std::uint32_t roles) {
  const auto any_role = [&] { return model::RoleId{static_cast<std::uint16_t>(dice.roll(roles))}; };
  model::Routine routine{.name = "routine-" + std::to_string(place),
                         .title = "routine",
                         .every = any_duration(dice),
                         .for_each_case = dice.chance(20),
                         .responsible = any_role(),
                         .with_all_partners = dice.chance(50),
                         .within = perhaps(dice)};
  if (dice.chance(40)) {
    routine.for_first = any_duration(dice);
    routine.then_every = any_duration(dice);
  }
  for (auto i = dice.roll(3); i > 0; --i) {
    routine.remind_before.push_back(any_duration(dice));
    routine.late.push_back(
        {.by = perhaps(dice),
         .action = dice.chance(50) ? model::LateAction::tell : model::LateAction::escalate,
         .role = any_role()});
  }
  routine.asks = {{.text = "?", .type = model::AnswerType::scale, .from = 1, .to = 5},
                  {.text = "?", .type = model::AnswerType::yes_or_no},
                  {.text = "?"}};
  return routine;
}

engine::Plan any_partnership(Dice& dice) {
  model::Protocol p{.language = model::Language::english, .name = "together", .title = "together"};
  const auto partners = 1 + dice.roll(5);
  for (std::uint32_t i = 0; i < partners; ++i) {
    p.partners.push_back({.name = "partner-" + std::to_string(i), .title = "partner"});
  }
  p.roles = {{.name = "beneficiary", .binding = model::Binding::beneficiary}};
  const auto roles = 2 + dice.roll(4);
  for (std::uint32_t i = 1; i < roles; ++i) {
    model::Role role{.name = "role-" + std::to_string(i), .title = "role"};
    for (auto held = 1 + dice.roll(3); held > 0; --held) {
      role.partners.push_back({static_cast<std::uint16_t>(dice.roll(partners))});
    }
    if (i > 1 && dice.chance(30)) {
      role.binding = model::Binding::chosen_by;
      role.chooser = {1};
    }
    p.roles.push_back(std::move(role));
  }
  p.coordinated_by = {1};
  for (std::uint32_t i = 0; i < 1 + dice.roll(3); ++i) {
    p.routines.push_back(any_routine(dice, i, roles));
  }
  if (dice.chance(80)) {
    p.agreement = model::Agreement{.by_all_partners = dice.chance(70),
                                   .partners = {{0}},
                                   .within = perhaps(dice),
                                   .renewed_every = perhaps(dice)};
  }
  p.calendar.working = static_cast<std::uint8_t>(dice.roll(128));
  auto hash = engine::meaning_hash(p);
  engine::WorkTime work_time{.calendar = p.calendar, .zone = {}};
  return {std::move(p), std::move(work_time), std::move(hash)};
}

constexpr std::array kActs = {CommandKind::tick,
                              CommandKind::tick,
                              CommandKind::hold_routine,
                              CommandKind::hold_routine,
                              CommandKind::hold_routine,
                              CommandKind::postpone_routine,
                              CommandKind::brief_partner,
                              CommandKind::agree,
                              CommandKind::agree,
                              CommandKind::remark,
                              CommandKind::invite_partner,
                              CommandKind::leave_partnership,
                              CommandKind::supersede,
                              CommandKind::found_partnership};

engine::Command any_act(Dice& dice,
                        const engine::Plan& plan,
                        const PartnershipState& state,
                        model::Instant now) {
  const auto& p = plan.protocol;
  const auto any_partner = [&] {
    return model::PartnerId{
        static_cast<std::uint16_t>(dice.roll(static_cast<std::uint32_t>(p.partners.size())))};
  };
  engine::Command act{.kind = kActs[dice.roll(kActs.size())]};
  act.routine = {
      static_cast<std::uint16_t>(dice.roll(static_cast<std::uint32_t>(p.routines.size())))};
  const bool rare = act.kind == CommandKind::supersede;
  const auto owner = state[act.routine].partner;
  const bool meets = act.kind == CommandKind::hold_routine && owner.known() && dice.chance(80);
  if (act.kind != CommandKind::found_partnership && !(rare && dice.chance(5))) {
    act.actor = {.person = "someone", .partner = meets ? owner : any_partner()};
    for (std::size_t i = 0; i < p.roles.size(); ++i) {
      act.actor.plays.push_back({static_cast<std::uint16_t>(i)});
    }
  }
  act.partner = dice.chance(50) ? act.actor.partner : any_partner();
  act.meaning = dice.chance(90) ? plan.meaning_hash : "0123456789abcdef";
  act.reason = dice.chance(90) ? "because" : "";
  act.date = now + std::chrono::hours(dice.roll(24 * 40)) - std::chrono::hours(48);
  act.attended = {any_partner(), any_partner()};
  act.answers = {{.question = static_cast<std::uint16_t>(dice.roll(4)),
                  .value = {.number = static_cast<std::int64_t>(dice.roll(7)), .text = "x"}}};
  if (dice.chance(20)) {
    act.happened = now - std::chrono::hours(dice.roll(24 * 10));
  }
  return act;
}

void expect_one_ahead_of_each(const engine::Plan& plan, const PartnershipState& state) {
  const auto list = engine::duties(plan.protocol, state);
  const bool anybody = std::ranges::any_of(state.participations, [](const auto& part) {
    return part.state != engine::ParticipationState::left;
  });
  for (std::size_t i = 0; i < plan.protocol.routines.size(); ++i) {
    const model::RoutineId id{static_cast<std::uint16_t>(i)};
    const auto owed = std::ranges::count_if(list, [&](const engine::Duty& duty) {
      return duty.kind == engine::DutyKind::routine && duty.routine == id;
    });
    const bool open =
        state.status == engine::PartnershipStatus::founded && !plan.protocol[id].for_each_case;
    ASSERT_EQ(owed, open ? 1 : 0) << plan.protocol[id].name;
    if (open) {
      ASSERT_TRUE(is_ahead(state[id].state));
      ASSERT_TRUE(state[id].partner.known());
      ASSERT_GE(state[id].planned, state[id].slot);
      ASSERT_TRUE(!anybody || state[state[id].partner].state != engine::ParticipationState::left);
    }
  }
}

void keep(const engine::Plan& plan,
          const std::vector<engine::Event>& events,
          PartnershipState& state,
          PartnershipState& read) {
  const engine::Seal seal = [](std::string_view text) {
    return engine::SealedText{"commitment", std::string(text)};
  };
  const engine::Open open = [](const engine::SealedText& sealed) {
    return std::optional(sealed.sealed);
  };
  for (const auto& event : events) {
    engine::apply(state, event);
    auto encoded = engine::encode(event, plan.protocol, seal);
    ASSERT_TRUE(encoded);
    const engine::Record record{
        .kind = std::string(engine::kEventKindNames[static_cast<std::size_t>(event.kind)]),
        .happened = event.happened,
        .actor = encoded->actor,
        .subject = encoded->subject,
        .body = encoded->body};
    const auto again = engine::decode(record, plan.protocol, open);
    ASSERT_TRUE(again) << again.error().field << " " << encoded->body;
    engine::apply(read, *again);
    ASSERT_LE(engine::notices(plan.protocol, state, event).size(), engine::kNoticesPerEventMax);
  }
}

TEST(RandomPartnership, AlwaysHasOneOccurrenceAheadAndSomebodyWhoAnswersForIt) {
  for (int i = 0; i < kPartnerships; ++i) {
    const auto seed = kSeed + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    const auto plan = any_partnership(dice);
    auto state = engine::empty_partnership(plan.protocol);
    auto read = state;
    model::Instant now = std::chrono::sys_days{std::chrono::year{2027} / 1 / 4};
    for (int n = 0; n < kActsEach; ++n) {
      now += std::chrono::minutes(dice.roll(60 * 24 * 6));
      const auto act = n == 0 ? engine::Command{.kind = CommandKind::found_partnership}
                              : any_act(dice, plan, state, now);
      const auto decision = engine::decide(plan, state, act, now);
      if (decision) {
        ASSERT_NO_FATAL_FAILURE(keep(plan, *decision, state, read));
        ASSERT_GT(engine::next_due(plan, state), now);
      }
      ASSERT_NO_FATAL_FAILURE(expect_one_ahead_of_each(plan, state));
    }
    ASSERT_EQ(describe(state, plan.protocol), describe(read, plan.protocol));
  }
}

}  // namespace
}  // namespace protoflow::tests
