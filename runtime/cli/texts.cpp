// test: the examples of a protocol, on the engine, without a daemon.
#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "engine/simulate/simulate.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/protocols/folder_shelf.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;
using model::Language;

// What the situation is instead: the step's state and who answers for it, or the open duties of the
// whole case.
std::string situation(const engine::Plan& plan,
                      const engine::CaseState& state,
                      const model::ExampleLine& line) {
  const bool french = plan.protocol.language == Language::french;
  std::string text;
  if (line.step.known()) {
    const auto& step = state[line.step];
    text = quoted(plan.protocol.language, plan.protocol[line.step].name) + (french ? " : " : ": ") +
           state_words(step, plan.protocol.language);
    if (step.partner.known() && engine::is_open(step.work)) {
      text += ", " + plan.protocol[step.role].name;
    }
    return text;
  }
  for (const auto& duty : engine::duties(plan.protocol, state)) {
    text +=
        (text.empty() ? "" : " ; ") + what(duty, plan.protocol) + " : " + who(duty, plan.protocol);
  }
  if (text.empty()) {
    text = french ? "plus personne n’a rien à faire" : "nobody has anything left to do";
  }
  return text;
}

std::string failure_words(const engine::Plan& plan,
                          const engine::Simulation& run,
                          const model::Example& example,
                          std::string_view source) {
  const bool french = plan.protocol.language == Language::french;
  const auto& line = example.lines[run.failure->line];
  std::string text = french ? "  ligne " : "  line ";
  text +=
      std::to_string(line.line) + (french ? " : " : ": ") + source_line(source, line.line) + "\n";
  if (run.failure->refusal) {
    text +=
        (french ? "    refusé : " : "    refused: ") + sentence(*run.failure->refusal, plan) + "\n";
  }
  text +=
      (french ? "    situation : " : "    situation: ") + situation(plan, run.state, line) + "\n";
  text += french ? "    juste avant :\n" : "    just before:\n";
  const auto from = run.events.size() > 3 ? run.events.size() - 3 : 0;
  for (auto i = from; i < run.events.size(); ++i) {
    text += "      " + date_words(run.events[i].event.happened, plan) + "  " +
            sentence(run.events[i].event, plan) + "\n";
  }
  return text;
}

int test_one(const std::string& file, const CheckOptions& options) {
  const auto& output = options.output;
  const auto text = read_text_file(file);
  if (!text) {
    return complain(text.error(), kEnvironment);
  }
  const auto plan = make_plan(*text, folder_shelf(file));
  if (!plan) {
    const auto& error = plan.error();
    if (output.json && error.what.empty()) {
      print(dsl::render_json(error.compiled, *text, file));
      return kFault;
    }
    return complain(error.what.empty()
                        ? dsl::render_text(error.compiled, *text, file, output.colours)
                        : error.what,
                    kFault);
  }
  const auto& protocol = (*plan)->protocol;
  const bool french = protocol.language == Language::french;
  Json results = Json::array();
  int code = kOk;
  if (protocol.examples.empty() && !output.json) {
    print(file + (french ? " : aucun exemple à dérouler.\n" : ": there is no example to run.\n"));
  }
  for (const auto& example : protocol.examples) {
    const auto run = engine::simulate(**plan, example);
    const auto verdict = run.failure ? (french ? "échoue" : "fails") : (french ? "tient" : "holds");
    results.push_back({{"file", file},
                       {"example", example.name},
                       {"holds", !run.failure},
                       {"events", run.events.size()},
                       {"line", run.failure ? example.lines[run.failure->line].line : 0}});
    if (!output.json) {
      print(std::string(french ? "exemple " : "example ") +
            quoted(protocol.language, example.title) + (french ? " : " : ": ") +
            painted(verdict, run.failure ? Paint::bad : Paint::good, output.colours) + " (" +
            std::to_string(example.lines.size()) + (french ? " lignes, " : " lines, ") +
            std::to_string(run.events.size()) + (french ? " événements)\n" : " events)\n"));
    }
    if (run.failure) {
      code = kFault;
      if (!output.json) {
        print(failure_words(**plan, run, example, *text));
      }
    }
  }
  if (output.json) {
    print(results.dump(2) + "\n");
  }
  return code;
}

}  // namespace

int run_test(const CheckOptions& options) {
  int worst = kOk;
  for (const auto& file : options.files) {
    worst = std::max(worst, test_one(file, options));
  }
  return worst;
}

}  // namespace protoflow::runtime
