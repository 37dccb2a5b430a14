// A message to the author as data: which, where, about what. Words and colours come later
// (render_text, render_json). Codes are listed once in diagnostics.def and never change their
// meaning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source/source_text.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

enum class Severity : std::uint8_t { error, warning };

enum class Code : std::uint16_t {
#define PF_DIAGNOSTIC(name, code, severity, ...) name,
#include "dsl/diagnostic/diagnostics.def"
#undef PF_DIAGNOSTIC
  count,
};

/// The sentences of one message in one language; `{0}` … `{9}` stand for the parameters, `{F}` for
/// the file's name in a command.
struct Wording {
  std::string_view what;    // what is wrong, in the author's words
  std::string_view second;  // what the second place has to do with it; may be empty
  std::string_view why;     // why it matters to a beneficiary or a partner
  std::string_view remedy;  // what to write instead
};

struct Entry {
  std::string_view code;  // "PF201"
  Severity severity;
  Wording french, english;
};

[[nodiscard]] const Entry& entry(Code code);

struct Diagnostic {
  Code code{};
  Span span;
  std::optional<Span> second;
  std::vector<std::string> parameters;
  std::string suggestion;  // the words to write instead of those under `span`; may be empty
};

/// Past these a file is another file: only so many warnings are kept, then only so many messages.
inline constexpr std::size_t kWarningsMax = 500;
inline constexpr std::size_t kDiagnosticsMax = 1000;

/// Adds a message unless there are too many. A file with an error keeps at least one.
void add(std::vector<Diagnostic>& diagnostics, Diagnostic diagnostic);

[[nodiscard]] bool is_error(const Diagnostic& diagnostic);

/// True for an error that the first version did not look for. A protocol that was deployed with it
/// is sound enough to run, and its histories must stay readable for ever.
[[nodiscard]] bool asked_later(Code code);

/// `sentence` with its parameters put in, and the file's name, ready for a command line, for `{F}`.
[[nodiscard]] std::string fill(std::string_view sentence,
                               const std::vector<std::string>& parameters,
                               std::string_view file_name = {});

[[nodiscard]] const Wording& wording(Code code, model::Language language);

}  // namespace protoflow::dsl
