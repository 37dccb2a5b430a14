// From an author's text to the plan that the engine decides on: compiled, with its zone read from
// the system and its meaning hashed.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "dsl/compile.hpp"
#include "engine/decide/decide.hpp"

namespace protoflow::runtime {

using PlanRef = std::shared_ptr<const engine::Plan>;

struct PlanError {
  dsl::Compiled compiled;  // its diagnostics, when the text is at fault
  std::string what;        // otherwise one sentence: the zone is unknown, the file is not there …
};

[[nodiscard]] std::expected<PlanRef, PlanError> make_plan(std::string_view text);

/// The whole file; at most 4 MiB. The error is a sentence that names the file and what to do.
[[nodiscard]] std::expected<std::string, std::string> read_text_file(
    const std::filesystem::path& file);

}  // namespace protoflow::runtime
