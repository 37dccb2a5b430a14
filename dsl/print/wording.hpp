// Small phrases of a protocol in its own language, for pictures and briefs: a duration, a guard, a
// text cut into lines. It formats no source text: that is fmt's work.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// "3 semaines", "5 working days", "1 month".
[[nodiscard]] std::string duration_text(model::Duration duration, model::Language language);

/// A guard or a step condition in the words of the file: `partage est donné et niveau-français <
/// B1`. Empty for the empty condition.
[[nodiscard]] std::string condition_text(const model::Condition& condition,
                                         const model::Protocol& protocol);

/// `text` cut at blanks into lines of at most `columns_max` code points; a longer word has a line
/// of its own.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns_max);

}  // namespace protoflow::dsl
