// What the author wrote in another language than the file's: titles, for a reader of that language.
#pragma once

#include <string>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl::document {

/// The text in that language (BCP 47, with or without a region), or null.
[[nodiscard]] const std::string* translation_in(
    model::Language language, const std::vector<model::Translation>& translations);

/// The protocol as a reader of `language` is shown it: each title in that language where there is
/// one, otherwise as it stands. For what is drawn, not for what is run.
[[nodiscard]] model::Protocol in_language(model::Protocol protocol, model::Language language);

}  // namespace protoflow::dsl::document
