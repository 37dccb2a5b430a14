// Madame S.'s path in seven steps, for the tests of the engine.
#include "tests/support/protocol_builder.hpp"

namespace protoflow::tests {

namespace {

using model::Binding;
using model::LateAction;

std::vector<RoleSpec> small_path_roles() {
  return {
      {.name = "coordinator", .partners = {"mission"}},
      {.name = "adviser", .partners = {"mission", "foyer"}},
      {.name = "steering", .partners = {"board", "town"}},
      {.name = "teacher", .partners = {"school"}},
      {.name = "volunteer",
       .binding = Binding::volunteer_of,
       .partners = {"circle"},
       .supervisor = "teacher"},
      {.name = "tutor",
       .binding = Binding::chosen_by,
       .partners = {"bakery", "cafe"},
       .chooser = "adviser",
       .answer_within = hours(48)},
  };
}

std::vector<StepSpec> first_steps() {
  return {
      {.name = "welcome",
       .responsible = "adviser",
       .accept_within = hours(24),
       .deadlines = {{.within = hours(72)}},
       .remind_before = {hours(24), hours(12)},
       .late = {{.role_or_outcome = "coordinator"},
                {LateAction::escalate, "steering", hours(24)},
                {LateAction::tell, "teacher", hours(12)}},
       .records = {"minor", "french"},
       .informs = {"steering"},
       .outcomes = {{.name = "engaged"}, {.name = "elsewhere", .ends = "reoriented"}}},
      {.name = "guardian",
       .responsible = "adviser",
       .after = is("welcome", "engaged"),
       .when = has("minor")},
      {.name = "sharing-talk",
       .responsible = "adviser",
       .after = all_of({is("welcome", "engaged"), settled("guardian")}),
       .asks_consent = "sharing"},
      {.name = "housing",
       .responsible = "volunteer",
       .after = is("welcome", "engaged"),
       .deadlines = {{.within = hours(96)}},
       .remind_before = {hours(48)},
       .late = {{.role_or_outcome = "coordinator"}},
       .hold = hours(48),
       .outcomes = {{.name = "found"}, {.name = "lost"}}},
  };
}

std::vector<StepSpec> later_steps() {
  return {
      {.name = "project",
       .responsible = "adviser",
       .after = settled("sharing-talk"),
       .deadlines = {{.within = hours(100)}},
       .review = ReviewSpec{.by = "coordinator", .within = hours(48), .returns_max = 1}},
      {.name = "search",
       .responsible = "adviser",
       .after = settled("project"),
       .deadlines = {{.within = hours(240), .when = has("french", model::Compare::less, "A2")},
                     {.within = hours(120)}},
       .late = {{LateAction::settle, "none", hours(240)}},
       .requires_consents = {"sharing"},
       .outcomes = {{.name = "found"}, {.name = "none"}}},
      {.name = "immersion",
       .responsible = "tutor",
       .after = is("search", "found"),
       .accept_within = hours(24),
       .deadlines = {{.within = hours(200), .from = "search"}},
       .late = {{.role_or_outcome = "adviser"}},
       .outcomes = {{.name = "good"}, {.name = "bad", .reopens = "search", .reopens_max = 1}},
       .review = ReviewSpec{.by = "teacher"}},
  };
}

}  // namespace

ProtocolSpec small_path() {
  ProtocolSpec path{.name = "small-path"};
  path.roles = small_path_roles();
  path.informations = {
      {.name = "minor", .seen_by = {"adviser", "coordinator"}},
      {.name = "french", .levels = {"A0", "A1", "A2", "B1"}, .seen_by = {"adviser", "tutor"}},
  };
  path.consents = {"sharing"};
  path.steps = first_steps();
  for (auto& step : later_steps()) {
    path.steps.push_back(std::move(step));
  }
  path.endings = {
      {.name = "crisis", .when = is("housing", "lost"), .immediately = true},
      {.name = "success", .when = is("immersion", "good")},
      {.name = "setback", .when = any_of({is("immersion", "bad"), is("search", "none")})},
      {.name = "alone", .when = not_needed("search")},
      {.name = "reoriented"},
      {.name = "left", .at_any_time_by = "beneficiary"},
  };
  return path;
}

}  // namespace protoflow::tests
