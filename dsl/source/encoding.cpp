#include "dsl/source/encoding.hpp"

#include <algorithm>
#include <array>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::string_view kMarkUtf8 = "\xEF\xBB\xBF";
constexpr std::string_view kMarkLittle = "\xFF\xFE";
constexpr std::string_view kMarkBig = "\xFE\xFF";

// Windows-1252 from 0x80 to 0x9F; 0 where it has no letter.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::expected<std::string, std::size_t> from_one_byte_letters(std::string_view bytes,
                                                              bool windows) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned byte = byte_at(bytes, at);
    const bool special = byte >= 0x80 && byte < 0xA0;
    const char32_t letter = special && windows ? kWindows[byte - 0x80] : byte;
    if (special && (!windows || letter == 0)) {
      return std::unexpected(at);
    }
    append_utf8(text, letter);
  }
  return text;
}

std::expected<std::string, std::size_t> from_utf16(std::string_view bytes, bool little) {
  const auto unit = [&](std::size_t at) -> char32_t {
    const unsigned first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
    return little ? first | second << 8U : first << 8U | second;
  };
  const bool marked = bytes.starts_with(little ? kMarkLittle : kMarkBig);
  std::string text;
  for (std::size_t at = marked ? 2 : 0; at < bytes.size(); at += 2) {
    if (at + 1 >= bytes.size()) {
      return std::unexpected(at);
    }
    char32_t letter = unit(at);
    const bool high = letter >= 0xD800 && letter < 0xDC00;
    const char32_t low = high && at + 3 < bytes.size() ? unit(at + 2) : 0;
    const bool pair = low >= 0xDC00 && low < 0xE000;
    if (letter >= 0xD800 && letter < 0xE000 && !pair) {
      return std::unexpected(at);
    }
    if (pair) {
      letter = 0x10000 + ((letter - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(text, letter);
  }
  return text;
}

}  // namespace

bool looks_like_utf16(std::string_view bytes) {
  if (bytes.starts_with(kMarkLittle) || bytes.starts_with(kMarkBig)) {
    return true;
  }
  // A text without a mark begins with a letter of ASCII, whose other byte is NUL.
  return bytes.size() >= 4 && bytes.size() % 2 == 0 &&
         ((bytes[0] == '\0' && bytes[2] == '\0' && bytes[1] != '\0' && bytes[3] != '\0') ||
          (bytes[1] == '\0' && bytes[3] == '\0' && bytes[0] != '\0' && bytes[2] != '\0'));
}

Encoding guess_encoding(std::string_view bytes) {
  if (looks_like_utf16(bytes)) {
    const bool big = bytes.starts_with(kMarkBig) || bytes[0] == '\0';
    return big ? Encoding::utf16_big : Encoding::utf16_little;
  }
  if (!first_broken_byte(bytes)) {
    return Encoding::utf8;
  }
  const bool windows = std::ranges::any_of(bytes, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 && byte < 0xA0;
  });
  return windows ? Encoding::windows_1252 : Encoding::latin1;
}

std::expected<std::string, std::size_t> to_utf8(std::string_view bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      if (const auto broken = first_broken_byte(bytes)) {
        return std::unexpected(*broken);
      }
      return std::string(bytes.substr(bytes.starts_with(kMarkUtf8) ? kMarkUtf8.size() : 0));
    case Encoding::latin1:
      return from_one_byte_letters(bytes, false);
    case Encoding::windows_1252:
      return from_one_byte_letters(bytes, true);
    case Encoding::utf16_little:
      return from_utf16(bytes, true);
    case Encoding::utf16_big:
      return from_utf16(bytes, false);
  }
  return std::unexpected(0U);
}

}  // namespace protoflow::dsl
