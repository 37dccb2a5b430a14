// The commands on a text alone: `check`, `test`, `fmt`, `explain`, `convert`. An editor runs them
// on every save, so they live in a program of their own that loads no library of the network, the
// store or the drawings.
#pragma once

#include <string_view>

#include "runtime/cli/cli.hpp"

namespace CLI {
class App;
}

namespace protoflow::runtime {

struct TextOptions {
  CheckOptions check, test;
  ExplainOptions explain;
  ConvertOptions convert;
  FmtOptions fmt;
};

/// The last lines of every help.
inline constexpr const char* kExitCodes =
    "Exit codes: 0 all well, 1 something is wrong with what was looked at, 2 wrong arguments,\n"
    "3 it could not run (no such file, no daemon, a port in use).";

/// `--json`, and colours where the terminal takes them.
void add_output(CLI::App& app, Output& output);

/// `code` is the exit code of the one that runs.
void add_text_commands(CLI::App& app, TextOptions& options, int& code);

[[nodiscard]] bool is_text_command(std::string_view word);

/// The program's arguments, the first of which is a text command; the exit code.
[[nodiscard]] int run_text_command(int count, char** arguments);

}  // namespace protoflow::runtime
