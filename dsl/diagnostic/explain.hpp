// What `protoflow explain CODE` and docs/messages*.md say of each code: one list, in
// dsl/diagnostic/explained/, an entry for each code and language. Knows nothing of a file that was
// checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/diagnostic/diagnostic.hpp"

namespace protoflow::dsl {

struct Explanation {
  Code code{};
  std::string_view title;         // what is wrong, in general
  std::string_view meaning;       // when it is said, and what to think of
  std::string_view wrong, right;  // lines of a protocol; empty where no few lines could show it
};

/// Nothing only for a code whose entry is missing, which a test refuses.
[[nodiscard]] std::optional<Explanation> explanation(Code code, model::Language language);

/// The code that was written `PF301`, `pf301` or `301`.
[[nodiscard]] std::optional<Code> find_code(std::string_view written);

/// The existing code nearest to one that does not exist, or an empty text.
[[nodiscard]] std::string nearest_code(std::string_view written);

enum class ExplainForm : std::uint8_t { text, markdown, json };

/// One code, whole. Text is for a terminal of 80 columns.
[[nodiscard]] std::string explain(Code code, model::Language language, ExplainForm form);

/// All codes by family, one line each.
[[nodiscard]] std::string list_codes(model::Language language, ExplainForm form);

/// docs/messages.md and docs/messages.fr.md: every code, whole, by family.
[[nodiscard]] std::string messages_page(model::Language language);

}  // namespace protoflow::dsl
