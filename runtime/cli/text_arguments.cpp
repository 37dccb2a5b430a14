#include "runtime/cli/text_arguments.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "dsl/syntax/lexicon.hpp"
#include "runtime/cli/terminal.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::array<std::string_view, 5> kTextCommands = {
    "check", "test", "fmt", "explain", "convert"};

void add_texts(CLI::App& app, TextOptions& o, int& code) {
  auto* check =
      app.add_subcommand("check", "Check a protocol: every error and warning, in its own language");
  check->add_option("FILE", o.check.files, "The .proto-flow files")->required();
  check->add_flag("--hash",
                  o.check.hash,
                  "The meaning hash too: layout, comments and examples do not change it");
  add_output(*check, o.check.output);
  check->add_option("--format", o.check.format, "text, json, or sarif for forges")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  check->callback([&] { code = run_check(o.check); });

  auto* convert = app.add_subcommand("convert", "Save as UTF-8 what an old editor saved otherwise");
  convert->add_option("FILE", o.convert.file, "The file; its original is kept beside it")
      ->required();
  convert->add_option("--from", o.convert.from, "How it was saved: auto, latin1 or windows-1252")
      ->check(CLI::IsMember({"auto", "latin1", "windows-1252"}))
      ->capture_default_str();
  convert->add_option("-o,--output", o.convert.to, "A new file to write instead");
  convert->add_flag("--preview", o.convert.preview, "Show what would change, and write nothing");
  convert->callback([&] { code = run_convert(o.convert); });

  auto* explain = app.add_subcommand("explain", "Explain a code of `check`, such as PF301");
  explain->add_option("CODE", o.explain.code, "PF301, pf301 or 301; all codes are listed without");
  explain->add_option("--language", o.explain.language, "fr or en; your system's otherwise")
      ->check(CLI::IsMember({"fr", "en"}));
  explain->add_option("--format", o.explain.format, "text, md or json")
      ->check(CLI::IsMember({"text", "md", "json"}))
      ->capture_default_str();
  explain->callback([&] { code = run_explain(o.explain); });

  auto* test = app.add_subcommand("test", "Run a protocol's examples on the engine");
  test->add_option("FILE", o.test.files, "The .proto-flow files")->required();
  add_output(*test, o.test.output);
  test->callback([&] { code = run_test(o.test); });
}

void add_fmt(CLI::App& app, TextOptions& o, int& code) {
  std::vector<std::string> tags;
  for (const auto& language : dsl::languages()) {
    tags.emplace_back(language.table().tag);
  }
  auto* fmt = app.add_subcommand("fmt", "Give a protocol its one layout, or translate its words");
  fmt->add_option("FILE", o.fmt.files, "The .proto-flow files; - is standard input")->required();
  fmt->add_flag("--check", o.fmt.check, "Change nothing; list the files that would change");
  fmt->add_option("--to", o.fmt.language, "Write the words of the language in French or in English")
      ->check(CLI::IsMember(tags));
  fmt->add_option("-o,--output", o.fmt.to, "Where to write instead; - is standard output");
  o.fmt.output.colours = wants_colours(STDERR_FILENO);
  fmt->callback([&] { code = run_fmt(o.fmt); });
}

}  // namespace

void add_output(CLI::App& app, Output& output) {
  output.colours = wants_colours(STDOUT_FILENO);
  app.add_flag("--json", output.json, "Write JSON, for programs");
}

void add_text_commands(CLI::App& app, TextOptions& options, int& code) {
  add_texts(app, options, code);
  add_fmt(app, options, code);
}

bool is_text_command(std::string_view word) {
  return std::ranges::find(kTextCommands, word) != kTextCommands.end();
}

int run_text_command(int count, char** arguments) {
  CLI::App app{"", "protoflow"};
  app.footer(kExitCodes);
  TextOptions options;
  int code = kOk;
  add_text_commands(app, options, code);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  return code;
}

}  // namespace protoflow::runtime
