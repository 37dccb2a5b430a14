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
#include "runtime/protocols/protocol_text.hpp"

namespace protoflow::runtime {

using PlanRef = std::shared_ptr<const engine::Plan>;

struct PlanError {
  dsl::Compiled compiled;  // its diagnostics, when the text is at fault
  std::string what;        // otherwise one sentence: the zone is unknown, the file is not there …
};

/// Of a text without errors. The error is the sentence that the zone is not known here.
[[nodiscard]] std::expected<PlanRef, std::string> plan_of(model::Protocol protocol);

/// Without a shelf, a text that uses other files is at fault.
[[nodiscard]] std::expected<PlanRef, PlanError> make_plan(std::string_view text,
                                                          const dsl::Shelf& shelf = {});
[[nodiscard]] std::expected<PlanRef, PlanError> make_plan(const ProtocolText& text);

/// Of a text that was deployed once: an error that was not looked for then does not stand against
/// it now.
[[nodiscard]] std::expected<PlanRef, PlanError> plan_of_deployed(const ProtocolText& text);

struct CompiledFile {
  std::string text;
  dsl::Compiled compiled;  // with its messages, and what the file uses
};

/// A file, with what it uses out of its folder. The error is a sentence: it could not be read.
/// A text of which nothing tells the language is read in `otherwise`.
[[nodiscard]] std::expected<CompiledFile, std::string> compile_file(
    const std::filesystem::path& file, model::Language otherwise = model::Language::french);

/// The file and all it uses. The error is a sentence, or the messages that say why the protocol
/// does not hold. What was sound before a question was asked is read: it may be deployed already.
[[nodiscard]] std::expected<ProtocolText, std::string> read_protocol_file(
    const std::filesystem::path& file);

/// The whole file; at most 4 MiB. The error is a sentence that names the file and what to do.
[[nodiscard]] std::expected<std::string, std::string> read_text_file(
    const std::filesystem::path& file);

}  // namespace protoflow::runtime
