#include "dsl/diagnostic/excerpt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr unsigned kTabWidth = 4;
constexpr std::uint32_t kBytesBefore = 1000;  // of a long line, looked at around a place
constexpr std::uint32_t kBytesAfter = 2000;
constexpr std::size_t kColumnsBefore = 40;  // kept before the place when a line is cut
constexpr std::size_t kMargin = 5;

constexpr std::string_view kIsolate = "\u2068";
constexpr std::string_view kEndOfIsolate = "\u2069";

struct Range {
  char32_t first, last;
};

bool is_in(std::span<const Range> ranges, char32_t value) {
  return std::ranges::any_of(
      ranges, [value](const Range& each) { return value >= each.first && value <= each.last; });
}

bool is_right_to_left(char32_t value) {
  constexpr Range kRanges[] = {
      {0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
  return is_in(kRanges, value);
}

// What changes the order of letters, or takes no room and so hides.
bool is_invisible(char32_t value) {
  constexpr Range kRanges[] = {{0x7F, 0x9F},
                               {0x061C, 0x061C},
                               {0x200B, 0x200B},
                               {0x200E, 0x200F},
                               {0x2028, 0x202E},
                               {0x2060, 0x206F},
                               {0xFEFF, 0xFEFF},
                               {0xFFF9, 0xFFFB}};
  return is_in(kRanges, value);
}

std::optional<std::string> visible_form(char32_t value) {
  if (value < 0x20) {
    std::string sign;
    append_utf8(sign, 0x2400 + value);
    return sign;
  }
  if (is_invisible(value)) {
    std::array<char, 8> digits{};
    const auto end =
        std::to_chars(digits.begin(), digits.end(), static_cast<std::uint32_t>(value), 16);
    std::string name(digits.begin(), end.ptr);
    std::ranges::transform(name, name.begin(), [](char digit) {
      return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    });
    return "‹U+" + std::string(4 - std::min<std::size_t>(4, name.size()), '0') + name + "›";
  }
  return std::nullopt;
}

// One code point as it is shown.
struct Cell {
  std::string shown;
  std::size_t width = 0;
  Span bytes;
  bool right_to_left = false;
};

struct Cells {
  std::vector<Cell> cells;
  bool cut_before = false, cut_after = false;
};

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode(text, at);
    columns += display_width(next.value);
    at += next.length;
  }
  return columns;
}

Cell cell_at(const SourceText& source, std::uint32_t at, std::size_t column) {
  const CodePoint next = decode(source.text(), at);
  Cell cell{.shown = std::string(source.text().substr(at, next.length)),
            .width = display_width(next.value),
            .bytes = {at, at + next.length},
            .right_to_left = is_right_to_left(next.value)};
  if (next.value == U'\t') {
    cell.width = kTabWidth - column % kTabWidth;
    cell.shown = std::string(cell.width, ' ');
  } else if (at == 0 && next.value == U'\uFEFF') {
    cell.shown.clear();
  } else if (auto form = visible_form(next.value)) {
    cell.width = columns_of(*form);
    cell.shown = std::move(*form);
  }
  return cell;
}

// The line around `place`, as much of it as can matter.
Cells cells_around(const SourceText& source, std::uint32_t place) {
  const Span line = source.line_around(place);
  const auto begins_code_point = [&](std::uint32_t at) {
    return (static_cast<unsigned char>(source.text()[at]) & 0xC0U) != 0x80U;
  };
  std::uint32_t at =
      place - line.begin > kBytesBefore ? std::max(line.begin, place - kBytesBefore) : line.begin;
  while (at > line.begin && !begins_code_point(at)) {
    --at;
  }
  Cells result{.cells = {}, .cut_before = at > line.begin, .cut_after = false};
  std::size_t column = 0;
  while (at < line.end && at < place + kBytesAfter) {
    result.cells.push_back(cell_at(source, at, column));
    column += result.cells.back().width;
    at = result.cells.back().bytes.end;
  }
  result.cut_after = at < line.end;
  return result;
}

// Keeps the columns around `place`.
void cut(Cells& line, std::uint32_t place) {
  std::size_t total = 0, before = 0;
  for (const Cell& cell : line.cells) {
    before += cell.bytes.end <= place ? cell.width : 0;
    total += cell.width;
  }
  if (total <= kExcerptColumns) {
    return;
  }
  const std::size_t first = before > kExcerptColumns * 3 / 4
                                ? std::min(before - kColumnsBefore, total - kExcerptColumns)
                                : 0;
  std::vector<Cell> kept;
  std::size_t column = 0;
  for (Cell& cell : line.cells) {
    const bool inside = column >= first && column + cell.width <= first + kExcerptColumns;
    line.cut_before = line.cut_before || (!inside && column < first);
    line.cut_after = line.cut_after || (!inside && column >= first);
    column += cell.width;
    if (inside) {
      kept.push_back(std::move(cell));
    }
  }
  line.cells = std::move(kept);
}

std::string shown_line(const Cells& line) {
  const bool mixed =
      std::ranges::any_of(line.cells, [](const Cell& cell) { return cell.right_to_left; });
  std::string shown(line.cut_before ? "…" : "");
  shown += mixed ? kIsolate : "";
  for (const Cell& cell : line.cells) {
    shown += cell.shown;
  }
  shown += mixed ? kEndOfIsolate : "";
  return shown + (line.cut_after ? "…" : "");
}

struct Columns {
  std::size_t from = 0, to = 0;
  bool named = false;  // columns may not be where they seem: the words are said as well
};

Columns columns_under(const Cells& line, Span span) {
  std::size_t column = line.cut_before ? 1 : 0;
  Columns result{.from = column, .to = column};
  bool mixed = false, started = false;
  for (const Cell& cell : line.cells) {
    const bool under = cell.bytes.begin < span.end && cell.bytes.end > span.begin;
    if (cell.bytes.begin < span.end || cell.bytes.begin < span.begin) {
      mixed = mixed || cell.right_to_left;
    }
    if (!started && (under || cell.bytes.begin < span.begin)) {
      result.from = under ? column : column + cell.width;
    }
    started = started || under;
    column += cell.width;
    result.to = under ? column : result.to;
  }
  result.to = std::max(result.to, result.from + 1);
  result.named = mixed && span.end > span.begin;
  return result;
}

std::string gutter(std::string_view number) {
  const std::size_t width = std::max(kMargin, number.size() + 1);
  return std::string(width - number.size(), ' ').append(number).append(" | ");
}

std::string margin_like(std::string_view number) {
  return std::string(std::max(kMargin, number.size() + 1), ' ') + " | ";
}

std::string label_of(const Mark& mark, bool named, const SourceText& source, const Quotes& quotes) {
  std::string label;
  if (named) {
    label.append(" ").append(quotes.open).append(kIsolate);
    label.append(harmless(source.text(mark.span))).append(kEndOfIsolate).append(quotes.close);
  }
  return mark.label.empty() ? label : label + " " + mark.label;
}

struct Placed {
  const Mark* mark;
  Columns columns;
  std::string label;
};

// The signs of all marks in one row; a label that the next sign leaves no room for gets its own.
std::string underline(const std::vector<Placed>& placed, const std::string& margin) {
  std::string row = margin, more;
  std::size_t column = 0;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const auto& [mark, columns, label] = placed[i];
    row.append(columns.from - column, ' ').append(mark->colour);
    row.append(columns.to - columns.from, mark->sign).append(mark->colour.empty() ? "" : "\033[0m");
    column = columns.to;
    if (i + 1 == placed.size()) {
      row += label;
    } else if (!label.empty()) {
      more = margin + std::string(columns.from, ' ') + label.substr(1) + "\n";
    }
  }
  return row + "\n" + more;
}

std::string one_line(const SourceText& source, std::span<const Mark> marks, const Quotes& quotes) {
  const std::uint32_t place = marks.front().span.begin;
  Cells line = cells_around(source, place);
  cut(line, place);
  std::vector<Placed> placed;
  for (const Mark& mark : marks) {
    const Columns columns = columns_under(line, mark.span);
    placed.push_back({&mark, columns, label_of(mark, columns.named, source, quotes)});
  }
  std::ranges::sort(placed, {}, [](const Placed& each) { return each.columns.from; });
  const std::string number = std::to_string(source.line_of(place));
  return gutter(number) + shown_line(line) + "\n" + underline(placed, margin_like(number));
}

// The part of a span on the line of its last byte, without the blanks before.
Span last_line_of(const SourceText& source, Span span) {
  std::uint32_t begin = std::max(span.begin, source.line_around(span.end - 1).begin);
  begin = std::min(static_cast<std::uint32_t>(skip_blanks(source.text(), begin)), span.end - 1);
  return {begin, span.end};
}

}  // namespace

std::string excerpt(const SourceText& source, std::span<const Mark> marks, const Quotes& quotes) {
  Mark first = marks.front();
  const Span line = source.line_around(first.span.begin);
  if (marks.size() > 1 || first.span.end <= line.end || first.span.end == first.span.begin) {
    return one_line(source, marks, quotes);
  }
  Mark last = first;
  last.span = last_line_of(source, first.span);
  first.span.end = line.end;
  first.label.clear();
  const bool gap = source.line_of(last.span.begin) > source.line_of(first.span.begin) + 1;
  return one_line(source, {&first, 1}, quotes) + (gap ? "    …\n" : "") +
         one_line(source, {&last, 1}, quotes);
}

bool on_one_line(const SourceText& source, Span left, Span right) {
  const Span line = source.line_around(left.begin);
  const bool apart = left.end <= right.begin || right.end <= left.begin;
  return apart && source.line_around(right.begin) == line && left.end <= line.end &&
         right.end <= line.end && left.end > left.begin && right.end > right.begin &&
         columns_of(source.text(line)) <= kExcerptColumns;
}

std::string harmless(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode(text, at);
    const bool broken = next.value == 0xFFFD && next.length == 1;
    const auto form = visible_form(next.value);
    result += form ? *form : broken ? "\uFFFD" : std::string(text.substr(at, next.length));
    at += next.length;
  }
  return result;
}

}  // namespace protoflow::dsl
