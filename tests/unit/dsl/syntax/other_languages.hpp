// Spanish and Arabic, which are not shipped, each one table and nothing else: what the tests hold
// "one table a language" to. Their authors get their messages in English.
#pragma once

#include <span>

#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// French, English, Spanish, Arabic.
[[nodiscard]] std::span<const Lexicon> all_languages();

}  // namespace protoflow::dsl
