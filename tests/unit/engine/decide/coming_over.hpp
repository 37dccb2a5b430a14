// A path whose versions differ by one change each, for the tests of cases that come over.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/log/meaning_hash.hpp"
#include "engine/state/apply.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine::coming_over {

using model::Protocol;
using tests::hours;
using tests::Play;
using tests::ProtocolSpec;

inline ProtocolSpec path() {
  ProtocolSpec path;
  path.roles = {
      {.name = "coordinator", .partners = {"mission"}},
      {.name = "adviser", .partners = {"foyer", "mission", "school"}},
      {.name = "tutor", .partners = {"bakery"}},
      {.name = "host",
       .binding = model::Binding::chosen_by,
       .partners = {"cafe", "bakery"},
       .chooser = "adviser",
       .answer_within = hours(48)},
  };
  path.informations = {{.name = "minor", .seen_by = {"adviser"}},
                       {.name = "french", .levels = {"A0", "A1", "A2"}, .seen_by = {"adviser"}}};
  path.consents = {"sharing"};
  path.steps = {{.name = "welcome",
                 .responsible = "adviser",
                 .accept_within = hours(24),
                 .deadlines = {{.within = hours(72)}},
                 .records = {"minor", "french"},
                 .asks_consent = "sharing",
                 .outcomes = {{.name = "engaged"}, {.name = "elsewhere"}}},
                {.name = "housing",
                 .responsible = "tutor",
                 .deadlines = {{.within = hours(100)}},
                 .hold = hours(48)},
                {.name = "project",
                 .responsible = "adviser",
                 .after = tests::is("welcome", "engaged"),
                 .requires_consents = {"sharing"},
                 .review = tests::ReviewSpec{.by = "coordinator", .within = hours(48)}},
                {.name = "visit", .responsible = "host", .after = tests::settled("project")}};
  path.endings = {{.name = "end", .when = tests::settled("visit")},
                  {.name = "left", .at_any_time_by = "coordinator"}};
  return path;
}

using Change = std::function<void(ProtocolSpec&)>;
using Detail = std::function<void(Protocol&)>;

inline Plan changed(const Change& change, const Detail& detail = {}) {
  auto spec = path();
  change(spec);
  auto plan = tests::plan_of(spec);
  plan.protocol.version = 2;
  if (detail) {
    detail(plan.protocol);
  }
  plan.meaning_hash = meaning_hash(plan.protocol);
  return plan;
}

inline Command to_migrate(const Play& play, const Plan& to, std::string_view who = "coordinator") {
  Command command{.kind = CommandKind::migrate};
  command.actor = tests::actor_of(who, play.plan().protocol);
  command.to = &to;
  return command;
}

inline std::string said(const Decision& decision, const Plan& plan, const Plan& to) {
  std::string text;
  if (!decision) {
    text = tests::text_of(decision.error(), plan.protocol);
    for (const auto& finding : decision.error().findings) {
      text += " " + std::string(kFindingKindNames[static_cast<std::size_t>(finding.kind)]);
    }
    return text;
  }
  const Plan* now = &plan;
  for (const auto& event : *decision) {
    now = event.kind == EventKind::case_migrated ? &to : now;
    text += (text.empty() ? "" : " ") + tests::text_of(event, now->protocol);
  }
  return text;
}

inline void apply_all(CaseState& state, const Decision& decision) {
  for (const auto& event : *decision) {
    apply(state, event);
  }
}

inline const auto kAsItWas = [](ProtocolSpec&) {};

inline constexpr const char* kEngaged =
    "h1 adviser complete welcome as engaged with minor=no,french=A1,sharing=yes;";

inline Plan second_of(const ProtocolSpec& spec) {
  auto plan = tests::plan_of(spec);
  plan.protocol.version = 2;
  plan.meaning_hash = meaning_hash(plan.protocol);
  return plan;
}

}  // namespace protoflow::engine::coming_over
