// The language's front door: a text becomes a protocol and messages. Pure: reads no file, no clock,
// writes no log.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

struct Compiled {
  std::optional<model::Protocol> protocol;  // set only when no diagnostic is an error
  std::vector<Diagnostic> diagnostics;      // in the order of the text
  model::Language language = model::Language::french;
};

/// `text` is UTF-8, at most 4 MiB; anything else is one message.
/// A text of another language than the shipped ones is read when `known` has it.
[[nodiscard]] Compiled compile(std::string_view text, std::span<const Lexicon> known = languages());

/// The messages for a terminal; empty when there is none. `text` is what was compiled.
[[nodiscard]] std::string render_text(const Compiled& compiled,
                                      std::string_view text,
                                      std::string_view file_name,
                                      bool colours);

/// The messages as JSON: lines and columns are 1-based, columns in UTF-16 code units.
[[nodiscard]] std::string render_json(const Compiled& compiled,
                                      std::string_view text,
                                      std::string_view file_name);

}  // namespace protoflow::dsl
