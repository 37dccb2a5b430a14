// How a text was saved, when it is not UTF-8: what old editors and Windows do, and the way back.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace protoflow::dsl {

enum class Encoding : std::uint8_t { utf8, latin1, windows_1252, utf16_little, utf16_big };

/// By a byte-order mark, by NUL bytes where UTF-16 has them, by bytes that only Windows-1252 uses;
/// Latin-1 otherwise.
[[nodiscard]] Encoding guess_encoding(std::string_view bytes);

/// True for a text in UTF-16, with a byte-order mark or without.
[[nodiscard]] bool looks_like_utf16(std::string_view bytes);

/// The text in UTF-8, without a byte-order mark. The error is the byte that means nothing in that
/// encoding.
[[nodiscard]] std::expected<std::string, std::size_t> to_utf8(std::string_view bytes,
                                                              Encoding encoding);

}  // namespace protoflow::dsl
