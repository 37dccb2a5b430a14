#include "runtime/graph/text_width.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace protoflow::runtime {
namespace {

// Thousandths of the font size, from U+0020 to U+007E.
constexpr std::array<std::uint16_t, 95> kAscii = {
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  // blank to /
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ to O
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P to _
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` to o
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};      // p to ~

constexpr double kBold = 1.07;
constexpr double kRoom = 1.04;

/// Letters beyond ASCII: accents cost nothing, the scripts of East Asia are a full square, the rest
/// is as wide as an `o` or an `O`.
double beyond_ascii(char32_t code_point) {
  const bool combining = code_point >= 0x300 && code_point < 0x370;
  const bool narrow =
      code_point == 0x00A0 || code_point == 0x202F || code_point == 0x2019 || code_point == 0x00B7;
  const bool capital = code_point >= 0x00C0 && code_point <= 0x00DE;
  if (combining) {
    return 0;
  }
  if (narrow) {
    return 278;
  }
  if (code_point >= 0x1100) {
    return code_point >= 0x2E80 ? 1000 : 700;
  }
  return capital ? 700 : 556;
}

/// The letter at the front of `text`, which loses it. A letter that is cut short is read as far as
/// it goes.
char32_t next_letter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t letter = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  text.remove_prefix(1);
  for (std::size_t rest = length - 1; rest > 0 && !text.empty(); --rest) {
    letter = (letter << 6U) | (static_cast<unsigned char>(text.front()) & 0x3FU);
    text.remove_prefix(1);
  }
  return letter;
}

double thousandths_of(char32_t letter) {
  if (letter >= 0x80) {
    return beyond_ascii(letter);
  }
  return letter >= 0x20 && letter < 0x7F ? kAscii[letter - 0x20] : 0;
}

}  // namespace

double text_width(std::string_view text, double font_size, bool bold) {
  double thousandths = 0;
  while (!text.empty()) {
    thousandths += thousandths_of(next_letter(text));
  }
  return thousandths / 1000 * font_size * kRoom * (bold ? kBold : 1);
}

}  // namespace protoflow::runtime
