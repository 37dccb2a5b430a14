// What a simulation found, as a page for people and as JSON for programs.
#pragma once

#include <string>

#include "dsl/document/document.hpp"
#include "engine/simulate/population.hpp"

namespace protoflow::runtime {

struct SimulationPage {
  const engine::Plan& plan;
  const engine::Scenario& scenario;
  const engine::PopulationFigures& figures;
  model::Language language;
};

[[nodiscard]] dsl::document::Document simulation_document(const SimulationPage& page);

[[nodiscard]] std::string simulation_json(const SimulationPage& page);

}  // namespace protoflow::runtime
