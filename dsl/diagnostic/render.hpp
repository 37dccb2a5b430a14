// Messages as a reader sees them: for a terminal, or as JSON for editors. In the language of the
// file.
#pragma once

#include <span>
#include <string>

#include "dsl/diagnostic/diagnostic.hpp"

namespace protoflow::dsl {

struct Rendering {
  std::string_view text;       // the author's whole text
  std::string_view file_name;  // as the reader knows it
  model::Language language = model::Language::french;
  bool colours = false;  // ANSI escapes; text form only
};

/// Each message: place, what is wrong, the source line underlined, the second place, why it
/// matters, what to write instead; a last line counts them. Empty when there is none.
[[nodiscard]] std::string render_text(std::span<const Diagnostic> diagnostics,
                                      const Rendering& rendering);

/// `{"file", "language", "diagnostics": [{"code", "severity", "message", "range", …}]}`. Lines and
/// columns are 1-based, columns in UTF-16 code units; the end is exclusive.
[[nodiscard]] std::string render_json(std::span<const Diagnostic> diagnostics,
                                      const Rendering& rendering);

}  // namespace protoflow::dsl
