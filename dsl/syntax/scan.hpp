// The tokens that are the same in every language: numbers, dates, names' letters, quoted texts.
// Pure functions over bytes; each returns the byte after the token or kNotThere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dsl/source/source_text.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// Blanks and, where one starts, a comment up to the end of its line.
[[nodiscard]] std::uint32_t skip_blanks_and_comment(std::string_view text, std::uint32_t at);

/// The first end-of-line character at or after `at`.
[[nodiscard]] std::uint32_t end_of_line(std::string_view text, std::uint32_t at);

[[nodiscard]] std::uint32_t scan_name_letters(std::string_view text, std::uint32_t at);
[[nodiscard]] std::uint32_t scan_number(std::string_view text, std::uint32_t at);
[[nodiscard]] std::uint32_t scan_date(std::string_view text, std::uint32_t at);
[[nodiscard]] std::uint32_t scan_clock(std::string_view text, std::uint32_t at);
[[nodiscard]] std::uint32_t scan_zone(std::string_view text, std::uint32_t at);
[[nodiscard]] std::uint32_t scan_compare(std::string_view text, std::uint32_t at);

inline constexpr std::size_t kQuotedBytesMax =
    16 * 1024;  // of one text; beyond, its end was forgotten

/// A quotation mark that opens a text, and the one that closes it (empty: none opens here).
struct Quote {
  std::uint32_t length = 0;
  std::string_view closing;
};

[[nodiscard]] Quote quote_at(std::string_view text, std::uint32_t at);

/// The byte after the closing mark; kNotThere when there is none, or another text opens first.
[[nodiscard]] std::uint32_t scan_quoted(std::string_view text, std::uint32_t at, Quote quote);

/// True when a straight-quoted text seems to have lost its closing mark: it ends on a line that
/// starts with a word of the language, and the marks of that line are in pairs already, or a word
/// follows at once.
[[nodiscard]] bool swallows_a_line(std::string_view text, Span span, const Lexicon& words);

/// The words of a quoted leaf without its marks; ends of line with the blanks around them read as
/// one blank, and the blanks at both ends are no part of it.
[[nodiscard]] std::string text_inside(std::string_view leaf);

/// The same in composed form: what the text says.
[[nodiscard]] std::string unquoted(std::string_view leaf);

}  // namespace protoflow::dsl
