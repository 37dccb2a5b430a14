#include "runtime/words/plain_text.hpp"

#include <algorithm>
#include <array>

#include "dsl/source/utf8.hpp"

namespace protoflow::runtime {

namespace {

constexpr char32_t kBroken = 0xFFFD;

struct Range {
  char32_t first, last;
};

// C0 and C1 controls; soft hyphen; zero widths and marks of direction; line and paragraph
// separators; embeddings, overrides and isolates; the byte order mark; tags.
constexpr auto kUnseen = std::to_array<Range>({{0x00, 0x1F},
                                               {0x7F, 0x9F},
                                               {0xAD, 0xAD},
                                               {0x61C, 0x61C},
                                               {0x200B, 0x200F},
                                               {0x2028, 0x202E},
                                               {0x2060, 0x206F},
                                               {0xFEFF, 0xFEFF},
                                               {0xE0000, 0xE007F}});

}  // namespace

bool is_plain_line(std::string_view text) {
  return !dsl::first_broken_byte(text) && as_plain_line(text) == text;
}

std::string as_plain_line(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = dsl::decode(text, at);
    const bool is_seen = std::ranges::none_of(kUnseen, [&](const Range& range) {
      return range.first <= next.value && next.value <= range.last;
    });
    if (is_seen && next.value != kBroken) {
      plain += text.substr(at, next.length);
    } else {
      plain += ' ';
    }
    at += next.length;
  }
  return plain;
}

}  // namespace protoflow::runtime
