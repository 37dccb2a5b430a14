#include "dsl/source/utf8.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <utf8proc.h>

namespace protoflow::dsl {
namespace {

utf8proc_category_t category_of(char32_t value) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(value));
}

}  // namespace

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  std::uint64_t eight = 0;
  for (; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080'8080'8080'8080U) != 0) {
      break;
    }
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
    ++at;
  }
  return at;
}

CodePoint decode_wide(std::string_view text, std::size_t at) {
  if (at >= text.size()) {
    return {};
  }
  utf8proc_int32_t value = 0;
  const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                      static_cast<utf8proc_ssize_t>(text.size() - at),
                                      &value);
  if (taken <= 0) {
    return {U'\uFFFD', 1};
  }
  return {static_cast<char32_t>(value), static_cast<std::uint32_t>(taken)};
}

std::optional<std::size_t> first_broken_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at = skip_ascii(text, at);
      continue;
    }
    utf8proc_int32_t value = 0;
    const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                        static_cast<utf8proc_ssize_t>(text.size() - at),
                                        &value);
    if (taken <= 0) {
      return at;
    }
    at += static_cast<std::size_t>(taken);
  }
  return std::nullopt;
}

void append_utf8(std::string& out, char32_t value) {
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_wide_letter(char32_t value) {
  const auto category = category_of(value);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_wide_name_character(char32_t value) {
  const auto category = category_of(value);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND;
}

bool is_combining_mark(char32_t value) {
  return value >= 0x300 && category_of(value) == UTF8PROC_CATEGORY_MN;
}

char32_t without_accent(char32_t value) {
  if (value < 0xC0) {
    return value;
  }
  utf8proc_int32_t parts[8];
  int last_class = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(value), parts, 8, UTF8PROC_DECOMPOSE, &last_class);
  return count > 1 ? static_cast<char32_t>(parts[0]) : value;
}

std::string composed(std::string_view text) {
  // Everything before U+0300 (0xCC 0x80), where combining marks begin, is composed already.
  const bool surely =
      std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0xCC; });
  if (surely) {
    return std::string(text);
  }
  utf8proc_uint8_t* raw = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()),
                   &raw,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(raw, &std::free);
  if (length < 0) {
    return std::string(text);
  }
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

unsigned display_width(char32_t value) {
  if (value < 0x80) {
    return value < 0x20 ? 0 : 1;
  }
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(value));
  return width < 0 ? 0U : static_cast<unsigned>(width);
}

}  // namespace protoflow::dsl
