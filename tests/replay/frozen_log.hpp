// The frozen log: one rich case as records, written with a sealing that gives the same bytes every
// time, and read back by the program's own reader of logs.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/canonical.hpp"
#include "runtime/casebook/reading.hpp"

namespace protoflow::tests {

/// The log as the program writes it today: a deployed protocol, then a case with every kind of
/// turn. `way`: how the meaning was written that its hash is of.
[[nodiscard]] std::vector<std::string> write_log(model::Canonical way);

/// A case that comes over from that protocol to small-path-later.proto-flow.
[[nodiscard]] std::vector<std::string> write_migrated_log();

/// The lines of a file below tests/replay, without line ends.
[[nodiscard]] std::vector<std::string> frozen_lines(std::string_view file);
void freeze(std::string_view file, const std::vector<std::string>& lines);

/// Reads them all; the state of the case as text, or the first fault.
[[nodiscard]] std::expected<std::string, runtime::Fault> read_log(
    const std::vector<std::string>& lines);

}  // namespace protoflow::tests
