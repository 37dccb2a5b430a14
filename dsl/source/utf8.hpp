// UTF-8 as the language needs it: code points, blanks, letters, composed form. Knows nothing of
// keywords.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace protoflow::dsl {

/// One code point and how many bytes it took. `length` is 0 at the end of the text.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 0;
};

/// As `decode`, for what is not ASCII.
[[nodiscard]] CodePoint decode_wide(std::string_view text, std::size_t at);

/// The code point at byte `at`; a broken sequence reads as U+FFFD of one byte.
[[nodiscard]] inline CodePoint decode(std::string_view text, std::size_t at) {
  const bool narrow = at < text.size() && static_cast<unsigned char>(text[at]) < 0x80;
  return narrow ? CodePoint{static_cast<unsigned char>(text[at]), 1} : decode_wide(text, at);
}

/// The end of the run of ASCII at `at`.
[[nodiscard]] std::size_t skip_ascii(std::string_view text, std::size_t at);

/// The byte where the text stops being UTF-8, if it does (RFC 3629: no surrogates, no overlong
/// forms).
[[nodiscard]] std::optional<std::size_t> first_broken_byte(std::string_view text);

void append_utf8(std::string& out, char32_t value);

/// Space, tab, and the no-break and thin spaces that word processors leave; never an end of line.
[[nodiscard]] constexpr bool is_blank(char32_t value) {
  return value == U' ' || value == U'\t' ||
         (value >= 0x80 &&
          (value == U'\u00A0' || value == U'\u202F' || value == U'\u2009' || value == U'\uFEFF'));
}

[[nodiscard]] constexpr bool is_ascii_letter(char32_t value) {
  return (value | 0x20U) >= U'a' && (value | 0x20U) <= U'z';
}

/// As `is_letter` and `is_name_character`, for what is not ASCII.
[[nodiscard]] bool is_wide_letter(char32_t value);
[[nodiscard]] bool is_wide_name_character(char32_t value);

/// A letter of any script: what a name starts with.
[[nodiscard]] inline bool is_letter(char32_t value) {
  return value < 0x80 ? is_ascii_letter(value) : is_wide_letter(value);
}

/// What a name goes on with: letters, digits, combining marks, `-`, `_`.
[[nodiscard]] inline bool is_name_character(char32_t value) {
  return value < 0x80 ? is_ascii_letter(value) || (value >= U'0' && value <= U'9') ||
                            value == U'-' || value == U'_'
                      : is_wide_name_character(value);
}

/// A mark that joins the letter before it.
[[nodiscard]] bool is_combining_mark(char32_t value);

/// The letter without its accent (`é` -> `e`); any other code point is returned as it is.
[[nodiscard]] char32_t without_accent(char32_t value);

/// Canonical composition (NFC); text that is composed already is copied.
[[nodiscard]] std::string composed(std::string_view text);

/// The end of the run of blanks at `at`.
[[nodiscard]] inline std::size_t skip_blanks(std::string_view text, std::size_t at) {
  for (CodePoint next = decode(text, at); is_blank(next.value); next = decode(text, at)) {
    at += next.length;
  }
  return at;
}

/// Columns of a terminal that a code point takes: 0 for combining marks, 2 for wide ones.
[[nodiscard]] unsigned display_width(char32_t value);

}  // namespace protoflow::dsl
