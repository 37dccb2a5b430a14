#include "dsl/source/source_text.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {

void SourceText::build_lines() const {
  if (!line_starts_.empty()) {
    return;
  }
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string_view::npos;
       at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

const SourceFile* SourceText::file_of(std::uint32_t at) const {
  const auto after = std::upper_bound(
      files_.begin(), files_.end(), at, [](std::uint32_t byte, const SourceFile& file) {
        return byte < file.begin;
      });
  return after == files_.begin() ? nullptr : &*std::prev(after);
}

std::uint32_t SourceText::line_count() const {
  build_lines();
  return static_cast<std::uint32_t>(line_starts_.size());
}

// The place in line_starts_ of the line that holds `at`.
std::size_t SourceText::line_index(std::uint32_t at) const {
  build_lines();
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  return static_cast<std::size_t>(after - line_starts_.begin()) - 1;
}

std::uint32_t SourceText::line_of(std::uint32_t at) const {
  const SourceFile* file = file_of(at);
  const std::size_t before = file == nullptr ? 0 : line_index(file->begin);
  return static_cast<std::uint32_t>(line_index(at) - before + 1);
}

Position SourceText::position_of(std::uint32_t at) const {
  const SourceFile* file = file_of(at);
  const std::uint32_t first = file == nullptr ? 0 : file->begin;
  const std::uint32_t line = line_around(at).begin;
  // A long line with many places is read once: they are asked for from left to right.
  const bool further = counted_.line == line && counted_.byte <= at && counted_.column > 0;
  Counted here = further ? counted_ : Counted{.line = line, .byte = line, .column = 1};
  while (here.byte < at) {
    const CodePoint next = decode(text_, here.byte);
    if (next.length == 0) {
      break;
    }
    const bool byte_order_mark = next.value == U'\uFEFF' && here.byte == first;
    here.column += byte_order_mark ? 0U : (next.value > 0xFFFF ? 2U : 1U);
    here.byte += next.length;
  }
  counted_ = here;
  return {line_of(at), here.column};
}

Span SourceText::line_around(std::uint32_t at) const {
  const std::size_t index = line_index(at);
  const std::uint32_t begin = line_starts_[index];
  std::uint32_t end = index + 1 < line_starts_.size() ? line_starts_[index + 1] - 1
                                                      : static_cast<std::uint32_t>(text_.size());
  if (end > begin && text_[end - 1] == '\r') {
    --end;
  }
  return {begin, end};
}

}  // namespace protoflow::dsl
