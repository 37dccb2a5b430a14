#include "tests/unit/engine/partnership/partnership_play.hpp"

#include <cstdlib>

#include "engine/log/meaning_hash.hpp"
#include "engine/log/record.hpp"

namespace protoflow::tests {

namespace {

using model::Duration;
using model::DurationUnit;

model::Role role(std::string name, std::vector<model::PartnerId> partners) {
  return {.name = std::move(name), .partners = std::move(partners)};
}

model::Routine exchange() {
  return {.name = "exchange",
          .title = "exchange",
          .every = {1, DurationUnit::weeks},
          .for_first = Duration{1, DurationUnit::months},
          .then_every = Duration{1, DurationUnit::months},
          .responsible = {2},
          .with_all_partners = true,
          .asks = {{.text = "Does it work?", .type = model::AnswerType::scale, .from = 1, .to = 5},
                   {.text = "Go on?", .type = model::AnswerType::yes_or_no},
                   {.text = "What did we learn?"}},
          .within = Duration{3, DurationUnit::working_days},
          .remind_before = {{2, DurationUnit::days}},
          .late = {{.role = {1}},
                   {.by = Duration{7, DurationUnit::days},
                    .action = model::LateAction::escalate,
                    .role = {3}}}};
}

std::string text_of(const engine::PartnershipState& state,
                    const engine::Event& event,
                    const model::Protocol& protocol) {
  std::string text(engine::kEventKindNames[static_cast<std::size_t>(event.kind)]);
  std::string about;
  if (event.routine.known()) {
    about = protocol[event.routine].name;
  }
  if (event.partner.known()) {
    about += (about.empty() ? "" : " ") + protocol[event.partner].name;
  }
  if (event.planned && event.kind == engine::EventKind::routine_planned) {
    about += " " + engine::to_text(state[event.routine].planned).substr(0, 10);
  }
  return about.empty() ? text : text + "(" + about + ")";
}

}  // namespace

engine::Plan partnership_plan() {
  model::Protocol p{.language = model::Language::english, .name = "together", .title = "together"};
  p.time_zone = "UTC";
  for (const char* name : {"mission", "foyer", "school", "town"}) {
    p.partners.push_back({.name = name, .title = name});
  }
  p.roles = {{.name = "beneficiary", .binding = model::Binding::beneficiary},
             role("coordinator", {{0}}),
             role("teacher", {{2}, {1}}),
             role("steering", {{3}})};
  p.coordinated_by = {1};
  p.steps = {{.name = "welcome", .title = "welcome", .responsible = {2}, .outcomes = {{"done"}}}};
  p.routines = {exchange(),
                {.name = "feedback",
                 .title = "feedback",
                 .purpose = model::RoutinePurpose::feedback,
                 .every = {2, DurationUnit::weeks},
                 .for_each_case = true,
                 .responsible = {2}}};
  p.agreement = model::Agreement{.by_all_partners = true,
                                 .within = Duration{20, DurationUnit::days},
                                 .renewed_every = Duration{1, DurationUnit::years}};
  auto hash = engine::meaning_hash(p);
  engine::WorkTime work_time{.calendar = p.calendar, .zone = {}};
  return {std::move(p), std::move(work_time), std::move(hash)};
}

model::PartnerId partner(const engine::Plan& plan, std::string_view name) {
  return model::find<model::PartnerId>(plan.protocol.partners, name);
}

model::RoutineId routine(const engine::Plan& plan, std::string_view name) {
  return model::find<model::RoutineId>(plan.protocol.routines, name);
}

model::Instant day(std::string_view date) {
  return moment(std::string(date) + "T09:00:00.000Z");
}

model::Instant moment(std::string_view text) {
  return *engine::to_instant(text);
}

PartnershipPlay::PartnershipPlay(engine::Plan plan)
    : plan_(std::move(plan)),
      state_(engine::empty_partnership(plan_.protocol)),
      now_(day("2027-01-04")) {}

engine::Command PartnershipPlay::by(std::string_view name, engine::CommandKind kind) const {
  engine::Command command{.kind = kind};
  const auto partner = tests::partner(plan_, name);
  if (!partner.known()) {
    return command;  // nobody: the deployment, or time
  }
  command.actor = {.person = "person-" + std::string(name), .partner = partner};
  for (std::size_t i = 0; i < plan_.protocol.roles.size(); ++i) {
    command.actor.plays.push_back({static_cast<std::uint16_t>(i)});
  }
  return command;
}

std::string PartnershipPlay::say(const engine::Command& command) {
  const auto decision = engine::decide(plan_, state_, command, now_);
  if (!decision) {
    return "refused " +
           std::string(engine::kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)]);
  }
  std::string text;
  for (const auto& event : *decision) {
    apply(state_, event);
    events_.push_back(event);
    for (auto& letter : engine::notices(plan_.protocol, state_, event)) {
      letters_.push_back(std::move(letter));
    }
    text += (text.empty() ? "" : " ") + text_of(state_, event, plan_.protocol);
  }
  return text;
}

std::string PartnershipPlay::say(std::string_view partner, engine::CommandKind kind) {
  return say(by(partner, kind));
}

std::string PartnershipPlay::found() {
  return say("", engine::CommandKind::found_partnership);
}

std::string PartnershipPlay::agree(std::string_view partner) {
  auto command = by(partner, engine::CommandKind::agree);
  command.meaning = plan_.meaning_hash;
  return say(command);
}

std::string PartnershipPlay::tick(model::Instant now) {
  now_ = now;
  return say("", engine::CommandKind::tick);
}

const engine::Participation& PartnershipPlay::of(std::string_view name) const {
  return state_[tests::partner(plan_, name)];
}

const engine::RoutineState& PartnershipPlay::routine(std::string_view name) const {
  return state_[tests::routine(plan_, name)];
}

std::string PartnershipPlay::letters() {
  std::string text;
  for (const auto& letter : letters_) {
    text += (text.empty() ? "" : " ") +
            std::string(engine::kNoticeKindNames[static_cast<std::size_t>(letter.kind)]) + "->" +
            plan_.protocol[letter.partner].name;
  }
  letters_.clear();
  return text;
}

}  // namespace protoflow::tests
