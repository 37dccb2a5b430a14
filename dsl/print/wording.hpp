// Small phrases of a protocol in its own language, for pictures and briefs: a duration, a guard, a
// text cut into lines. It formats no source text: that is fmt's work.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// "3 semaines", "5 working days", "1 month".
[[nodiscard]] std::string duration_text(model::Duration duration, model::Language language);

/// "toutes les 3 semaines", "chaque mois"; "every 5 working days", "every month".
[[nodiscard]] std::string every_text(model::Duration duration, model::Language language);

/// A guard or a step condition in the words of the file: `partage est donné et niveau-français <
/// B1`. Empty for the empty condition.
[[nodiscard]] std::string condition_text(const model::Condition& condition,
                                         const model::Protocol& protocol);

/// The same in another language or in other words: `atom` says each atom, the words between are of
/// `language`. `negated` asks for the contrary of the atom.
using AtomText = std::function<std::string(const model::ConditionNode& node, bool negated)>;
[[nodiscard]] std::string condition_text(const model::Condition& condition,
                                         model::Language language,
                                         const AtomText& atom);

/// What an information is compared with, as the author wrote it: `B1`, `2026-05-03`, `450.5`.
[[nodiscard]] std::string value_text(const model::Information& information, std::int64_t number);

/// `text` cut at blanks into lines of at most `columns_max` code points; a longer word has a line
/// of its own.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns_max);

}  // namespace protoflow::dsl
