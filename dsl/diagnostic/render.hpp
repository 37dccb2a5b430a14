// Messages as a reader sees them: for a terminal, or as JSON for editors. Each in the language of
// the file in which it stands.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"

namespace protoflow::dsl {

struct Rendering {
  std::string_view text;       // the author's whole text
  std::string_view file_name;  // as the reader knows it
  model::Language language = model::Language::french;
  bool colours = false;                // ANSI escapes; text form only
  std::vector<SourceFile> files = {};  // when the text is several; `file_name` is the first's
};

/// The name of the file that holds byte `at`, as the reader knows it, and its language.
struct FileName {
  std::string name;
  model::Language language;
};

[[nodiscard]] FileName file_name_at(const Rendering& rendering,
                                    const SourceText& source,
                                    std::uint32_t at);

/// The sentences of one message, in the language of its file.
struct Sentences {
  std::string what, second, why, remedy;
};

[[nodiscard]] Sentences sentences(const Diagnostic& diagnostic,
                                  const SourceText& source,
                                  const Rendering& rendering);

/// Each message, errors first: place, what is wrong, the source line underlined, the second place,
/// why it matters, what to write instead; a last line counts them. Empty when there is none.
[[nodiscard]] std::string render_text(std::span<const Diagnostic> diagnostics,
                                      const Rendering& rendering);

/// `{"file", "language", "diagnostics": [{"code", "severity", "message", "range", …}]}`. Lines and
/// columns are 1-based, columns in UTF-16 code units; the end is exclusive.
[[nodiscard]] std::string render_json(std::span<const Diagnostic> diagnostics,
                                      const Rendering& rendering);

struct Checked {
  std::span<const Diagnostic> diagnostics;
  Rendering rendering;
};

/// One SARIF 2.1.0 log of all files, with the explanation of each code that occurs, in the language
/// of the first file. Columns are UTF-16 code units. `version` is protoflow's own.
[[nodiscard]] std::string render_sarif(std::span<const Checked> checked, std::string_view version);

}  // namespace protoflow::dsl
