#include "dsl/syntax/scan.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"
#include "dsl/syntax/builder.hpp"

namespace protoflow::dsl {
namespace {

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

std::uint32_t skip_digits(std::string_view text, std::uint32_t at) {
  while (is_digit(text, at)) {
    ++at;
  }
  return at;
}

// `9` stands for a digit, any other letter for itself.
bool looks_like(std::string_view text, std::size_t at, std::string_view shape) {
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool same =
        shape[i] == '9' ? is_digit(text, at + i) : at + i < text.size() && text[at + i] == shape[i];
    if (!same) {
      return false;
    }
  }
  const CodePoint after = decode(text, at + shape.size());
  return after.length == 0 || !is_name_character(after.value);
}

std::string_view without_blanks_around(std::string_view text) {
  text.remove_prefix(skip_blanks(text, 0));
  std::size_t end = text.size();
  for (std::size_t at = end; at > 0;) {
    --at;
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) {
      continue;  // inside a letter
    }
    const char32_t last = decode(text, at).value;
    if (!is_blank(last) && last != U'\r') {
      break;
    }
    end = at;
  }
  return text.substr(0, end);
}

bool starts_with_at(std::string_view text, std::size_t at, std::string_view prefix) {
  return text.substr(at).starts_with(prefix);
}

}  // namespace

std::uint32_t skip_blanks_and_comment(std::string_view text, std::uint32_t at) {
  at = static_cast<std::uint32_t>(skip_blanks(text, at));
  return at < text.size() && text[at] == '#' ? end_of_line(text, at) : at;
}

std::uint32_t end_of_line(std::string_view text, std::uint32_t at) {
  const std::size_t found = text.find('\n', at);
  if (found == std::string_view::npos) {
    return static_cast<std::uint32_t>(text.size());
  }
  const bool carriage = found > at && text[found - 1] == '\r';
  return static_cast<std::uint32_t>(carriage ? found - 1 : found);
}

std::uint32_t scan_name_letters(std::string_view text, std::uint32_t at) {
  CodePoint next = decode(text, at);
  if (next.length == 0 || !is_letter(next.value)) {
    return kNotThere;
  }
  while (next.length > 0 && is_name_character(next.value)) {
    at += next.length;
    next = decode(text, at);
  }
  return at;
}

std::uint32_t scan_number(std::string_view text, std::uint32_t at) {
  if (!is_digit(text, at)) {
    return kNotThere;
  }
  std::uint32_t end = skip_digits(text, at);
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text, end + 1)) {
    end = skip_digits(text, end + 1);
  }
  const CodePoint after = decode(text, end);
  return after.length > 0 && is_name_character(after.value) ? kNotThere : end;
}

std::uint32_t scan_date(std::string_view text, std::uint32_t at) {
  return looks_like(text, at, "9999-99-99") ? at + 10 : kNotThere;
}

std::uint32_t scan_clock(std::string_view text, std::uint32_t at) {
  if (looks_like(text, at, "99:99")) {
    return at + 5;
  }
  return looks_like(text, at, "9:99") ? at + 4 : kNotThere;
}

std::uint32_t scan_zone(std::string_view text, std::uint32_t at) {
  std::uint32_t end = at;
  while (end < text.size()) {
    const char letter = text[end];
    const bool part = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      is_digit(text, end) || letter == '/' || letter == '_' || letter == '-' ||
                      letter == '+';
    if (!part) {
      break;
    }
    ++end;
  }
  return end > at && !is_digit(text, at) ? end : kNotThere;
}

std::uint32_t scan_compare(std::string_view text, std::uint32_t at) {
  for (const std::string_view sign : {"<=", ">=", "≤", "≥", "<", ">", "="}) {
    if (at < text.size() && starts_with_at(text, at, sign)) {
      return at + static_cast<std::uint32_t>(sign.size());
    }
  }
  return kNotThere;
}

Quote quote_at(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) {
    return {};
  }
  if (text[at] == '"') {
    return {1, "\""};
  }
  if (starts_with_at(text, at, "«")) {
    return {2, "»"};
  }
  if (starts_with_at(text, at, "“")) {
    return {3, "”"};
  }
  return {};
}

std::uint32_t scan_quoted(std::string_view text, std::uint32_t at, Quote quote) {
  const std::size_t inside = at + quote.length;
  const std::string_view near = text.substr(0, std::min(text.size(), inside + kQuotedBytesMax));
  const std::size_t closing = near.find(quote.closing, inside);
  if (closing == std::string_view::npos) {
    return kNotThere;
  }
  const std::string_view opening = text.substr(at, quote.length);
  const bool reopened =
      opening != quote.closing && text.substr(inside, closing - inside).contains(opening);
  return reopened ? kNotThere : static_cast<std::uint32_t>(closing + quote.closing.size());
}

bool swallows_a_line(std::string_view text, Span span, const Lexicon& words) {
  const std::string_view inside = text.substr(span.begin, span.end - span.begin);
  const std::size_t last_line = inside.rfind('\n');
  if (!inside.starts_with('"') || last_line == std::string_view::npos) {
    return false;
  }
  const auto line = static_cast<std::uint32_t>(span.begin + last_line + 1);
  const WordMatch word = words.longest(text, skip_blanks(text, line));
  const bool starts_like_a_line = word.has(Part::declaration) || word.has(Part::clause);
  const std::string_view whole = text.substr(line, end_of_line(text, line) - line);
  const bool in_pairs = std::count(whole.begin(), whole.end(), '"') % 2 == 0;
  return starts_like_a_line && (in_pairs || is_name_character(decode(text, span.end).value));
}

std::string text_inside(std::string_view leaf) {
  const Quote quote = quote_at(leaf, 0);
  if (quote.closing.empty() || leaf.size() < quote.length + quote.closing.size()) {
    return std::string(leaf);
  }
  leaf = leaf.substr(quote.length, leaf.size() - quote.length - quote.closing.size());
  if (!leaf.contains('\n')) {
    return std::string(without_blanks_around(leaf));
  }
  std::string result;
  for (std::size_t at = skip_blanks(leaf, 0); at < leaf.size();) {
    std::size_t next = at;
    bool ended_line = false;
    for (CodePoint here = decode(leaf, next);
         here.length > 0 && (is_blank(here.value) || here.value == U'\n' || here.value == U'\r');
         here = decode(leaf, next)) {
      ended_line = ended_line || here.value == U'\n';
      next += here.length;
    }
    if (next >= leaf.size()) {
      break;
    }
    const bool inside = !result.empty() || !ended_line;
    result.append(!inside ? "" : ended_line ? std::string_view(" ") : leaf.substr(at, next - at));
    // What may be a blank starts with one of these bytes; everything up to the next is copied as it
    // is, the first letter in any case.
    const std::size_t word = next + decode(leaf, next).length;
    at = std::min(leaf.find_first_of(" \t\r\n\xC2\xE2\xEF", word), leaf.size());
    result.append(leaf.substr(next, at - next));
  }
  return result;
}

std::string unquoted(std::string_view leaf) {
  return composed(text_inside(leaf));
}

}  // namespace protoflow::dsl
