// check: everything that is wrong with a file, for a terminal, an editor or a forge.
#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

#include "dsl/diagnostic/render.hpp"
#include "engine/log/meaning_hash.hpp"
#include "engine/simulate/simulate.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using model::Language;

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number > 1 ? many : one);
}

void print_summary(const std::string& file, const dsl::Compiled& compiled) {
  const auto& protocol = *compiled.protocol;
  const auto count = [&](std::size_t number, std::array<std::string_view, 4> words) {
    return protocol.language == Language::french
               ? counted(number, words[0], words[1])
               : counted(number, words[number == 0 ? 3 : 2], words[3]);
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

int code_of(const dsl::Compiled& compiled) {
  const bool whole = compiled.protocol || compiled.shared;
  return whole && !holds_errors(compiled) ? kOk : kFault;
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

void print_text(const std::string& file, const CompiledFile& read, const CheckOptions& options) {
  const auto& [text, compiled] = read;
  if (!compiled.diagnostics.empty()) {
    print(dsl::render_text(compiled, text, file, options.output.colours));
  } else if (compiled.shared) {
    print(file + std::string(say(compiled.language,
                                 " : rien à redire. Un fichier que des protocoles utilisent.\n",
                                 ": all well. A file for protocols to use.\n")));
  } else {
    print_summary(file, compiled);
  }
  if (options.hash && compiled.protocol) {
    print(std::string(say(compiled.language, "empreinte du sens : ", "meaning hash: ")) +
          engine::meaning_hash(*compiled.protocol) + "\n");
  }
}

// A forge knows files from the folder it checks, which is the present one.
std::string name_for_a_forge(const std::string& file) {
  std::error_code error;
  const auto path = std::filesystem::path(file).lexically_normal();
  const auto here = std::filesystem::current_path(error);
  return (error || path.is_relative() ? path : path.lexically_relative(here)).generic_string();
}

void print_sarif(const std::vector<std::pair<std::string, CompiledFile>>& files) {
  std::vector<std::string> texts, names;
  for (const auto& [name, file] : files) {
    texts.push_back(dsl::joined(file.text, file.compiled.used));
    names.push_back(name_for_a_forge(name));
  }
  std::vector<dsl::Checked> checked;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& compiled = files[i].second.compiled;
    checked.push_back({compiled.diagnostics,
                       {.text = texts[i],
                        .file_name = names[i],
                        .language = compiled.language,
                        .files = compiled.files}});
  }
  print(dsl::render_sarif(checked, PROTOFLOW_VERSION));
}

}  // namespace

int run_check(const CheckOptions& options) {
  const bool json = options.output.json || options.format == "json";
  int worst = kOk;
  std::vector<std::pair<std::string, CompiledFile>> read_files;
  for (const auto& file : options.files) {
    auto read = compile_file(file, reader_language());
    if (!read) {
      worst = std::max(worst, complain(read.error(), kEnvironment));
      continue;
    }
    check_examples(read->text, read->compiled);
    worst = std::max(worst, code_of(read->compiled));
    if (options.format == "sarif") {
      read_files.emplace_back(file, std::move(*read));
    } else if (json) {
      print(dsl::render_json(read->compiled, read->text, file));
    } else {
      print_text(file, *read, options);
    }
  }
  if (options.format == "sarif") {
    print_sarif(read_files);
  }
  return worst;
}

}  // namespace protoflow::runtime
