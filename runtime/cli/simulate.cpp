// simulate: what a protocol would bring with many people.
#include <charconv>
#include <fstream>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/document/render.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/simulation_page.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Failure = std::unexpected<std::string>;

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = error == std::errc{} && end == text.data() + text.size();
  return all ? std::optional(number) : std::nullopt;
}

template <class IdType, class Declaration>
std::expected<IdType, std::string> find_named(const std::vector<Declaration>& declared,
                                              std::string_view name,
                                              std::string_view option) {
  const auto id = model::find<IdType>(declared, name);
  if (id.known()) {
    return id;
  }
  std::vector<std::string> names;
  for (const auto& declaration : declared) {
    names.push_back(declaration.name);
  }
  const auto near = dsl::nearest(name, names);
  return Failure(std::string(option) + ": the protocol has no " + std::string(name) +
                 (near.empty() ? "." : "; did you mean " + near + "?"));
}

// ROLE:delay=150,refuses=20,absent=10
std::expected<void, std::string> read_behaviour(const std::string& text,
                                                const model::Protocol& protocol,
                                                engine::Scenario& scenario) {
  const auto colon = text.find(':');
  const auto role =
      find_named<model::RoleId>(protocol.roles, text.substr(0, colon), "--role " + text);
  if (!role) {
    return Failure(role.error());
  }
  auto& behaviour = scenario.roles[role->value];
  auto rest = colon == text.npos ? std::string_view() : std::string_view(text).substr(colon + 1);
  while (!rest.empty()) {
    const auto part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const auto equals = part.find('=');
    const auto percent =
        equals == part.npos ? std::nullopt : whole<std::uint16_t>(part.substr(equals + 1));
    const auto what = part.substr(0, equals);
    if (percent && what == "delay") {
      behaviour.delay = *percent;
    } else if (percent && *percent <= 100 && what == "refuses") {
      behaviour.refuses = static_cast<std::uint8_t>(*percent);
    } else if (percent && *percent <= 100 && what == "absent") {
      behaviour.absent = static_cast<std::uint8_t>(*percent);
    } else {
      return Failure("--role " + text +
                     ": write ROLE:delay=150,refuses=20,absent=10; each is a percentage, and "
                     "refuses and absent are at most 100.");
    }
  }
  return {};
}

// STEP=OUTCOME:WEIGHT
std::expected<void, std::string> read_outcome(const std::string& text,
                                              const model::Protocol& protocol,
                                              engine::Scenario& scenario) {
  const auto equals = text.find('=');
  const auto colon = text.rfind(':');
  const auto weight =
      colon == text.npos ? std::nullopt : whole<std::uint16_t>(text.substr(colon + 1));
  if (equals == text.npos || !weight || colon < equals) {
    return Failure("--outcome " + text + ": write STEP=OUTCOME:WEIGHT, such as search=found:80.");
  }
  const auto step =
      find_named<model::StepId>(protocol.steps, text.substr(0, equals), "--outcome " + text);
  if (!step) {
    return Failure(step.error());
  }
  const auto outcome = find_named<model::OutcomeId>(
      protocol[*step].outcomes, text.substr(equals + 1, colon - equals - 1), "--outcome " + text);
  if (!outcome) {
    return Failure(outcome.error());
  }
  scenario.outcomes.push_back({*step, *outcome, *weight});
  return {};
}

std::expected<engine::Scenario, std::string> scenario_of(const SimulateOptions& options,
                                                         const model::Protocol& protocol) {
  engine::Scenario scenario{.cases = options.cases,
                            .months = options.months,
                            .seed = options.seed,
                            .leave = options.leave,
                            .roles = std::vector<engine::Behaviour>(protocol.roles.size())};
  std::expected<void, std::string> read;
  for (const auto& text : options.roles) {
    if (read = read_behaviour(text, protocol, scenario); !read) {
      return Failure(read.error());
    }
  }
  for (const auto& text : options.outcomes) {
    if (read = read_outcome(text, protocol, scenario); !read) {
      return Failure(read.error());
    }
  }
  return scenario;
}

std::string written(const SimulationPage& page, const std::string& format) {
  if (format == "json") {
    return simulation_json(page);
  }
  const auto document = simulation_document(page);
  return format == "html" ? dsl::document::render_html(document)
                          : dsl::document::render_markdown(document);
}

}  // namespace

int run_simulate(const SimulateOptions& options) {
  auto read = compile_file(options.file);
  if (!read) {
    return complain(read.error(), kEnvironment);
  }
  if (!read->compiled.protocol) {
    return complain(dsl::render_text(read->compiled, read->text, options.file, false), kFault);
  }
  const auto plan = plan_of(std::move(*read->compiled.protocol));
  if (!plan) {
    return complain(options.file + ": " + plan.error(), kFault);
  }
  const auto& protocol = (*plan)->protocol;
  const auto scenario = scenario_of(options, protocol);
  if (!scenario) {
    return complain(scenario.error(), kUsage);
  }
  const auto figures = engine::simulate_population(**plan, *scenario);
  const auto language = options.language == "fr"   ? model::Language::french
                        : options.language == "en" ? model::Language::english
                                                   : protocol.language;
  const auto text = written({**plan, *scenario, figures, language}, options.format);
  if (options.to.empty() || options.to == "-") {
    print(text);
    return kOk;
  }
  std::ofstream file(options.to, std::ios::binary);
  file << text;
  file.close();
  return file ? kOk
              : complain(options.to + ": cannot be written; check the folder and its rights",
                         kEnvironment);
}

}  // namespace protoflow::runtime
