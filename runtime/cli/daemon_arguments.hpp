// The arguments of `serve`, `config` and `backup`: what the operator says of the daemon itself, by
// options, in a file, or in the environment.
#pragma once

#include <string>

#include "runtime/cli/cli.hpp"

namespace CLI {
class App;
}

namespace protoflow::runtime {

struct DaemonArguments {
  ServeOptions serve;
  std::string listen, clock;
  std::string config_faults;  // every mistake of the file that --config names
  ConfigOptions config;
  BackupOptions backup;
};

/// `code` is the exit code of the one that runs.
void add_daemon_commands(CLI::App& app, DaemonArguments& arguments, int& code);

}  // namespace protoflow::runtime
