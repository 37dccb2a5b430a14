// Names made from titles: "Mission locale d'Arles" is mission-locale-d-arles. Private to dsl/start.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// At most `letters_max` code points of `text` that an author may write between quotes on one line:
/// blanks as one blank, no control characters, straight quotation marks as curved ones.
[[nodiscard]] std::string safe_text(std::string_view text, std::size_t letters_max);

/// A name of the language: small letters, digits and hyphens, no word of `language`, and not to be
/// taken for one of `taken`. `fallback` where the title gives no letter to begin with.
[[nodiscard]] std::string name_from(std::string_view title,
                                    std::string_view fallback,
                                    model::Language language,
                                    const std::vector<std::string>& taken);

}  // namespace protoflow::dsl
