#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "dsl/document/render.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/simulation_page.hpp"
#include "runtime/protocols/plan.hpp"
#include "tests/support/casebook_world.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

struct Simulated {
  PlanRef plan = make_plan(testing::accueil_text()).value();
  engine::Scenario scenario{.cases = 20, .months = 6};
  engine::PopulationFigures figures = engine::simulate_population(*plan, scenario);
};

TEST(SimulationDocument, NamesEveryStepAndEveryEnding) {
  const Simulated simulated;
  const auto page = simulation_document(
      {*simulated.plan, simulated.scenario, simulated.figures, model::Language::french});
  const auto markdown = dsl::document::render_markdown(page);

  for (const auto& step : simulated.plan->protocol.steps) {
    EXPECT_NE(markdown.find(step.title), std::string::npos) << step.title;
  }
  EXPECT_NE(dsl::document::render_html(page).find("<svg"), std::string::npos);
}

TEST(SimulationJson, GivesTheFiguresToPrograms) {
  const Simulated simulated;
  const auto json = nlohmann::json::parse(simulation_json(
      {*simulated.plan, simulated.scenario, simulated.figures, model::Language::english}));

  EXPECT_EQ(json["opened"], 20);
  EXPECT_EQ(json["closed"].get<int>() + json["still_open"].get<int>(), 20);
  EXPECT_EQ(json["steps"].size(), simulated.plan->protocol.steps.size());
}

class SimulateRefuses : public ::testing::TestWithParam<SimulateOptions> {};

TEST_P(SimulateRefuses, WhatItDoesNotUnderstand) {
  auto options = GetParam();
  options.file = in_sources("/tests/support/accueil.proto-flow");
  options.cases = 1;
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(run_simulate(options), kUsage);
  EXPECT_FALSE(::testing::internal::GetCapturedStderr().empty());
}

INSTANTIATE_TEST_SUITE_P(Options,
                         SimulateRefuses,
                         ::testing::Values(SimulateOptions{.roles = {"nobody:delay=1"}},
                                           SimulateOptions{.roles = {"référente:speed=1"}},
                                           SimulateOptions{.roles = {"référente:refuses=101"}},
                                           SimulateOptions{.roles = {"référente:delay=much"}},
                                           SimulateOptions{.outcomes = {"accueil"}},
                                           SimulateOptions{.outcomes = {"accueil=engagée"}},
                                           SimulateOptions{.outcomes = {"nowhere=engagée:10"}},
                                           SimulateOptions{.outcomes = {"accueil=nowhere:10"}}));

}  // namespace
}  // namespace protoflow::runtime
