#include "dsl/syntax/builder.hpp"

#include "dsl/source/utf8.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {

Builder::Builder(std::string_view text, const Lexicon& own, std::span<const Lexicon> known)
    : text_(text), own_(own), known_(known) {
  nodes_.reserve(text.size() / 6 + 16);
}

Builder::Mark Builder::mark() const {
  return {nodes_.size(), diagnostics_.size(), last_begin_, last_end_, last_connects_, broken_};
}

void Builder::rewind(const Mark& mark) {
  nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(mark.nodes), nodes_.end());
  if (diagnostics_.size() > mark.diagnostics) {
    diagnostics_.resize(mark.diagnostics);
  }
  if (last_end_ != mark.last_end || last_connects_ != mark.last_connects) {
    gap_from_ = kNotThere;
  }
  last_begin_ = mark.last_begin;
  last_end_ = mark.last_end;
  last_connects_ = mark.last_connects;
  broken_ = mark.broken;
}

NodeIndex Builder::open(NodeKind kind, Keyword word) {
  nodes_.push_back({kind, word, last_end_, last_end_, 1});
  return static_cast<NodeIndex>(nodes_.size() - 1);
}

void Builder::close(NodeIndex node) {
  Node& closed = nodes_[node];
  closed.size = static_cast<std::uint32_t>(nodes_.size()) - node;
  if (closed.size > 1) {
    closed.begin = nodes_[node + 1].begin;
    closed.end = last_end_;
  }
}

void Builder::push_leaf(NodeKind kind, Keyword word, Span span) {
  nodes_.push_back({kind, word, span.begin, span.end, 1});
  last_begin_ = span.begin;
  last_end_ = span.end;
  const bool comma = kind == NodeKind::punctuation && text_[span.begin] == ',';
  last_connects_ = comma || (kind == NodeKind::keyword && connects(word));
}

bool Builder::at_end_of_line(std::uint32_t at) const {
  return at >= text_.size() || text_[at] == '\n' ||
         (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n');
}

// The first token at or after `at`, over blanks, comments and ends of line.
std::uint32_t Builder::skip_lines_to_token(std::uint32_t at) const {
  while (true) {
    at = skip_blanks_and_comment(text_, at);
    if (at >= text_.size() || !at_end_of_line(at)) {
      return at;
    }
    at += text_[at] == '\r' ? 2 : 1;
  }
}

bool Builder::next_line_connects(std::uint32_t line_end) {
  const std::uint32_t next = skip_lines_to_token(line_end);
  if (next >= text_.size()) {
    return false;
  }
  if (text_[next] == ',') {
    return true;
  }
  const WordMatch& word = word_at(next);
  for (std::uint8_t i = 0; i < word.count; ++i) {
    if (connects(word.keywords[i])) {
      return true;
    }
  }
  return false;
}

std::uint32_t Builder::find_gap_end(std::uint32_t at) {
  const std::uint32_t end = skip_blanks_and_comment(text_, at);
  if (end >= text_.size() || !at_end_of_line(end)) {
    return end;
  }
  return last_connects_ || next_line_connects(end) ? skip_lines_to_token(end) : end;
}

std::uint32_t Builder::skip_gap(std::uint32_t at) {
  if (gap_from_ != at) {
    gap_end_ = find_gap_end(at);
    gap_from_ = at;
  }
  return gap_end_;
}

const WordMatch& Builder::word_at(std::uint32_t at) {
  ReadWord& read = words_[at % words_.size()];
  if (read.from != at) {
    read = {at, own_.longest(text_, at)};
  }
  return read.word;
}

bool Builder::is_at_word(Keyword keyword, std::uint32_t at) {
  if (broken_) {
    return false;
  }
  if (const std::uint32_t begin = skip_gap(at); tried_at_ != begin) {
    tried_at_ = begin;
    tried_.reset();
  }
  tried_.set(static_cast<std::size_t>(keyword));
  return word_at(tried_at_).has(keyword);
}

std::uint32_t Builder::take_word(Keyword keyword, std::uint32_t at) {
  if (!is_at_word(keyword, at)) {
    return kNotThere;
  }
  const std::uint32_t begin = skip_gap(at);
  const std::uint32_t end = word_at(begin).end;
  push_leaf(NodeKind::keyword, keyword, {begin, end});
  return end;
}

std::uint32_t Builder::take_mark(char mark, std::uint32_t at) {
  const std::uint32_t begin = skip_gap(at);
  if (broken_ || begin >= text_.size() || text_[begin] != mark) {
    return kNotThere;
  }
  push_leaf(NodeKind::punctuation, Keyword::none, {begin, begin + 1});
  return begin + 1;
}

std::uint32_t Builder::take(NodeKind kind, std::uint32_t at) {
  if (broken_) {
    return kNotThere;
  }
  const std::uint32_t begin = skip_gap(at);
  const std::uint32_t end = scan(kind, begin);
  if (end != kNotThere) {
    push_leaf(kind, Keyword::none, {begin, end});
  }
  return end;
}

std::uint32_t Builder::scan(NodeKind kind, std::uint32_t at) {
  switch (static_cast<int>(kind)) {
    case static_cast<int>(NodeKind::name):
      return scan_name(at);
    case static_cast<int>(NodeKind::text):
      return scan_text(at);
    case static_cast<int>(NodeKind::number):
      return scan_number(text_, at);
    case static_cast<int>(NodeKind::date):
      return scan_date(text_, at);
    case static_cast<int>(NodeKind::clock):
      return scan_clock(text_, at);
    case static_cast<int>(NodeKind::zone):
      return scan_zone(text_, at);
    case static_cast<int>(NodeKind::tag):
      return scan_name_letters(text_, at);
    default:
      return scan_compare(text_, at);
  }
}

std::uint32_t Builder::scan_name(std::uint32_t at) {
  const std::uint32_t end = scan_name_letters(text_, at);
  if (end == kNotThere) {
    return kNotThere;
  }
  const WordMatch& word = word_at(at);
  bool reserved = false;
  for (std::uint8_t i = 0; i < word.count; ++i) {
    reserved = reserved || part_of(word.keywords[i]) != Part::soft;
  }
  return reserved && word.end >= end ? kNotThere : end;
}

std::uint32_t Builder::scan_text(std::uint32_t at) {
  const Quote quote = quote_at(text_, at);
  if (quote.closing.empty()) {
    return kNotThere;
  }
  const std::uint32_t end = scan_quoted(text_, at, quote);
  if (end != kNotThere && !(quote.closing == "\"" && swallows_a_line(text_, {at, end}, own_))) {
    return end;
  }
  const std::uint32_t line_end = end_of_line(text_, at);
  report({.code = Code::text_not_closed,
          .span = {at, at + quote.length},
          .second = {},
          .parameters = {std::string(quote.closing)},
          .suggestion = {}});
  broken_ = true;
  return line_end;
}

std::uint32_t Builder::take_blank_line(std::uint32_t at) {
  const std::uint32_t end = skip_blanks_and_comment(text_, at);
  const bool nothing_left = at >= text_.size();
  if (nothing_left || !at_end_of_line(end)) {
    return kNotThere;
  }
  return end >= text_.size() ? end : end + (text_[end] == '\r' ? 2 : 1);
}

bool Builder::at_declaration(std::uint32_t at) {
  const auto begin = static_cast<std::uint32_t>(skip_blanks(text_, at));
  const WordMatch& word = word_at(begin);
  return word.has(Part::declaration);
}

// Over the rest of a broken line and the lines it goes on to; a line that starts like one is never
// skipped.
std::uint32_t Builder::skip_broken_line(std::uint32_t at) {
  char last = ' ';
  while (at < text_.size()) {
    const Quote quote = quote_at(text_, at);
    if (!quote.closing.empty()) {
      const std::uint32_t end = scan_quoted(text_, at, quote);
      const bool whole = end != kNotThere && !swallows_a_line(text_, {at, end}, own_);
      at = whole ? end : end_of_line(text_, at);
      last = '"';
      continue;
    }
    if (text_[at] == '#') {
      at = end_of_line(text_, at);
    }
    if (at_end_of_line(at)) {
      const std::uint32_t next = skip_lines_to_token(at);
      const bool goes_on = next < text_.size() && (last == ',' || next_line_connects(at));
      if (!goes_on || own_.longest(text_, next).starts_line()) {
        return at;
      }
      at = next;
      continue;
    }
    const CodePoint here = decode(text_, at);
    last = is_blank(here.value) ? last : text_[at];
    at += here.length;
  }
  return at;
}

std::uint32_t Builder::end_line(std::uint32_t at) {
  const std::uint32_t begin = skip_gap(at);
  if (!broken_ && !at_end_of_line(begin)) {
    const Span span = word_span(begin);
    if (!report_foreign(begin) && !report_longer_unit()) {
      const std::string near = tried_word_near(text_of(span));
      const Rewriting meant = near.empty() ? slip_at(begin) : Rewriting{span, near};
      report({.code = Code::line_goes_on,
              .span = meant.text.empty() ? span : meant.span,
              .second = {},
              .parameters = {std::string(text_of(span))},
              .suggestion = meant.text});
    }
    broken_ = true;
  }
  std::uint32_t end = begin;
  if (broken_) {
    end = skip_broken_line(at);
    const auto rest = static_cast<std::uint32_t>(skip_blanks(text_, at));
    // The leaf is there even when nothing is left, so that the declaration is known to be broken.
    push_leaf(NodeKind::error, Keyword::none, {std::min(rest, end), end});
    broken_ = false;
  }
  last_connects_ = false;
  gap_from_ = kNotThere;
  if (end >= text_.size()) {
    return end;
  }
  return end + (text_[end] == '\r' ? 2 : 1);
}

}  // namespace protoflow::dsl
