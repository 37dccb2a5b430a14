#include "dsl/format/page.hpp"

#include <algorithm>

#include "dsl/format/format.hpp"
#include "dsl/source/utf8.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

constexpr unsigned kHanging = 4;  // the indent of what goes on

// A text near the limit of its length stays on one line: what the indents add could pass it.
constexpr std::size_t kSplitMax = kQuotedBytesMax * 3 / 4;

unsigned width_of(std::string_view words) {
  unsigned width = 0;
  for (std::size_t at = 0; at < words.size();) {
    const CodePoint next = decode(words, at);
    width += display_width(next.value);
    at += next.length;
  }
  return width;
}

unsigned width_of(std::span<const Written> run) {
  unsigned width = 0;
  for (const Written& one : run) {
    width +=
        width_of(one.words) + width_of(one.opening) + width_of(one.closing) + (one.glued ? 0U : 1U);
  }
  return width;
}

}  // namespace

void Page::add_comment(std::string_view comment, unsigned indent) {
  text_.append(indent, ' ').append(comment) += '\n';
}

void Page::add_line(std::span<const Written> line, unsigned indent) {
  text_.append(indent, ' ');
  column_ = indent;
  fresh_ = true;
  for (std::size_t from = 0; from < line.size();) {
    std::size_t to = from + 1;
    while (to < line.size() && !line[to].may_start && !line[to].must_start) {
      ++to;
    }
    if (from > 0 && line[from].must_start) {
      go_on();
    }
    add_run(line.subspan(from, to - from));
    const Written& last = line[to - 1];
    if (!last.remark.empty()) {
      text_.append("  ").append(last.remark);
    }
    for (const std::string_view remark : last.own_remarks) {
      text_.append("\n").append(kHanging, ' ').append(remark);
    }
    from = to;
  }
  text_ += '\n';
}

void Page::go_on() {
  text_.append("\n").append(kHanging, ' ');
  column_ = kHanging;
  fresh_ = true;
}

void Page::put(std::string_view words, bool glued) {
  if (!fresh_ && !glued) {
    text_ += ' ';
    ++column_;
  }
  text_ += words;
  column_ += width_of(words);
  fresh_ = false;
}

// Pieces between which the line cannot go on: on this line, else on the next one, else across lines
// at the blanks of their texts.
void Page::add_run(std::span<const Written> run) {
  const unsigned width = width_of(run);
  if (!fresh_ && run.front().may_start && column_ + width > kColumnsMax) {
    go_on();
  }
  const bool whole = column_ + width <= kColumnsMax;
  if (whole) {
    for (const Written& one : run) {
      put(std::string(one.opening).append(one.words).append(one.closing), one.glued);
    }
    return;
  }
  bool first = true;
  for (const std::string& chunk : chunks(run)) {
    if (!first && column_ + 1 + width_of(chunk) > kColumnsMax) {
      go_on();
    }
    put(chunk, first && run.front().glued);
    first = false;
  }
}

std::vector<std::string> Page::chunks(std::span<const Written> run) const {
  std::vector<std::string> result(1);
  for (const Written& one : run) {
    if (&one != &run.front() && !one.glued) {
      result.back() += ' ';
    }
    if (one.is_text) {
      split(one, result);
    } else {
      result.back() += one.words;
    }
  }
  return result;
}

void Page::split(const Written& quoted, std::vector<std::string>& chunks) const {
  const std::string_view words = quoted.words;
  std::size_t from = 0;
  chunks.back() += quoted.opening;
  for (std::size_t blank = words.find(' '); words.size() <= kSplitMax && blank != words.npos;
       blank = words.find(' ', blank + 1)) {
    if (may_break(words, blank)) {
      chunks.back() += words.substr(from, blank - from);
      chunks.emplace_back();
      from = blank + 1;
    }
  }
  chunks.back().append(words.substr(from)) += quoted.closing;
}

// A blank beside another one must stay: only the ends of lines read as one blank.
bool Page::may_break(std::string_view words, std::size_t blank) const {
  std::size_t before = blank;
  while (before > 0 && (static_cast<unsigned char>(words[--before]) & 0xC0U) == 0x80U) {
  }
  const char32_t left = decode(words, before).value;
  const char32_t right = decode(words, blank + 1).value;
  if (is_blank(left) || is_blank(right) || left == U'\r' || right == U'\r') {
    return false;
  }
  return std::ranges::none_of(known_, [&](const Lexicon& language) {
    return language.longest(words, blank + 1).starts_line();
  });
}

}  // namespace protoflow::dsl
