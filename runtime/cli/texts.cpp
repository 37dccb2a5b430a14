// check and test: what an author does with a file, without a daemon.
#include <algorithm>
#include <cstdio>
#include <ranges>

#include <nlohmann/json.hpp>

#include "engine/log/meaning_hash.hpp"
#include "engine/simulate/simulate.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/story.hpp"
#include "runtime/protocols/folder_shelf.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;
using model::Language;

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number > 1 ? many : one);
}

void print_summary(const std::string& file, const dsl::Compiled& compiled) {
  const auto& protocol = *compiled.protocol;
  const auto count = [&](std::size_t number, std::array<std::string_view, 4> words) {
    return protocol.language == Language::french ? counted(number, words[0], words[1])
                                                 : counted(number, words[2], words[3]);
  };
  print(file + std::string(say(protocol.language, " : rien à redire. ", ": all well. ")) +
        protocol.title + ", version " + std::to_string(protocol.version) +
        std::string(say(protocol.language, " : ", ": ")) +
        count(protocol.steps.size(), {"étape", "étapes", "step", "steps"}) + ", " +
        count(protocol.roles.size() - 1, {"rôle", "rôles", "role", "roles"}) + ", " +
        count(protocol.partners.size(), {"partenaire", "partenaires", "partner", "partners"}) +
        ", " + count(protocol.examples.size(), {"exemple", "exemples", "example", "examples"}) +
        ".\n");
}

bool holds_errors(const dsl::Compiled& compiled) {
  return std::ranges::any_of(compiled.diagnostics, dsl::is_error);
}

// The words of a line of the text, without the blanks around them.
dsl::Span words_of_line(std::string_view text, std::uint32_t line) {
  const dsl::SourceText source(text);
  const auto bytes = std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(text.size()));
  const auto begin = *std::ranges::partition_point(
      bytes, [&](std::uint32_t at) { return source.line_of(at) < line; });
  const auto words = source_line(text, line);
  const auto first = static_cast<std::uint32_t>(text.find(words, begin));
  return {first, first + static_cast<std::uint32_t>(words.size())};
}

// A message for each example that does not hold, at the line where it stops. A time zone that is
// not known here is told by what runs the protocol.
void check_examples(std::string_view text, dsl::Compiled& compiled) {
  if (!compiled.protocol || compiled.protocol->examples.empty()) {
    return;
  }
  const auto plan = plan_of(*compiled.protocol);
  if (!plan) {
    return;
  }
  for (const auto& example : (*plan)->protocol.examples) {
    const auto run = engine::simulate(**plan, example);
    if (run.failure) {
      dsl::add(compiled.diagnostics,
               {.code = dsl::Code::example_fails,
                .span = words_of_line(text, example.lines[run.failure->line].line),
                .second = {},
                .parameters = {example.name},
                .suggestion = {}});
    }
  }
  std::ranges::stable_sort(
      compiled.diagnostics, {}, [](const dsl::Diagnostic& told) { return told.span.begin; });
}

int check_one(const std::string& file, const CheckOptions& options) {
  const auto& output = options.output;
  auto read = compile_file(file);
  if (!read) {
    return complain(read.error(), kEnvironment);
  }
  auto& [text, compiled] = *read;
  check_examples(text, compiled);
  if (output.json) {
    print(dsl::render_json(compiled, text, file));
  } else if (!compiled.diagnostics.empty()) {
    print(dsl::render_text(compiled, text, file, output.colours));
  } else if (compiled.shared) {
    print(file + std::string(say(compiled.language,
                                 " : rien à redire. Un fichier que des protocoles utilisent.\n",
                                 ": all well. A file for protocols to use.\n")));
  } else {
    print_summary(file, compiled);
  }
  if (options.hash && compiled.protocol && !output.json) {
    print(std::string(say(compiled.language, "empreinte du sens : ", "meaning hash: ")) +
          engine::meaning_hash(*compiled.protocol) + "\n");
  }
  const bool whole = compiled.protocol || compiled.shared;
  return whole && !holds_errors(compiled) ? kOk : kFault;
}

// -- test
// ----------------------------------------------------------------------------------------------------------------

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
    return complain(error.what.empty()
                        ? dsl::render_text(error.compiled, *text, file, output.colours)
                        : error.what,
                    kFault);
  }
  const auto& protocol = (*plan)->protocol;
  const bool french = protocol.language == Language::french;
  Json results = Json::array();
  int code = kOk;
  if (protocol.examples.empty()) {
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

int for_each_file(const CheckOptions& options,
                  int (*run)(const std::string&, const CheckOptions&)) {
  int worst = kOk;
  for (const auto& file : options.files) {
    worst = std::max(worst, run(file, options));
  }
  return worst;
}

}  // namespace

int run_check(const CheckOptions& options) {
  return for_each_file(options, check_one);
}

int run_test(const CheckOptions& options) {
  return for_each_file(options, test_one);
}

}  // namespace protoflow::runtime
