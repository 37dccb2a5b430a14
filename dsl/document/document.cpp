#include "dsl/document/document.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl::document {
namespace {

/// What the end of a line costs, beside its letters.
constexpr std::size_t kLineEnd = 40;

std::size_t bulk(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t bulk(const Text& text) {
  std::size_t count = text.empty() ? 0 : kLineEnd;
  for (const Span& span : text) {
    count += bulk(span.text);
  }
  return count;
}

std::size_t bulk(const Lines& lines) {
  std::size_t count = 0;
  for (const Text& line : lines) {
    count += bulk(line);
  }
  return count;
}

/// A row is as high as its highest cell, and takes the whole width.
std::size_t height(const Table& table, const Row& row) {
  std::size_t highest = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::size_t width = i < table.widths.size()
                                  ? table.widths[i]
                                  : 100 / std::max<std::size_t>(row.cells.size(), 1);
    highest = std::max(highest, bulk(row.cells[i]) * 100 / std::max<std::size_t>(width, 1));
  }
  return highest;
}

struct Bulk {
  std::size_t operator()(const Paragraph& paragraph) const { return bulk(paragraph.text); }

  std::size_t operator()(const List& list) const {
    std::size_t count = 0;
    for (const Lines& item : list.items) {
      count += bulk(item);
    }
    return count;
  }

  std::size_t operator()(const Table& table) const {
    std::size_t count = bulk(table.caption);
    for (const Lines& column : table.columns) {
      count += bulk(column);
    }
    for (const Row& row : table.rows) {
      count += bulk(row.group) + height(table, row);
    }
    return count;
  }

  std::size_t operator()(const Bars& bars) const { return bulk(bars.caption) + bars.values.size(); }

  std::size_t operator()(const Signatures& signatures) const {
    return signatures.sides.empty() ? 0 : signatures.sides.front().lines.size() * kLineEnd;
  }
};

}  // namespace

std::string_view language_tag(model::Language language) {
  return language == model::Language::french ? "fr" : "en";
}

Text text(std::string_view words, Weight weight) {
  return words.empty() ? Text{} : Text{{std::string(words), weight}};
}

std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) {
      blank = !line.empty();
      continue;
    }
    line += blank ? " " : "";
    line += c;
    blank = false;
  }
  return line;
}

Text& operator+=(Text& left, const Text& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Text operator+(Text left, const Text& right) {
  left += right;
  return left;
}

Text weighted(Text text, Weight weight) {
  for (Span& span : text) {
    span.weight = weight;
  }
  return text;
}

std::string plain(const Text& text) {
  std::string all;
  for (const Span& span : text) {
    all += span.text;
  }
  return all;
}

Text fill(std::string_view pattern, Fillings fillings) {
  Text filled;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    filled += text(pattern.substr(0, open));
    pattern.remove_prefix(open);
    if (pattern.empty()) {
      break;
    }
    const std::size_t close = std::min(pattern.find('}'), pattern.size() - 1);
    const std::string_view name = pattern.substr(1, close - 1);
    const auto* const found =
        std::ranges::find(fillings, name, &std::pair<std::string_view, Text>::first);
    filled += found == fillings.end() ? text(pattern.substr(0, close + 1)) : found->second;
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

Text joined(const Lines& parts, std::string_view separator, std::string_view last) {
  Text all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      all += text(i + 1 == parts.size() ? last : separator);
    }
    all += parts[i];
  }
  return all;
}

std::size_t bulk(const Document& document) {
  std::size_t count = bulk(document.title) + bulk(document.subtitle) + bulk(document.note);
  for (const Section& section : document.sections) {
    count += bulk(section.heading) + 2 * kLineEnd;
    for (const Block& block : section.blocks) {
      count += std::visit(Bulk{}, block);
    }
  }
  return count;
}

}  // namespace protoflow::dsl::document
