// The language's front door: a text, and the files it uses, become a protocol and messages. Pure:
// reads no file itself, no clock, writes no log.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/files/calendars.hpp"
#include "dsl/files/gather.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

struct Compiled {
  std::optional<model::Protocol> protocol;    // set only when no diagnostic is an error
  std::optional<model::Protocol> once_sound;  // instead, when every error is one asked later
  std::vector<Diagnostic> diagnostics;        // in the order of the text
  model::Language language = model::Language::french;
  bool shared = false;  // a file for others to use: no protocol, and nothing wrong in that
  std::vector<SourceFile> files;  // places of the messages; empty: all are in the one text
  std::vector<UsedText> used;     // what the text uses, as it was read
  std::vector<UsedCalendar> calendars;
};

/// `text` is UTF-8, at most 4 MiB with all it uses; anything else is one message. Without a shelf,
/// using another file is a mistake. A text of another language than the shipped ones is read when
/// `known` has it.
[[nodiscard]] Compiled compile(std::string_view text,
                               const Shelf& shelf = {},
                               std::span<const Lexicon> known = languages());

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
