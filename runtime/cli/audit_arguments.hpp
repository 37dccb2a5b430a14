// The arguments of `replay`, `verify` and `audit`: what an auditor asks of a log.
#pragma once

#include "runtime/cli/cli.hpp"

namespace CLI {
class App;
}

namespace protoflow::runtime {

struct AuditArguments {
  ReplayOptions replay, verify;
  AuditOptions audit;
};

/// `code` is the exit code of the one that runs.
void add_audit_commands(CLI::App& app, AuditArguments& arguments, int& code);

}  // namespace protoflow::runtime
