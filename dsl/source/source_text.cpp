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

std::uint32_t SourceText::line_count() const {
  build_lines();
  return static_cast<std::uint32_t>(line_starts_.size());
}

std::uint32_t SourceText::line_of(std::uint32_t at) const {
  build_lines();
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

Position SourceText::position_of(std::uint32_t at) const {
  const std::uint32_t line = line_of(at);
  std::uint32_t column = 1;
  for (std::size_t byte = line_starts_[line - 1]; byte < at;) {
    const CodePoint next = decode(text_, byte);
    if (next.length == 0) {
      break;
    }
    const bool byte_order_mark = next.value == U'\uFEFF' && byte == 0;
    column += byte_order_mark ? 0U : (next.value > 0xFFFF ? 2U : 1U);
    byte += next.length;
  }
  return {line, column};
}

Span SourceText::line_span(std::uint32_t line) const {
  build_lines();
  const std::uint32_t begin = line_starts_[line - 1];
  std::uint32_t end = line < line_starts_.size() ? line_starts_[line] - 1
                                                 : static_cast<std::uint32_t>(text_.size());
  if (end > begin && text_[end - 1] == '\r') {
    --end;
  }
  return {begin, end};
}

}  // namespace protoflow::dsl
