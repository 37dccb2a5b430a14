// One layout for every text: what `protoflow fmt` writes, in the author's language or translated
// into another one. Reads the tree only by its kinds, so a new line of the language needs nothing
// here. Names and texts are the author's and stay.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// Why a text was left as it is: a line of it could not be read, or a name is in the way.
struct NotFormatted {
  std::vector<Diagnostic> diagnostics;
  model::Language language = model::Language::french;  // of the messages
};

inline constexpr unsigned kColumnsMax = 120;  // where lists and texts go on on the next line

/// The same protocol in the one layout, its words spelled in full. Comments stay where they are.
[[nodiscard]] std::expected<std::string, NotFormatted> format(
    std::string_view text, std::span<const Lexicon> known = languages());

/// The same with the words of the language `to`, one of `known`; back again gives `format` of the
/// first text.
[[nodiscard]] std::expected<std::string, NotFormatted> translate(
    std::string_view text, const Lexicon& to, std::span<const Lexicon> known = languages());

}  // namespace protoflow::dsl
